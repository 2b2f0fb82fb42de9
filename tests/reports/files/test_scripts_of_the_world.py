"""Words in scripts that the product's first fonts lack: set from fonts that set-up brings."""

import asyncio
import io
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from app.outcomes.view.content import ReportContent
from app.reports.files import pdf_worker, png_worker, rare_fonts
from app.reports.files.pdf import as_pdf
from app.reports.files.picture_fonts import UnpackedFonts, unpacked_fonts
from app.reports.files.svg import SVG
from tests.reports.files.test_formats import paper
from tests.reports.winter_report import report

ARABIC, HEBREW, CHINESE, EMOJI = "العودة إلى المنزل", "מבחן חדש", "没有人等待决定", "🎉🏥👍🏽🇬🇧"
GREEK = "Домой Αθήνα"
KOREAN, THAI = "아무도 기다리지 않는다", "ไม่มีใครต้องรอ"
HINDI, BENGALI, TAMIL, TELUGU = "हिन्दी", "বাংলা", "தமிழ்", "తెలుగు"
GUJARATI, PUNJABI, KANNADA, MALAYALAM, ODIA = "ગુજરાતી", "ਪੰਜਾਬੀ", "ಕನ್ನಡ", "മലയാളം", "ଓଡ଼ିଆ"
INDIAN = (HINDI, BENGALI, TAMIL, TELUGU, GUJARATI, PUNJABI, KANNADA, MALAYALAM, ODIA)
MAPPED = re.compile(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", re.MULTILINE | re.IGNORECASE)


def in_many_scripts() -> ReportContent:
    """The report with titles, aims and the flags of its chart in all of them."""
    whole = report()
    goal, measure = whole.goals[0], whole.goals[0].measures[0]
    words = (ARABIC, f"{HEBREW} {THAI}", f"{CHINESE} {KOREAN} 🎉")
    events = tuple(replace(one, words=said) for one, said in zip(measure.happened, words, strict=True))
    goal = replace(
        goal,
        title=f"{ARABIC} {CHINESE} {KOREAN} {THAI}",
        aim=f"{HEBREW} {EMOJI} {' '.join(INDIAN)}",
        person=f"{CHINESE} {GREEK}",
        measures=(replace(measure, happened=events), *goal.measures[1:]),
    )
    return replace(whole, goals=(goal,))


def shown(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, int]]:
    """Each glyph on the pages, as its font and its number."""
    for page in pdf.pages:
        fonts: Any = page.Resources.get("/Font", {})
        font: Any = None
        for one in pikepdf.parse_content_stream(page):
            operands: Any = one.operands
            operator = one.operator
            if str(operator) == "Tf":
                font = fonts[str(operands[0])]
            parts = operands[0] if str(operator) == "TJ" else operands if str(operator) == "Tj" else ()
            for part in parts:
                raw = bytes(part) if isinstance(part, pikepdf.String) else b""
                yield from ((font, int.from_bytes(raw[at : at + 2], "big")) for at in range(0, len(raw), 2))


def letters_of(font: Any) -> dict[int, str]:
    """What its glyphs stand for when they are copied."""
    lines = MAPPED.findall(bytes(font.ToUnicode.read_bytes()).decode())
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in lines}


@cache
def drawn() -> bytes:
    return asyncio.run(as_pdf(lambda: paper(in_many_scripts())))


def test_every_letter_on_paper_has_a_glyph_in_a_font_of_ours_within_the_file() -> None:
    with pikepdf.open(io.BytesIO(drawn())) as pdf:
        glyphs = set()
        where: dict[str, set[str]] = {}
        fonts: dict[str, tuple[TTFont, dict[int, str]]] = {}
        for font, glyph in shown(pdf):
            glyphs.add((str(font.BaseFont), glyph))
            if str(font.BaseFont) not in fonts:
                file = font.DescendantFonts[0].FontDescriptor.FontFile2
                fonts[str(font.BaseFont)] = TTFont(io.BytesIO(file.read_bytes())), letters_of(font)
        for name, glyph in glyphs:
            font, letters = fonts[name]
            assert glyph != 0, f"a box instead of a letter, in {name}"
            assert glyph < font["maxp"].numGlyphs
            for letter in letters.get(glyph, ""):
                where.setdefault(letter, set()).add(name.partition("+")[2])
    for words, family in (
        (ARABIC, "vazirmatn-arabic"),
        (HEBREW, "noto-sans-hebrew"),
        (CHINESE, "noto-sans-sc"),
        (EMOJI, "noto-emoji"),
        (GREEK, "inter-"),
        (KOREAN, "noto-sans-kr"),
        (THAI, "noto-sans-thai"),
        (HINDI, "noto-sans-devanagari"),
        (BENGALI, "anek-bangla"),
        (TAMIL, "noto-sans-tamil"),
        (TELUGU, "noto-sans-telugu"),
        (GUJARATI, "noto-sans-gujarati"),
        (PUNJABI, "noto-sans-gurmukhi"),
        (KANNADA, "noto-sans-kannada"),
        (MALAYALAM, "noto-sans-malayalam"),
        (ODIA, "noto-sans-oriya"),
    ):
        for letter in set(words) - {" "}:
            assert letter in where, f"{letter} of {words} has no glyph"
            assert all(name.startswith(family) for name in where[letter]), (letter, where[letter])


def test_what_is_copied_from_paper_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(drawn())
    words = subprocess.check_output(["pdftotext", "-l", "1", "-raw", str(file), "-"], text=True)
    plain = "".join(sign for sign in words if sign not in "\u202a\u202b\u202c")

    for part in (*ARABIC.split(), *HEBREW.split(), CHINESE, EMOJI, GREEK, KOREAN, THAI):
        assert part in plain


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("没有人等", "决定回家"),
        (ARABIC, "بدأ الاختبار"),
        (HEBREW, "חזרה הביתה"),
        ("🎉", "🏥"),
        ("👍🇬🇧", "👍🇫🇷"),
        (GREEK, "Домов Αθήνη"),
        (KOREAN, "누구도 기다리게"),
        (THAI, "กลับบ้าน"),
        (HINDI, "नमस्ते"),
        (BENGALI, "স্ত্রী"),
        (TAMIL, "கொடு"),
        (TELUGU, "స్త్రీ"),
        (GUJARATI, "ક્ષત્રિય"),
        (PUNJABI, "ਘਰ"),
        (KANNADA, "ಕ್ಷೇತ್ರ"),
        (MALAYALAM, "സ്ത്രീ"),
        (ODIA, "କ୍ଷେତ୍ର"),
    ],
)
def test_a_picture_has_the_letters_without_any_font_of_the_system(
    words: str, others: str, tmp_path: Path
) -> None:
    drawing = f'<svg xmlns="{SVG}" width="300" height="40" font-family="Inter"><text y="30">{{}}</text></svg>'
    fonts = unpacked_fonts(tmp_path, [drawing.format(words + others)])
    missing = UnpackedFonts(fonts.paths[:1], frozenset(range(0x20000)))

    assert fonts.letters.issuperset(map(ord, words + others))
    one, other = (png_worker.picture(drawing.format(said), fonts) for said in (words, others))
    assert one != other
    assert one != png_worker.picture(drawing.format(words), missing)


def test_only_the_fonts_that_words_need_are_taken() -> None:
    assert rare_fonts.fonts_for("Café ‘one’ – 5 € … → 2, ½ · Łódź") == ()
    assert [one.file.partition("-wght")[0] for one in rare_fonts.fonts_for(HEBREW)] == [
        "noto-sans-hebrew-hebrew"
    ]
    assert 1 < len(rare_fonts.fonts_for(CHINESE)) < 8
    assert rare_fonts.fonts_for("\U0001fbff") == ()
    for one in rare_fonts.known_fonts():
        assert pdf_worker.own_font(one.path.as_uri()) == one.path.resolve()


def test_fonts_whose_letters_join_are_told_from_those_with_single_ones() -> None:
    joining = rare_fonts.fonts_for("".join((ARABIC, HEBREW, THAI, "🎉", *INDIAN)))

    assert len(joining) == 4 + len(INDIAN)
    assert all(one.joins for one in joining)
    assert not any(one.joins for one in rare_fonts.fonts_for(CHINESE + KOREAN + GREEK + "Łódź Việt"))
    assert [one.emoji for one in joining].count(True) == 1
    assert rare_fonts.fonts_for("\u200d\u200c\ufe0f\u200f") == ()
