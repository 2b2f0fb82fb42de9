"""Processor time and memory of the server, from /proc; unknown on other systems and for other users."""

import os
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def listening(port: int) -> list[int]:
    """The processes that listen on a port of this machine."""
    wanted = {f"socket:[{inode}]" for inode in _inodes(port)}
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if wanted and _holds(entry, wanted)]


class Gauge:
    """Figures of some processes together; None where they cannot be read."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids

    def processor(self) -> float | None:
        """Seconds of processor used so far."""
        found = [self._read(pid, "stat") for pid in self.pids]
        if not found or None in found:
            return None
        # The name in brackets may hold spaces: count from the bracket that closes it.
        fields = [text.rpartition(")")[2].split() for text in found if text]
        return sum(int(field[11]) + int(field[12]) for field in fields) / TICK

    def memory(self) -> int | None:
        """Bytes resident now."""
        found = [self._read(pid, "statm") for pid in self.pids]
        if not found or None in found:
            return None
        return sum(int(text.split()[1]) for text in found if text) * PAGE

    def _read(self, pid: int, name: str) -> str | None:
        try:
            return (PROC / str(pid) / name).read_text()
        except OSError:
            return None


def _inodes(port: int) -> set[str]:
    found: set[str] = set()
    for table in ("net/tcp", "net/tcp6"):
        try:
            lines = (PROC / table).read_text().splitlines()[1:]
        except OSError:
            continue
        rows = [line.split() for line in lines]
        found |= {
            row[9] for row in rows if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port
        }
    return found


def _holds(process: Path, wanted: set[str]) -> bool:
    try:
        return any(str(link.readlink()) in wanted for link in (process / "fd").iterdir())
    except OSError:  # it has ended meanwhile, or is not ours to look into
        return False
