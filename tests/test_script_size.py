"""The canvas is light: it asks for its own scripts only, and they are small as they are sent."""

import json
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from scripts import vendor
from tests.spaces.house import house

MOST = 85 * 1024  # bytes, compressed as the server does it
QUALITY = 5  # app/main.py


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundles")
    vendor.bundle({library: library for library in vendor.LIBRARIES}, folder)
    return folder


def test_the_scripts_of_the_canvas_weigh_at_most_85_kb(bundles: Path) -> None:
    parts = [bundles / Path(part).name for part in vendor.whole(bundles, "board")]
    sizes = {part.name: len(brotli.compress(part.read_bytes(), quality=QUALITY)) for part in parts}

    assert sum(sizes.values()) <= MOST, json.dumps(sizes, indent=1)


def test_what_a_library_asks_for_and_we_never_use_is_left_out(bundles: Path) -> None:
    inputs = json.loads((bundles / "parts.json").read_text())["inputs"]

    assert [name for name in inputs if any(f"/{library}/" in name for library in vendor.UNUSED)] == []
    assert any("/d3-zoom/" in name for name in inputs)


async def test_the_page_of_the_canvas_asks_for_no_other_script(sqlite_url: str) -> None:
    async with house(sqlite_url) as home:
        page = (await home.stranger().get("/shell")).text
    scripts = re.findall(r'<script type="module" src="[^"]*/(?:js|vendor)/([^"]+)"', page)

    assert [script.removesuffix("/main.js").removesuffix(".js") for script in scripts] == ["board"]
