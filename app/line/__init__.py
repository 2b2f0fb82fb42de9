"""The line from a first note to an outcome, across the boards and records of a space."""
