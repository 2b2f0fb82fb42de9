"""Processes of our own that do heavy work: none outlives the server, however that ends."""

import ctypes
import os
import signal
import sys

ON_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG of Linux


def command(module: str) -> tuple[str, ...]:
    """The words that start such a process: it is told whom it must not outlive."""
    return sys.executable, "-m", module, str(os.getpid())


def end_with_parent() -> None:
    """Let the system kill this process with the one that started it: nobody is left who takes its work.

    What it has not committed is rolled back, and begun anew by whoever asks again. The system tells nothing
    of a parent that has gone while this process was still being loaded, so it looks itself. Elsewhere than
    on Linux it goes on to its end, and so it does where it is started by hand, without a parent's number.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ON_PARENTS_DEATH, signal.SIGKILL)
        if sys.argv[1:] and sys.argv[1] != str(os.getppid()):
            sys.exit("The server that started this has ended.")
