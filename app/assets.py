"""Static files under a path that changes with their content, so browsers may keep them for ever."""

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent.parent / "static"
RARE = "-latin-ext-"  # fonts for letters that few boards hold: without a network others stand in
PAPER = "vendor/paper/"  # fonts that no page asks for
FIRST = "-latin-wght-normal-"  # fonts that every page shows at once
KEPT = frozenset({".css", ".js", ".woff2", ".svg"})


class Static:
    """Where each file is served. A script that set-up has bundled is served as its bundle.

    Over a slow line eighty modules take seconds more than one file. A bundle of other sources than those
    beside it, as while somebody works on them, is left alone.
    """

    def __init__(self, root: Path = STATIC) -> None:
        self.root = root
        self.base = f"/static/{digest(root, root.rglob('*'))[:16]}"
        vendor = root / "vendor"
        self._imports: dict[str, str] = _read(vendor / "importmap.json").get("imports", {})
        made = _read(vendor / "bundles.json")
        self._bundles: dict[str, list[str]] = made["bundles"] if made.get("sources") == sources(root) else {}

    def __call__(self, path: str) -> str:
        return f"{self.base}/{self._bundles.get(path, [path])[0]}"

    def parts(self, script: str) -> list[str]:
        """The addresses of a script and of what it imports, so that a page can ask for all at once."""
        return [f"{self.base}/{part}" for part in self._bundles.get(script, [script])]

    @cached_property
    def first_fonts(self) -> list[str]:
        """The addresses of the fonts that a page has to have before it is drawn."""
        return [self(name) for name in self._names("vendor") if FIRST in name]

    @cached_property
    def import_map(self) -> str:
        """Names of browser libraries to their files; inline, so its hash is in the policy."""
        full = {name: self(target.removeprefix("./")) for name, target in self._imports.items()}
        return json.dumps({"imports": {**full, "app/": self("js/")}}, separators=(",", ":"), sort_keys=True)

    def kept(self) -> list[str]:
        """The addresses of all that a board's page asks for, for the shell that browsers keep."""
        unbundled = set() if not self._bundles else {to.removeprefix("./") for to in self._imports.values()}
        modules = [] if self._bundles else self._names("js")
        names = (*self._names("css"), *modules, *self._names("vendor"))
        unasked = (RARE, PAPER)
        return [
            self(name)
            for name in names
            if name not in unbundled and not any(part in name for part in unasked)
        ]

    def _names(self, folder: str) -> list[str]:
        files = sorted((self.root / folder).rglob("*"))
        return [path.relative_to(self.root).as_posix() for path in files if path.suffix in KEPT]


def sources(root: Path) -> str:
    """What the bundles are made of, as one hash."""
    return digest(root, (root / "js").rglob("*.js"))


def digest(root: Path, paths: Iterable[Path]) -> str:
    """One hash of files, by name and content."""
    found = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found
