"""What people may do changes with each phase of a workshop, and who follows the board is told (rule D5)."""

from msgspec import structs

from app.boards.core.stage import ops as s
from app.realtime.fanout import FULL
from tests.boards.core.stage.workshop import STAGE
from tests.boards.live.test_followers import Line
from tests.boards.live.test_stage_frames import Hall
from tests.boards.play import ANA, BEN, OLA
from tests.support.until import until


def told(line: Line) -> list[set[str]]:
    return [set(frame["may"]) for frame in line.frames if frame["type"] == "you"]


async def test_a_phase_that_is_written_in_offers_cards_and_the_next_takes_that_back() -> None:
    hall = Hall()
    items, parts, lead = hall.come(BEN, "items"), hall.come(BEN, "parts"), hall.come(ANA, "items")
    hall.ask()
    hall.tell()
    hall.ask(write="off", move="everyone")
    hall.tell()

    for line in (items, parts):
        writing, gathering = told(line)
        assert "add_card" in writing
        assert "gather" not in writing
        assert "add_card" not in gathering
        assert "gather" in gathering
    assert told(lead) == [], "facilitators may do the same in every phase"


async def test_everyone_of_a_role_is_told_by_the_same_bytes_and_observers_nothing() -> None:
    hall = Hall()
    lines = [hall.come(BEN, "items") for _ in range(3)]
    observer = hall.come(OLA, "items")
    hall.ask()
    hall.tell()

    frames = [next(f for f in line.written if b'"type":"you"' in f.payload) for line in lines]
    assert frames[0] is frames[1] is frames[2]
    assert told(observer) == []


async def test_a_paused_person_keeps_no_news_of_rights_from_others_of_their_role() -> None:
    hall = Hall()
    paused = [hall.come(structs.replace(BEN, person=f"p{n}", paused=True), "items") for n in range(8)]
    ben = hall.come(BEN, "items")
    hall.ask()
    hall.tell()

    (may,) = told(ben)
    assert "add_card" in may
    assert all("add_card" not in may for one in paused for may in told(one))


async def test_what_does_not_change_rights_tells_nobody() -> None:
    hall = Hall()
    phase = hall.ask()
    hall.tell()
    line = hall.come(BEN, "items")
    hall.note(ANA, phase)
    hall.lead(s.SetClock(STAGE, left=60.0))
    hall.tell()

    assert told(line) == []


async def test_who_becomes_a_facilitator_is_told_what_that_adds_by_a_welcome() -> None:
    hall = Hall()
    hall.ask()
    hall.tell()
    line = hall.come(BEN, "items")
    hall.lead(s.AddFacilitator(STAGE, str(BEN.person)))
    hall.tell()

    assert {"reveal", "open_phase", "add_section"} <= set(line.frames[-1]["you"]["may"])
    assert told(line) == []


async def test_a_slow_reader_gets_a_whole_welcome_instead() -> None:
    hall = Hall()
    line = hall.come(BEN, "items")
    line.waiting = FULL + 1
    hall.card(ANA)
    hall.tell()
    hall.ask()
    hall.tell()
    line.frames.clear()
    line.waiting = 0
    line.empty.set()
    await until(lambda: not hall.followers._slow._tasks._running)

    assert line.frames[0]["type"] == "welcome"
    assert "add_card" in line.frames[0]["you"]["may"]
