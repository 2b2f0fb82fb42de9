"""A space of two organisations with a goal, for what is stored of measures."""

from tests.spaces.conftest import Winter, home, winter

__all__ = ["Winter", "home", "winter"]
