"""Names, addresses, passwords, and the paths that people are sent on to."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.people import rules
from app.web import local_path

SITE = "https://boards.example"
TRICKY = st.text(alphabet="/\\:.@?#a\t\n\r \x00%2e[]", max_size=12)


@given(TRICKY | st.text(max_size=30))
@example("//evil.example")
@example("/\\evil.example")
@example("/\t/evil.example")
@example("https:evil.example")
@example("///evil.example")
@example("/\t/[x")
def test_whatever_is_asked_for_one_stays_on_this_site(target: str) -> None:
    path = local_path(target)

    # Browsers drop tabs and line ends, and read a backslash as a slash.
    as_browsers_read_it = path.translate({9: None, 10: None, 13: None, 92: "/"})
    there = urlsplit(urljoin(f"{SITE}/sign-in", as_browsers_read_it))
    assert path.startswith("/")
    assert not as_browsers_read_it.startswith("//")
    assert f"{there.scheme}://{there.netloc}" == SITE


@given(st.from_regex(r"/|(/[a-z0-9-]{1,20}){1,4}", fullmatch=True))
def test_paths_of_this_site_are_kept(path: str) -> None:
    assert local_path(path) == path


@given(st.text(max_size=200))
def test_a_tidy_name_is_one_line_and_stays_as_it_is(name: str) -> None:
    tidy = rules.tidy_name(name)

    assert tidy == rules.tidy_name(tidy)
    assert tidy == tidy.strip()
    assert all(c.isprintable() or c in "\u200c\u200d" for c in tidy)


@pytest.mark.parametrize(
    "name", ["", "   ", "\u202e", "\x00", "\u200d", "\u200c \u200d", "\ufeff", "\u3164", "x" * 121]
)
def test_names_that_show_nothing_or_never_end_are_refused(name: str) -> None:
    assert rules.check_name(name)


@pytest.mark.parametrize("name", ["Ana", "Ngũgĩ wa Thiong'o", "李小龍", "علی\u200cرضا", "x" * 120])
def test_names_are_names(name: str) -> None:
    assert rules.check_name(name) is None


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@org",
        "a b@example.org",
        f"{'a' * 60}@{'b' * 180}.example.org.uk",
        "a@b@example.org",
        "a@b.org\nBcc: x@y.org",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    assert rules.check_email(email)


@pytest.mark.parametrize("email", ["ana@example.org", " Ana@Example.ORG ", "a.b+c@sub.example.org"])
def test_addresses_are_taken(email: str) -> None:
    assert rules.check_email(email) is None


@pytest.mark.parametrize(("length", "fine"), [(9, False), (10, True), (200, True), (201, False)])
def test_a_password_is_as_strong_as_it_is_long(length: int, fine: bool) -> None:
    assert (rules.check_password("x" * length) is None) is fine
