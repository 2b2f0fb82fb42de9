"""The interface says one thing in one way."""

import json
import re

import pytest

from app.access import Role
from app.config import ROOT
from app.spaces.space import Participant

VERBS = {  # of buttons that send something: each has one meaning, which app/GLOSSARY.md tells
    *("Add", "Approve", "Archive", "Ask", "Change", "Confirm", "Connect", "Continue", "Create", "Decline"),
    *("Lock", "Unlock", "Take", "Begin", "Close", "Gather", "Merge", "Rename"),
    *(
        "Discard",
        "Disconnect",
        "Draw",
        "Edit",
        "End",
        "Erase",
        "Fill",
        "Find",
        "Get",
        "Hand",
        "Import",
        "Issue",
        "Join",
        "Keep",
    ),
    *(
        "Leave",
        "Let",
        "Make",
        "Move",
        "Open",
        "Pass",
        "Propose",
        "Publish",
        "Redo",
        "Remove",
        "Renew",
        "Restore",
        "Save",
        "See",
    ),
    *("Say", "Pause", "Lift"),
    *("Send", "Set", "Show", "Sign", "Stop", "Try", "Undo", "Upload", "Use", "Withdraw"),
}
ANSWERS = {"Yes", "Somebody else"}  # to "Are you Dee, here on 3 November?"
ANSWERS |= {"Seen"}  # to a quiet word
TEMPLATES = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
SCRIPTS = [path.read_text() for path in (ROOT / "static/js").rglob("*.js")]


def test_what_makes_a_password_good_is_said_in_the_same_words_everywhere() -> None:
    hints = [hint for page in TEMPLATES for hint in re.findall(r'hint="(At least[^"]*)"', page)]

    assert len(hints) > 3
    assert len(set(hints)) == 1


def test_buttons_begin_with_one_of_the_verbs_that_have_one_meaning() -> None:
    buttons = [words for page in TEMPLATES for words in re.findall(r'type="submit"[^>]*>([A-Z][^<{]*)', page)]

    assert len(buttons) > 60
    assert {words.split()[0] for words in buttons if words not in ANSWERS} <= VERBS


def test_changing_is_only_said_of_ones_own_account() -> None:
    changes = [words for page in TEMPLATES for words in re.findall(r"<button[^>]*>(Change[^<]*)<", page)]

    assert sorted(changes) == ["Change email", "Change name", "Change password"]


def test_no_page_speaks_in_words_that_were_given_up() -> None:
    old = r"to mend|was kept|no more|Go on\b|[Bb]ring it in|let it go|by halves|is not whole|E-mail|e-mail"

    assert [
        found
        for page in TEMPLATES
        for found in re.findall(old, re.sub(r"{#.*?#}", "", page, flags=re.DOTALL))
    ] == []


def test_where_a_card_stands_in_its_section_has_one_name_in_both_views() -> None:
    outline = [word for page in TEMPLATES for word in re.findall(r'for="move-place-[^>]*>([^<]*)<', page)]
    canvas = [word for script in SCRIPTS for word in re.findall(r'const place = new Menu\("([^"]*)"', script)]

    assert outline == canvas == ["Position"]


def test_labels_of_the_canvas_begin_with_a_capital() -> None:
    labels = [label for script in SCRIPTS for label in re.findall(r'new Menu\("([^"]*)"', script)]

    assert [label for label in labels if not label[0].isupper()] == []
    assert "Which card" in labels


@pytest.mark.parametrize("former", [False, True])
def test_a_guests_organisation_is_only_said(former: bool) -> None:
    guest = Participant("g", "Mo Guest", None, "Lantern Trust", 0, Role.GUEST, former=former)

    assert guest.label == "Guest, says: Lantern Trust"
    assert guest.full_name == "Mo Guest, Guest, says: Lantern Trust"


def test_pages_show_of_people_their_label_never_what_a_guest_typed_alone() -> None:
    """`organisation_name` stands alone only where it is an organisation's own, or one's own page."""
    bare = re.compile(r"\b(?:by|author|person|note|face|who|people\[[^]]*\])\.organisation_name")

    assert [page for page in TEMPLATES if bare.search(page)] == []


def test_the_demo_speaks_no_jargon() -> None:
    content = json.loads((ROOT / "app/demo/content.json").read_text())
    titles = [section["title"] for board in content["boards"] for section in board["sections"]]

    assert not [title for title in titles if "wicked" in title.lower()]


def test_help_knows_every_state_of_the_line_that_the_page_names() -> None:
    page = next(page for page in TEMPLATES if "<h1>Help</h1>" in page)
    status = (ROOT / "static/js/board/shell/status.js").read_text()
    words = set(re.findall(r'words: ["`](Waiting for the server’s database|\w+)', status))

    assert words == {
        "Connecting",
        "Checking",
        "Saved",
        "Sending",
        "Offline",
        "Waiting for the server’s database",
    }
    assert [word for word in words if f"<strong>{word}</strong>" not in page] == []
