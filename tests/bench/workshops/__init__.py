"""A workshop with many people, its minutes, and what ninety minutes leave behind."""
