"""Joining a space: join codes for guests, invitations for one person each, and the waiting room."""
