"""What people change about measures and their numbers; each change computes the readings again."""
