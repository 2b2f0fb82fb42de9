"""The words of an item over time: what is remembered of them, whose they are, what the log keeps. Pure."""
