from tests.boards.conftest import desk
from tests.spaces.conftest import home, winter

__all__ = ["desk", "home", "winter"]
