"""What a person sees of outcomes: collected from the stores, then put into words and drawings."""
