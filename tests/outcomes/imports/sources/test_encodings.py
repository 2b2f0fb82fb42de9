"""Files whose bytes do not say which letters they are: what was taken is shown, and another can be chosen."""

import pytest

from app.outcomes.imports.look_at_file import look
from app.outcomes.imports.sources import encodings, table
from app.outcomes.imports.sources.table import TablePlace
from tests.outcomes.imports.import_forms import bring, fields_of, form_of, measured, send, tally, words
from tests.outcomes.imports.sample_tables import LONG, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

PLACES = {
    "cp932": "東京病院、ソ能表",
    "euc_jp": "東京病院",
    "mac_roman": "São Tomé, Curaçao",
    "cp1250": "Łódź, Świętokrzyskie",
    "cp1251": "Київ, Житомир",
    "koi8_u": "Київ, Житомир",
    "gb18030": "北京医院，𠮷",
    "big5hkscs": "臺北醫院，功許",
    "cp1255": "תל אביב",
    "cp1252": "Zürich – Genève",
    "cp850": "Café, Müller",
    "cp437": "Café, Müller",
    "utf-16-le": "Київ, Житомир",
    "utf-16-be": "תל אביב",
}


def content_of(place: str, codec: str) -> bytes:
    """In UTF-16 without a mark, as some programs write it, a first word like this says nothing by itself."""
    return f'{place[:3]},Month,Falls\n"{place}",Jan-23,4\n"{place}",Feb-23,5\n'.encode(codec)


@pytest.mark.parametrize(("codec", "place"), PLACES.items())
def test_each_is_offered_and_read_to_the_letter_once_it_is_chosen(codec: str, place: str) -> None:
    content = content_of(place, codec)
    found = look(content, nothing)
    read = table.read(content, TablePlace(encoding=codec))

    assert found.place.encoding in found.encodings
    assert codec in found.encodings
    assert found.encodings[codec] in (place, place[:3].strip(), *place.split(", "))
    assert [row.cells[0] for row in read.rows] == [place, place]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_nothing_is_asked_of_a_file_that_says_it(codec: str) -> None:
    found = look(content_of(PLACES["cp1255"], codec), nothing, TablePlace(encoding="cp1251"))

    assert (found.encodings, found.place.encoding) == ({}, "")
    assert encodings.fitting(b"Month,Falls\nJan-23,4\n") == {}


@pytest.mark.parametrize(
    "row",
    ["2024-0{},5\0\0\0\n", "2024-0{},15\0\n", "2024-0{},5\0\r\n", "2024-0{}\0,15\0\r\n", "20240{}\0,15\0\n"],
)
def test_zero_bytes_that_fill_up_cells_are_no_utf_16(row: str) -> None:
    content = f"Café,Falls\n{''.join(map(row.format, range(1, 10)))}"
    found = look(content.encode(), nothing)

    assert (found.encodings, found.rows, found.problem) == ({}, 9, "")
    assert encodings.fitting(content.encode("cp1252"))["cp1252"] == "Café"


@pytest.mark.parametrize(
    ("text", "codec", "taken"),
    [
        ("Café, Müller", "cp850", "cp850"),
        ("Ђаковић, Срђан", "cp1251", "cp1251"),
        ("Women’s – 4 £", "cp1252", "cp1252"),
        ("Łódź, Świętokrzyskie, Třešť", "cp1250", "cp1250"),
        ("東京病院、ソ能表", "cp932", "cp932"),
    ],
)
def test_what_is_likely_is_taken_where_nobody_has_chosen(text: str, codec: str, taken: str) -> None:
    assert encodings.taken(f"{text},4\n".encode(codec)) == taken


WESTERN = (
    *(
        "Hélène, François, Zoë",
        "CHU de Nîmes, Besançon, Hôpital Sœur Marie",
        "L'Haÿ-les-Roses, Saint-Étienne",
    ),
    *(
        "Muñoz Pérez, Ibáñez",
        "Málaga, Cádiz, ¿Qué tal?",
        "São João, Conceição, Setúbal",
        "Mª José, Nº 5, Coração",
    ),
    *("Ynys Môn, Siân, Bethan Siôn", "Dŵr, Llŷn".translate({0x175: "w", 0x177: "y"}) + ", Gwyddfân"),
    *("Ó Súilleabháin, Siobhán, Dún Laoghaire", "Gaillimh, Béal Feirste, Tír Eoghain"),
    *("Ærøskøbing, Tromsø, Ålesund", "Västerås, Jönköping, Örebro", "Þórður Guðmundsson, Ísafjörður"),
    *("Tórshavn, Sørvágur", "Jyväskylä, Hämeenlinna", "Võru, Põlva, Jõhvi", "Perché, Forlì, Città, Più"),
    *("München, Köln, Straße", "Größe, Übergänge, Ärzte", "Coöperatie, België, Curaçao", "Škoda, Žatec"),
    *("Bjørn, Renè, Siân, Nuñez", "Chloé, Seán, Zoë, Björn", "Caoimhe Ní Bhraonáin, O´Neill, José"),
    *("£m, £500, €5, m³/h, 5 µg/m³, 37°C", "Café “Ward’s” ½ day", "Women’s – 4 £", "L·lobregat, Geltrú"),
)
CENTRAL = (
    *(
        "Łódź, Wrocław, Białystok",
        "Żory, Elbląg, Łomża",
        "Zielona Góra, Bełchatów, Piła",
        "Kozłowska, Wiśniewski",
    ),
    *("Oddział Wewnętrzny, Izba Przyjęć, Położnictwo", "Gorzów Wielkopolski, Chełm, Pułtusk"),
    *("Třebíč, Příbram, Plzeň", "Hódmezővásárhely, Győr, Fűzfő", "Bucureşti, Iaşi, Braşov"),
)
TURKISH = ("Gümüşhane, Şırnak, Iğdır", "İstanbul, İzmir, Çankırı, Kütahya")


@pytest.mark.parametrize(
    ("names", "codec"),
    [
        *((names, "cp1252") for names in WESTERN),
        *((names, "cp1250") for names in CENTRAL),
        *((names, "cp1254") for names in TURKISH),
        *(("Café, Zoë, López", "mac_roman"), ("Київ, Житомир", "cp1251"), ("Київ, Житомир", "koi8_u")),
    ],
)
def test_letters_are_taken_in_which_no_sign_stands_amid_them(names: str, codec: str) -> None:
    content = "Name,Month,Falls\n" + "".join(f"{name},Jan-23,4\n" for name in names.split(", "))

    assert encodings.taken(content.encode(codec)) == codec


@pytest.mark.parametrize("names", WESTERN)
def test_of_a_western_file_each_name_alone_stays_western(names: str) -> None:
    found = [encodings.taken(f"Name,Falls\n{one},4\n".encode("cp1252")) for one in names.split(", ")]

    assert {*found} <= {"cp1252", ""}


def test_one_odd_name_among_many_makes_no_other_language_of_a_file() -> None:
    names = ["Bj¹rn", "Zoë", "André", "Siân", "Björn", "José", "Noël"]
    content = "".join(f"{name},Jan-23,4\n" for name in names).encode("cp1252")

    assert encodings.taken(content) == "cp1252"
    assert encodings.taken(content[: content.index(b"Zo")]) != "cp1252"


def test_utf_8_with_a_broken_sign_is_read_as_such_and_it_is_said() -> None:
    found = look(
        "Ward,Month,Falls\nCafé,Jan-23,4\nMüller,Jan-23,4\n".encode() + b"L\xe9on,Jan-23,5\n", nothing
    )

    assert found.place.encoding == "utf-8"
    assert found.encodings["utf-8"] == "Café"
    assert [row[0] for row in found.sample] == ["Café", "Müller", "L\ufffdon"]
    assert "broken" in encodings.NAMES["utf-8"]


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("rows", "taken", "wards"),
    [
        (
            "Café,Jan-23,4\nMüller,Jan-23,4\n".encode() + b"L\xe9on,Jan-23,5\n",
            "utf-8",
            "Café Müller L\ufffdon",
        ),
        (b"Caf\xe9,Jan-23,4\nLeon,Jan-23,5\n", "cp1252", "Café Leon"),
        ("Łódź,Jan-23,4\nŚwięte,Jan-23,5\n".encode("cp1250"), "cp1250", "Łódź Święte"),
    ],
)
def test_the_mark_of_utf_8_before_other_bytes_hides_nothing(rows: bytes, taken: str, wards: str) -> None:
    content = MARK + b"Ward,Month,Falls\n" + rows
    found = look(content, nothing)
    chosen = table.read(content, TablePlace(encoding=taken))

    assert taken in found.encodings
    assert not any("\ufeff" in word or "ï" in word for word in found.encodings.values())
    assert chosen.heading[0] == "Ward"
    assert [row.cells[0] for row in chosen.rows] == wards.split()


@pytest.mark.parametrize(
    ("content", "broken"),
    [
        (MARK + b"Ward,Month,Falls\n" + "Café,Jan-23,4\n".encode() * 2 + b"L\xe9on,Jan-23,5\n", (1, 4)),
        ("Ward,Month,Falls\nCaf\ufffd,Jan-23,4\nB,Jan-23,4\nL\ufffdon,Jan-23,5\n".encode(), (2, 2)),
        ("Ward,Month,Falls\nCaf".encode("utf-16") + b"\0\xdc" + ",Jan-23,4\n".encode("utf-16-le"), (1, 2)),
    ],
)
async def test_signs_that_cannot_be_read_are_said_with_their_rows(
    home: House, winter: Winter, content: bytes, broken: tuple[int, int]
) -> None:
    found = look(content, nothing)
    imports = await measured(home, winter)
    page = words((await winter.bo.get(await bring(home, winter.bo, imports, content))).text)
    count, first = broken

    assert (found.broken, found.broken_first) == broken
    assert f"Letters that could not be read stand as \ufffd in {count} row" in page
    assert f"row {first}. Names with them" in page


def test_what_a_file_cannot_be_is_not_offered() -> None:
    assert not {"cp932", "euc_jp", "gb18030", "utf-8"} & encodings.fitting("café,4".encode("cp1252")).keys()


def test_a_long_line_of_ascii_before_another_letter_costs_no_more_than_its_bytes() -> None:
    """Each of these bytes would else be looked at a hundred thousand times."""
    assert encodings.fitting(b"a" * 400_000 + "\n,café".encode("cp1252"))["cp1252"] == "café"


@pytest.mark.parametrize("before", ["", "a"])
def test_a_long_line_is_known_by_its_begin_even_if_that_ends_within_a_letter(before: str) -> None:
    content = f"東{before}{'京' * 2000}\n".encode("cp932")

    assert encodings.fitting(content)["cp932"].startswith(f"東{before}京")


async def test_a_file_in_our_own_layout_stops_there_and_is_read_as_somebody_says(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    text = LONG + f"home,{PLACES['cp932']},2024-01-01,80,100,,\n"
    file = await bring(home, winter.bo, imports, text.encode("cp932"))
    asked = (await winter.bo.get(file)).text
    fields = fields_of(asked, "/table") | {"encoding": "cp1251"}
    await send(home, winter.bo, f"{file}/table", **fields)
    other = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/table", **fields | {"encoding": "cp932"})
    again = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/mapping", **fields_of(again))
    checked = (await winter.bo.get(file)).text

    assert "This file does not say which letters it is written in." in words(asked)
    assert f"Japanese, Shift-JIS: {PLACES['cp932']}" in words(asked)
    assert fields_of(other, "/table")["encoding"] == "cp1251"
    assert fields_of(again, "/table")["encoding"] == "cp932"
    assert "It was read as Japanese, Shift-JIS: “" in words(checked)
    assert PLACES["cp932"] in checked
    assert tally(checked) == [1, 0, 0, 0]
    assert form_of(checked, "/again") is not None
    await send(home, winter.bo, f"{file}/do")
    assert await home.value("SELECT area FROM series") == PLACES["cp932"]
