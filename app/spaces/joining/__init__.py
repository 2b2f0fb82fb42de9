"""The ways in: join codes for guests, invitations for one person each, and the waiting room."""
