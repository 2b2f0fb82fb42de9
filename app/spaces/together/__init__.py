"""What no organisation can do alone: it is proposed, and waits for others."""
