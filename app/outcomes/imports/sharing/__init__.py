"""Several organisations in one file: their codes, and rows that wait until each confirms its own."""
