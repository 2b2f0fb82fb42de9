"""A live board in this process: deeds in turn, commits in groups, and everyone who follows it."""
