"""What people change about measures and their numbers, each change with the readings worked out anew."""
