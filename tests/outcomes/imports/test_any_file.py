"""Whatever comes in a file, nothing breaks."""

from hypothesis import given
from hypothesis import strategies as st

from app.outcomes.imports import fingertips, guess, other_layouts, own_layout, read_file
from app.outcomes.imports.row_parser import parse_rows
from app.outcomes.imports.rows import ColumnMapping, FileRow
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import FINGERTIPS, HOME, KNOWN, LONG, book, look_at, nothing

MESS = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(str.encode),
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "home",
                    "falls",
                    "2024-01-01",
                    "Jan 2024",
                    "80",
                    "-1",
                    "*",
                    "=1",
                    "@x",
                    "+",
                    '"',
                    "\0",
                    "1e30",
                    "é",
                    "",
                ]
            ),
            max_size=8,
        ),
        max_size=8,
    ).map(lambda rows: "\n".join(",".join(row) for row in rows).encode()),
)


@given(
    MESS,
    st.sampled_from(["", LONG, FINGERTIPS, "month,a,b\n", "part,Jan 2024,Feb 2024\n"]),
    st.sampled_from(["as_is", "complement", "ratio", "ratio_complement"]),
)
def test_no_bytes_make_a_fault(mess: bytes, heading: str, take: str) -> None:
    content = heading.encode() + mess
    try:
        look = look_at(content)
        asked = ColumnMapping(look.layout, "home", take, (1,), (2,), 0, measures={"home": "home"})  # type: ignore[arg-type]
        for mapping in (asked, guess.guess_mapping(look, [HOME])):
            read_file.parse_file(content, mapping, KNOWN, nothing)
    except Unreadable as refusal:
        sentence = str(refusal)

        assert sentence.endswith(".")


@given(st.binary(max_size=300), st.integers(0, 5_000), st.integers(0, 255))
def test_no_damaged_spreadsheet_makes_a_fault(extra: bytes, place: int, byte: int) -> None:
    content = bytearray(book([["measure_code", "period_start", "value"], ["home", "2024-01-01", 5]]))
    content[place % len(content)] = byte
    try:
        look_at(bytes(content) + extra)
        read_file.parse_file(bytes(content) + extra, ColumnMapping("long"), KNOWN, nothing)
    except Unreadable as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - most of what comes is refused, some is read


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_texts_make_a_fault(period: str, n: str, d: str) -> None:
    for code in ("home", "falls", "deaths"):
        for row in (
            FileRow(1, code, "", period, (n,), (d,)),
            FileRow(1, code, period, "2024-01-01", value=(n,), low95=d),
        ):
            assert len(list(parse_rows([row], KNOWN))) == 1


def test_known_layouts_have_their_names() -> None:
    assert own_layout.is_long(["Measure Code", "Period Start"])
    assert other_layouts.is_wide(["x", "Jan 2024", "Feb 2024"])
    assert not other_layouts.is_wide(["x", "Jan 2024"])
    assert fingertips.is_fingertips(FINGERTIPS.strip().split(","))
