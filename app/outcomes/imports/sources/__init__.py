"""Files of any common kind, read as one table: which sheet, which row has the headings, where it ends."""
