"""Scripts are served as their bundles only while those are made of the very sources beside them."""

import json
from pathlib import Path

import pytest

from app.assets import Static, sources


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("js/app.js", "css/base.css", "vendor/app.js", "vendor/chunk-1.js", "vendor/idb-8.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"/* {name} */")
    (tmp_path / "vendor" / "inter-latin-ext-wght.woff2").write_text("")
    (tmp_path / "vendor" / "importmap.json").write_text('{"imports": {"idb": "./vendor/idb-8.js"}}')
    bundles = {"js/app.js": ["vendor/app.js", "vendor/chunk-1.js"]}
    made = {"sources": sources(tmp_path), "bundles": bundles}
    (tmp_path / "vendor" / "bundles.json").write_text(json.dumps(made))
    return tmp_path


def names(static: Static, addresses: list[str]) -> list[str]:
    return [address.removeprefix(f"{static.base}/") for address in addresses]


def test_a_bundled_script_is_served_as_its_bundle_with_all_its_parts(root: Path) -> None:
    static = Static(root)

    assert static("js/app.js") == f"{static.base}/vendor/app.js"
    assert names(static, static.parts("js/app.js")) == ["vendor/app.js", "vendor/chunk-1.js"]
    assert static("css/base.css") == f"{static.base}/css/base.css"


def test_while_somebody_works_on_the_sources_the_bundle_is_left_alone(root: Path) -> None:
    (root / "js" / "app.js").write_text("changed()")
    static = Static(root)

    assert static("js/app.js") == f"{static.base}/js/app.js"
    assert names(static, static.parts("js/app.js")) == ["js/app.js"]


def test_without_libraries_pages_still_have_addresses(tmp_path: Path) -> None:
    static = Static(tmp_path)

    assert static("js/app.js") == f"{static.base}/js/app.js"
    assert json.loads(static.import_map) == {"imports": {"app/": f"{static.base}/js/"}}


def test_a_change_of_any_file_is_another_address(root: Path) -> None:
    before = Static(root).base
    (root / "css" / "base.css").write_text("body {}")

    assert Static(root).base != before


def test_the_shell_keeps_what_a_board_asks_for_and_no_rare_fonts(root: Path) -> None:
    bundled = Static(root)
    kept = names(bundled, bundled.kept())
    (root / "js" / "app.js").write_text("changed()")
    loose = Static(root)

    assert kept == ["css/base.css", "vendor/app.js", "vendor/chunk-1.js"]
    assert set(names(loose, loose.kept())) >= {"js/app.js", "vendor/idb-8.js"}
