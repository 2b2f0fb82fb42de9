"""What a workshop adds to a live board: its screens, hats, and what people may do in each phase."""
