"""What one person may have at once and in an hour, and how much is read of whom."""
