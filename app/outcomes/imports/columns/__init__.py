"""What each column of a file holds: its words, how its periods and its numbers are written."""
