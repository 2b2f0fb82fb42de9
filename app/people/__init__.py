"""People: who you are here, how you sign in, and what is yours."""
