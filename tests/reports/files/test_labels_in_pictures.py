"""Labels whose scripts meet: each word looks as it does alone, shaped with its own whole font."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from app.outcomes.charts.flags import LETTER_WIDTH
from app.outcomes.charts.letters import letters
from app.reports.files.picture_fonts import UnpackedFonts, opened, saved, unpacked_fonts
from app.reports.files.png_worker import ZOOM, picture
from app.reports.files.rare_fonts import fonts_for
from app.reports.files.svg import SVG, scripts_apart
from app.reports.files.worker_limits import FONTS

# Conjuncts, vowel signs that stand before or around their letter, marks over marks, letters that join.
WORDS = {
    "Devanagari": "क्षत्रियों",
    "Bengali": "স্ত্রীকে",
    "Tamil": "கொடுமை",
    "Telugu": "స్త్రీలు",
    "Gujarati": "ક્ષત્રિય",
    "Gurmukhi": "ਪੰਜਾਬੀਓਂ",
    "Kannada": "ಕ್ಷೇತ್ರ",
    "Malayalam": "സ്ത്രീകൾ",
    "Odia": "କ୍ଷେତ୍ରି",
    "Thai": "ที่นี่น้ำ",
    "Arabic": "الاختبارلا",
    "Hebrew": "שָׁלוֹם",
    "a person of two signs": "👍🏽",
    "a flag": "🇬🇧",
    "a person of three signs": "👩‍⚕️",
}
LATIN = next(FONTS.glob("inter-latin-wght-normal-*"))
RIGHT, SIZE = 390, 20  # where labels end, and how large their letters are


def drawing(words: str) -> str:
    return (
        f'<svg xmlns="{SVG}" width="400" height="60" font-family="Inter, sans-serif" font-size="{SIZE}">'
        f'<text x="{RIGHT}" y="38" text-anchor="end">{words}</text></svg>'
    )


def drawn(words: str, fonts: UnpackedFonts) -> Image.Image:
    return Image.open(io.BytesIO(picture(drawing(words), fonts))).convert("L")


def in_our_fonts(words: str, folder: Path) -> Image.Image:
    return drawn(words, unpacked_fonts(folder, [drawing(words)]))


def alone(word: str, folder: Path) -> Image.Image:
    """The word in its own font, with which nothing has been done."""
    (font,) = fonts_for(word)
    latin, own = (saved(opened(path), folder / f"alone-{path.stem}.ttf") for path in (LATIN, font.path))
    return drawn(word, UnpackedFonts([latin, own], frozenset(map(ord, word))))


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    found = ImageChops.invert(image).getbbox()
    assert found
    return found


def ends_with(image: Image.Image, word: Image.Image) -> bool:
    """Whether the label looks at its right end as the word does alone; a little more to the left too."""
    left = ink(word)[0] - 4
    box = (left, 0, word.width, word.height)
    shades = ImageChops.difference(image.crop(box), word.crop(box)).histogram()
    return not any(shades[96:])  # outlines are rounded to a shade of grey; another letter is black on white


@pytest.mark.parametrize("word", [*WORDS.values(), "স্বাস্থ্যপ্রকল্প", "राष्ट्रीय"])
def test_a_word_is_as_wide_as_another_library_shapes_it(word: str, tmp_path: Path) -> None:
    if not features.check("raqm"):
        pytest.skip("Pillow shapes words with FriBidi, which Pango brings.")
    shown = ink(alone(word, tmp_path))
    (own,) = tmp_path.glob(f"alone-{fonts_for(word)[0].path.stem}.ttf")
    image = Image.new("L", (400, 120), 255)
    font = ImageFont.truetype(str(own), ZOOM * SIZE, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(image).text((20, 76), word, font=font, anchor="ls", fill=0)

    assert ink(image)[2] - ink(image)[0] == pytest.approx(shown[2] - shown[0], abs=3)


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_a_word_looks_beside_latin_ones_as_it_does_alone(word: str, tmp_path: Path) -> None:
    assert ends_with(in_our_fonts(f"Ward 12 {word}", tmp_path), alone(word, tmp_path))


@pytest.mark.parametrize("other", ["Bengali", "Tamil", "Arabic", "a person of two signs"])
@pytest.mark.parametrize("script", ["Devanagari", "Malayalam", "Thai", "a person of three signs"])
def test_words_of_two_scripts_look_beside_each_other_as_they_do_alone(
    script: str, other: str, tmp_path: Path
) -> None:
    word, beside = WORDS[script], WORDS[other]
    fonts = unpacked_fonts(tmp_path, [drawing(f"Bed {beside} {word}")])

    assert ends_with(drawn(f"Bed {beside} {word}", fonts), alone(word, tmp_path))
    assert ends_with(drawn(f"Bed {word} {beside}", fonts), alone(beside, tmp_path))


def test_a_keycap_and_figures_beside_it_are_each_their_own(tmp_path: Path) -> None:
    fonts = unpacked_fonts(tmp_path, [drawing("1\ufe0f\u20e3 12")])
    keycap, figures = drawn("1\ufe0f\u20e3", fonts), drawn("12", fonts)

    assert ends_with(drawn("12 1\ufe0f\u20e3", fonts), keycap)
    assert ends_with(drawn("1\ufe0f\u20e3 12", fonts), figures)
    assert ends_with(figures, in_our_fonts("12", tmp_path))
    assert not ends_with(keycap, figures)


@pytest.mark.parametrize("words", ["חדר नमस्ते 12", "غرفة বাংলা 12", "שלום 🎉 עולם 12 beds", "חדר غرفة 12 beds"])
def test_scripts_are_kept_apart_without_another_order(words: str, tmp_path: Path) -> None:
    last = words.rpartition(" ")[2]
    found = in_our_fonts(words, tmp_path)

    assert ends_with(found, in_our_fonts(last, tmp_path))


def test_hebrew_and_arabic_words_between_each_other_run_to_the_left(tmp_path: Path) -> None:
    assert ends_with(in_our_fonts("שלום غرفة", tmp_path), alone("שלום", tmp_path))
    assert ends_with(in_our_fonts("غرفة שלום", tmp_path), alone("غرفة", tmp_path))


def test_words_of_one_script_are_left_as_they_are() -> None:
    for words in ("Ward 12, beds & chairs", "العودة 12", "没有人等", "Домой"):
        assert scripts_apart(drawing(words)) == drawing(words)
    assert scripts_apart("<title>नमस्ते</title>") == "<title>नमस्ते</title>"


@pytest.mark.parametrize("word", [*WORDS.values(), "没有人等待决定", "നമസ്കാരം", "అందరికీ"])
def test_a_chart_reckons_with_words_as_wide_as_they_are(word: str, tmp_path: Path) -> None:
    left, _, right, _ = ink(in_our_fonts(word, tmp_path))
    wide = (right - left) / ZOOM / SIZE * 12.5

    assert wide <= letters(word) * LETTER_WIDTH
