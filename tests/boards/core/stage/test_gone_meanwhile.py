"""What a phase asks for is gone meanwhile: people can still answer, and no promise is broken."""

import pytest

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.stage import ops as s
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import ANA, BEN, GIL


def test_W1_private_notes_stay_private_when_their_section_goes_and_are_revealed_outside_it() -> None:
    workshop = Workshop()
    phase = workshop.ask(sections=(workshop.home,))
    note = workshop.note(BEN, phase, section=workshop.home)
    workshop.act(ANA, o.RemoveSection(workshop.home))

    assert note not in workshop.seen_by(ANA)
    assert note in workshop.seen_by(BEN)
    workshop.lead(s.Reveal(phase))
    assert workshop.seen_by(GIL)[note].fields["section"] is None


def test_when_all_sections_of_a_question_are_gone_it_is_answered_outside_all() -> None:
    workshop = Workshop()
    other = workshop.section(ANA, "Another")
    phase = workshop.ask(sections=(workshop.home, other))
    workshop.act(ANA, o.RemoveSection(workshop.home))
    with pytest.raises(Refused, match="another section"):
        workshop.note(BEN, phase)
    with pytest.raises(Refused) as gone:
        workshop.note(BEN, phase, section=workshop.home)
    assert gone.value.code is Code.NOT_FOUND
    workshop.act(ANA, o.RemoveSection(other))

    assert workshop.fields(workshop.note(BEN, phase))["section"] is None
