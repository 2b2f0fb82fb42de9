"""What the engine finds in the numbers of a measure, worked out when they change and kept."""
