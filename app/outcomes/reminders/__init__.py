"""Which numbers are overdue, and telling those who enter them."""
