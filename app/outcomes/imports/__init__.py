"""Numbers from files: looked at first, then all brought in or nothing, and taken back."""
