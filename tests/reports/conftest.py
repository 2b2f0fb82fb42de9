"""A space of two organisations, for reports of its goals."""

from tests.spaces.conftest import Winter, home, winter

__all__ = ["Winter", "home", "winter"]
