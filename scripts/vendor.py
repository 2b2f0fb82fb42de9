"""Puts the browser libraries from node_modules into static/vendor, with an import map beside them.

Our own scripts are put there too, bundled: `app/assets.py` says when they are served so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.assets import STATIC, sources  # noqa: E402 - found only now

MODULES = ROOT / "node_modules"
VENDOR = STATIC / "vendor"

# What the browser imports by name, and the file of the package where it lies (None: the package's own entry).
LIBRARIES: dict[str, str | None] = {
    "d3-drag": None,
    "d3-selection": None,
    "d3-zoom": None,
    "fractional-indexing": None,
    "htmx.org": "dist/htmx.esm.js",  # morph swaps are part of it; the module also sets window.htmx
    "idb": None,
}
BUNDLES = {  # what pages ask for, and its name as a bundle
    "js/app.js": "app",
    "js/board/main.js": "board",
    "js/outline/main.js": "outline",
    "js/workshops/console/main.js": "console",
    "js/workshops/projector/main.js": "projector",
    "js/workshops/phone/main.js": "phone",
}
UNUSED = ("d3-transition", "d3-interpolate")  # asked for by d3-zoom; no_transitions.js stands in for them
FONTS = {"Inter": "@fontsource-variable/inter", "Source Serif 4": "@fontsource-variable/source-serif-4"}
INDIAN = ("devanagari", "tamil", "telugu", "gujarati", "gurmukhi", "kannada", "malayalam", "oriya")
# For letters that the fonts above lack, on paper and in pictures: patterns of their files, of which the first
# with a letter sets it. Vazirmatn draws a letter as one glyph, so that what is copied from a PDF reads back.
# Of Noto Sans Bengali the library that makes pictures would leave out how ra hangs below a letter.
PAPER_FONTS = {
    "@fontsource-variable/inter": ("cyrillic*-wght", "greek*-wght", "vietnamese-wght"),
    "@fontsource-variable/vazirmatn": ("arabic-wght",),
    "@fontsource-variable/noto-sans-hebrew": ("hebrew-wght",),
    "@fontsource/noto-emoji": ("emoji-400",),  # the whole of it: an emoji can be made of several
    "@fontsource-variable/noto-sans-sc": ("[0-9]*-wght",),
    "@fontsource-variable/noto-sans-kr": ("[0-9]*-wght",),
    "@fontsource-variable/noto-sans-thai": ("thai-wght",),
    "@fontsource-variable/anek-bangla": ("bengali-wght",),
    **{f"@fontsource-variable/noto-sans-{script}": (f"{script}-wght",) for script in INDIAN},
}
SHEETS = ("wght.css", "wght-italic.css")
SUBSETS = ("latin", "latin-ext")
FACE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*(?P<face>@font-face \{.*?\n\})", re.DOTALL)


def main() -> None:
    """Builds beside the old folder and swaps at the end, so that a cut run leaves no half."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    names = {library: f"{library}-{version(library)}" for library in LIBRARIES}
    bundle(names, fresh)
    write_fonts(fresh)
    write_paper_fonts(fresh / "paper")
    imports = {library: f"./vendor/{name}.js" for library, name in names.items()}
    made = {
        "sources": sources(STATIC),
        "bundles": {script: whole(fresh, BUNDLES[script]) for script in BUNDLES},
    }
    (fresh / "bundles.json").write_text(json.dumps(made, indent=2) + "\n")
    (fresh / "importmap.json").write_text(json.dumps({"imports": imports}, indent=2) + "\n")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def version(package: str) -> str:
    found: str = json.loads((MODULES / package / "package.json").read_text())["version"]
    return found


def bundle(names: dict[str, str], to: Path) -> None:
    """One run over all entries: bundled one by one, d3-zoom and d3-selection would not share their code."""
    entries = [
        f"{names[library]}={library}{'/' + file if file else ''}" for library, file in LIBRARIES.items()
    ]
    entries += [f"{name}={STATIC / script}" for script, name in BUNDLES.items()]
    options = [
        "--bundle",
        "--splitting",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--legal-comments=inline",
        f"--alias:app={STATIC / 'js'}",
        *(f"--alias:{library}={STATIC / 'js' / 'lib' / 'no_transitions.js'}" for library in UNUSED),
    ]
    command = [
        esbuild(),
        *entries,
        *options,
        "--chunk-names=chunk-[hash]",
        f"--outdir={to}",
        f"--metafile={to / 'parts.json'}",
        "--log-level=warning",
    ]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)


def whole(to: Path, name: str) -> list[str]:
    """A bundle and all that it imports, itself first: a page asks for them at once, not one after another."""
    outputs = json.loads((to / "parts.json").read_text())["outputs"]
    parts = {
        Path(path).name: [Path(each["path"]).name for each in about["imports"]]
        for path, about in outputs.items()
    }
    found = [f"{name}.js"]
    for part in found:  # grows while it is walked
        found += [each for each in parts[part] if each not in found]
    return [f"vendor/{part}" for part in found]


def esbuild() -> str:
    """The package's own script finds the binary for this machine with node, from PATH or beside Python."""
    beside = Path(sys.executable).parent
    os.environ["PATH"] = f"{beside}{os.pathsep}{os.environ['PATH']}"
    return str(MODULES / ".bin" / "esbuild")


def write_fonts(to: Path) -> None:
    faces = [write_face(to, family, package, match) for family, package, match in chosen_faces()]
    (to / "fonts.css").write_text("\n\n".join(faces) + "\n")


def chosen_faces() -> list[tuple[str, str, re.Match[str]]]:
    return [
        (family, package, match)
        for family, package in FONTS.items()
        for sheet in SHEETS
        for match in FACE.finditer((MODULES / package / sheet).read_text())
        if subset(package, match["name"]) in SUBSETS
    ]


def write_paper_fonts(to: Path) -> None:
    """The fonts for paper alone, and a list of what each has: browsers have their own."""
    to.mkdir()
    found = []
    for package, patterns in PAPER_FONTS.items():
        short = package.rpartition("/")[2]
        for part in patterns:
            for source in sorted((MODULES / package / "files").glob(f"{short}-{part}-normal.woff2")):
                file = f"{source.stem}-{version(package)}.woff2"
                shutil.copyfile(source, to / file)
                found.append({"file": file, "ranges": ranges(source)})
    (to / "fonts.json").write_text(json.dumps(found) + "\n")


def ranges(font: Path) -> list[tuple[int, int]]:
    """The characters of a font, as pairs of the first and the last of those in a row."""
    found: list[tuple[int, int]] = []
    with TTFont(font, lazy=True) as opened:
        for sign in sorted(opened.getBestCmap()):
            if found and found[-1][1] == sign - 1:
                found[-1] = (found[-1][0], sign)
            else:
                found.append((sign, sign))
    return found


def subset(package: str, name: str) -> str:
    """'latin-ext' out of 'inter-latin-ext-wght-italic'."""
    return name.removeprefix(package.rpartition("/")[2] + "-").partition("-wght-")[0]


def write_face(to: Path, family: str, package: str, match: re.Match[str]) -> str:
    file = f"{match['name']}-{version(package)}.woff2"
    shutil.copyfile(MODULES / package / "files" / f"{match['name']}.woff2", to / file)
    face = re.sub(r"font-family: '[^']+'", f'font-family: "{family}"', match["face"])
    # Pages ask for the fonts first of all. One that is late all the same waits for the next page: exchanged
    # under the eyes of who reads, it would move every line.
    face = face.replace("font-display: swap", "font-display: optional")
    return re.sub(r"src: url\([^)]+\) format\('[^']+'\)", f'src: url("{file}") format("woff2")', face)


if __name__ == "__main__":
    main()
