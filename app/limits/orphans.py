"""Processes of our own that do heavy work: none outlives the server, however that ends."""

import ctypes
import signal
import sys

ON_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG of Linux


def end_with_parent() -> None:
    """Let the system kill this process with the one that started it: nobody is left who takes its work.

    What it has not committed is rolled back, and begun anew by whoever asks again. Elsewhere than on Linux
    it goes on to its end.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ON_PARENTS_DEATH, signal.SIGKILL)
