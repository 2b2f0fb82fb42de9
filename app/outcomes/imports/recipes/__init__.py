"""What the columns of a kind of file mean, kept for the next file with the same headings."""
