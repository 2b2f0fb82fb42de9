"""Which numbers are overdue, and mail to the people who enter them."""
