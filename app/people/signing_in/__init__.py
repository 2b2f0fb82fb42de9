"""Signing in, up and out: by password, by a link, with a new account."""
