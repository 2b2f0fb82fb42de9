"""No process of heavy work outlives the one that started it, not even one killed while it was loaded."""

import subprocess
import sys

from app.config import ROOT

LATE = """
import os, sys
from app.limits.orphans import end_with_parent
while sys.argv[2] == "gone" and str(os.getppid()) == sys.argv[1]:
    pass
end_with_parent()
print("ran on")
"""


def said(start: str) -> str:
    """What a process says that is started by a shell, with the shell's number."""
    words = ["sh", "-c", start, sys.executable, LATE]
    return subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_one_whose_parent_has_gone_before_it_is_ready_does_nothing() -> None:
    assert said('"$0" -c "$1" $$ gone &') == ""
    assert said('"$0" -c "$1" $$ here; true') == "ran on\n"
