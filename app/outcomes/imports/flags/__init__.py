"""What is pointed out of a file before anything of it is imported."""
