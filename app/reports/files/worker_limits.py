"""What the worker processes share: how much they may take, and that nothing outside may be fetched."""

import resource

from app.assets import STATIC
from app.limits.orphans import end_with_parent

MEMORY = 1_500_000_000  # bytes
CPU = 60  # seconds
NO_PANGO = 3  # exit code of a worker that lacks the library which sets text
FONTS = STATIC / "vendor"


class ForbiddenReference(ValueError):
    """A document refers to something outside of itself that it must not fetch."""


def limit_resources() -> None:
    """End this process with the server, and when it takes more memory or processor than any report needs."""
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
