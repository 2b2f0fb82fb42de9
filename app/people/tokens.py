"""Secrets in links and cookies: made at random, and kept only as their hash."""

import hashlib
import secrets


def new_token() -> str:
    """A random token that cannot be guessed, for a URL or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
