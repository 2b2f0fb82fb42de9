"""A whole database as one checked file, and back; on SQLite and PostgreSQL alike. Begin at archive.py.

Not in it, on purpose: sign-ins, the return tokens of guests, links sent by mail, mail that waits, and counts
of failed attempts. After a restore everybody signs in again, and guests join again. All else is in it, so
keep it as safe as the server itself.
"""
