"""The rules of records, pure: what they are, what may be done to them, who sees them."""
