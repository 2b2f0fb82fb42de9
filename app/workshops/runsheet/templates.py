"""The run-sheets that a workshop can start from, read from data files."""

from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from app.workshops.runsheet import file_format
from app.workshops.runsheet.file_format import RunSheetFile

FOLDER = Path(__file__).parent / "templates_data"
BLANK = "blank"


@cache
def run_sheets() -> dict[str, RunSheetFile]:
    """All templates by name, in the order of their files. Their ids are not those of any workshop."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.json"))}


def _read(path: Path) -> RunSheetFile:
    count = iter(range(10_000))
    return file_format.unpack(
        path.read_bytes(), lambda: str(uuid5(NAMESPACE_URL, f"{path.stem}/{next(count)}"))
    )
