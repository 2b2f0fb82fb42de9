"""The console without JavaScript: beginning, asking, revealing, gathering, voting, ending."""

import re
from html import unescape
from typing import Any

import pytest
from msgspec import structs

from app.boards.core.stage import ops as s
from app.boards.core.stage.votes import Count
from app.db import new_id
from app.main import services
from app.workshops.console import draw
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import BEN
from tests.spaces.house import Person
from tests.workshops.conftest import Stage, text_of

CANARY = "a bed on the corridor for nine days"


@pytest.fixture
def console(stage: Stage) -> "Console":
    return Console(stage)


class Console:
    """Ana's console, by its forms alone."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.path = stage, f"{stage.desk.path}/console"

    @property
    def ana(self) -> Person:
        return self.stage.winter.ana

    async def begin(self) -> None:
        fields = {"id": new_id(), "purpose": "So that people are home.", "authority": "We recommend."}
        answer = await self.ana.post(f"{self.stage.desk.path}/workshop", **fields)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"].startswith(self.path)

    async def page(self, query: str = "", who: Person | None = None) -> str:
        shown = await (who or self.ana).get(f"{self.path}{query}")
        assert shown.status_code == 200, shown.text
        return str(shown.text)

    async def see(self, kind: str, **fields: str) -> Any:
        return await self.ana.post(f"{self.path}/next", kind=kind, **fields)

    async def move(self, kind: str, **fields: str) -> str:
        """Both presses: what was seen is what is sent. The id of the phase."""
        seen = await self.see(kind, **fields)
        assert "move-everyone" in seen.text, text_of(seen.text)
        sent = fields_of(seen.text, "open_phase")
        answer = await self.ana.post(self.path, **sent)
        assert answer.status_code == 303, text_of(answer.text)
        return sent["id"]

    async def do(self, do: str, **fields: str) -> Any:
        answer = await self.ana.post(self.path, do=do, **fields)
        assert answer.status_code == 303, text_of(answer.text)
        return answer

    async def stage_id(self) -> str:
        found = re.search(
            r'name="id" value="([0-9a-f-]{36})"><input[^>]*name="takes_part"', await self.page()
        )
        assert found
        return found[1]


def fields_of(html: str, do: str) -> dict[str, str]:
    """The hidden fields of the form whose `do` that is; of several the last."""
    forms = [form for form in re.findall(r"<form.*?</form>", html, re.DOTALL) if f'value="{do}"' in form]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', forms[-1])
    return {name: unescape(value) for name, value in found if name != "_csrf_token"}


async def test_a_member_begins_a_workshop_and_lands_on_its_console(console: Console) -> None:
    assert "Begin a workshop" in (await console.ana.get(f"{console.stage.desk.path}/workshop")).text
    await console.begin()
    page = text_of(await console.page())

    assert "People are coming in" in page
    assert "So that people are home." in page
    assert "We recommend." in page
    assert "Ana leads" in page


async def test_what_was_typed_stays_where_beginning_is_refused(console: Console) -> None:
    await console.begin()
    fields = {"id": new_id(), "purpose": "Another purpose", "authority": ""}
    answer = await console.ana.post(f"{console.stage.desk.path}/workshop", **fields)

    assert answer.status_code == 409
    assert "A workshop runs on this board already." in answer.text
    assert "Another purpose" in answer.text


async def test_nobody_but_facilitators_has_the_console(console: Console) -> None:
    await console.begin()
    for who in (console.stage.winter.bo, console.stage.oli):
        answer = await who.get(console.path)
        assert answer.status_code == 403
        assert "So that people are home" not in answer.text
        assert (await who.post(console.path, do="end", id=await console.stage_id())).status_code == 403


async def test_next_is_two_presses_see_then_move_everyone(console: Console) -> None:
    await console.begin()
    seen = await console.see(
        "ask", prompt="What makes it hard?", minutes="4", write="private", question="yes"
    )
    words = text_of(seen.text)

    assert "What they write is private until you reveal it." in words
    assert "Each note must end with a question mark." in words
    assert "The clock shows 4 minutes." in words
    assert "What makes it hard?" not in await console.stage.page(console.stage.winter.bo)
    await console.ana.post(console.path, **fields_of(seen.text, "open_phase"))
    assert "What makes it hard?" in await console.stage.page(console.stage.winter.bo)
    assert "of 4:00" in text_of(await console.page())


async def test_change_it_goes_back_with_the_same_words(console: Console) -> None:
    await console.begin()
    seen = await console.see("ask", prompt="Half a thought", minutes="7", write="shared")
    back = await console.ana.post(f"{console.path}/next", **fields_of(seen.text, "open_phase"), back="yes")

    assert "Half a thought" in back.text
    assert 'value="7"' in back.text
    assert '<option value="shared" selected>' in back.text


@pytest.mark.parametrize("minutes", ["many", "-1", "900"])
async def test_minutes_that_are_none_are_said_and_the_words_stay(console: Console, minutes: str) -> None:
    await console.begin()
    answer = await console.see("ask", prompt="A long question", minutes=minutes)

    assert answer.status_code == 422
    assert "A long question" in answer.text
    assert "minutes" in text_of(answer.text)
    assert "move-everyone" not in answer.text


async def test_W1_the_console_has_numbers_of_private_notes_and_no_words(console: Console) -> None:
    await console.begin()
    phase = await console.move("ask", prompt="What makes it hard?", minutes="5")
    await console.stage.wrote(console.stage.winter.bo, phase, CANARY)
    await console.stage.winter.bo.get(console.stage.path)
    await services(console.stage.home.app).rooms._write_looks()  # or Bo would not count as here
    page = await console.page()

    assert CANARY not in page
    assert "Nobody can read them yet, nor can you." in text_of(page)
    assert "1 have written" in text_of(page)
    await console.do("reveal", id=phase)
    assert CANARY in await console.page()


async def test_earlier_private_notes_are_a_number_and_can_be_revealed_later(console: Console) -> None:
    await console.begin()
    phase = await console.move("ask", prompt="First?", minutes="5")
    await console.stage.wrote(console.stage.winter.bo, phase, CANARY)
    seen = await console.see("ask", prompt="Second?", minutes="5")
    assert "1 note is not revealed." in text_of(seen.text)
    await console.ana.post(console.path, **fields_of(seen.text, "open_phase"))
    page = await console.page()

    assert "1 note was never revealed." in text_of(page)
    assert CANARY not in page
    await console.do("reveal", id=phase)
    assert "never revealed" not in await console.page()


async def test_at_the_doors_it_says_that_no_join_code_is_open(console: Console) -> None:
    await console.begin()
    assert "No join code is open now" in await console.page()
    await console.ana.post(f"{console.stage.winter.path}/codes", days="1")
    assert "No join code is open now" not in await console.page()


async def test_W8_the_second_who_presses_reads_who_moved_on_already(console: Console) -> None:
    await console.begin()
    stage = await console.stage_id()
    await console.do("add_facilitator", id=stage, person=console.stage.winter.bo.id)
    late = fields_of((await console.see("ask", prompt="Ana's question?")).text, "open_phase")
    bo = console.stage.winter.bo
    seen = await bo.post(f"{console.path}/next", kind="ask", prompt="Bo's question?")
    assert (await bo.post(console.path, **fields_of(seen.text, "open_phase"))).status_code == 303
    answer = await console.ana.post(console.path, **late)

    assert answer.status_code == 422
    assert "Bo moved on already." in text_of(answer.text)
    assert "Ana&#39;s question?" in answer.text


async def test_W8_who_went_back_is_named_too(console: Console) -> None:
    await console.begin()
    bo = console.stage.winter.bo
    await console.do("add_facilitator", id=await console.stage_id(), person=bo.id)
    first = await console.stage.ask("First?")
    second = await console.stage.ask("Second?", first)
    late = fields_of((await console.see("ask", prompt="Third?")).text, "open_phase")
    back = {"do": "reopen_phase", "id": first, "from": second}
    assert (await bo.post(console.path, **back)).status_code == 303
    answer = await console.ana.post(console.path, **late)

    assert "Bo moved on already." in text_of(answer.text)


async def test_sending_the_same_move_twice_moves_once(console: Console) -> None:
    await console.begin()
    sent = fields_of((await console.see("ask", prompt="Once?")).text, "open_phase")
    await console.ana.post(console.path, **sent)
    await console.ana.post(console.path, **sent)

    assert (await console.page()).count('class="step" dir="auto">Once?') == 1


async def test_the_clock_is_paused_goes_on_and_gets_a_minute_more(console: Console) -> None:
    await console.begin()
    await console.move("ask", prompt="Why?", minutes="5")
    stage = await console.stage_id()
    await console.do("set_clock", id=stage, running="no")
    page = await console.page()
    left = float(re.findall(r'data-left="([\d.]+)"', page)[0])
    assert "data-ends-at" not in page
    assert 290 < left <= 300
    await console.do("set_clock", id=stage, add="60")
    assert float(re.findall(r'data-left="([\d.]+)"', await console.page())[0]) == left + 60
    await console.do("set_clock", id=stage, running="yes")
    assert "data-ends-at" in await console.page()


async def test_notes_are_gathered_into_themes_by_buttons(console: Console) -> None:
    await console.begin()
    phase = await console.move("ask", prompt="What?", minutes="5")
    notes = [await console.stage.wrote(console.stage.winter.bo, phase, f"Note {i}") for i in range(3)]
    await console.do("reveal", id=phase)
    first, second = new_id(), new_id()
    await console.do("add_theme", id=first, title="Beds", cards=" ".join(notes[:2]))
    await console.do("add_theme", id=second, title="Time")
    await console.do("gather", id=second, cards=notes[2])
    page = await console.page()
    assert "Every note is in a theme." in page
    await console.do("edit_theme", id=first, title="Beds and rooms")
    await console.do("merge_themes", id=first, other=second)
    assert "Beds and rooms</b> <span>3</span>" in await console.page()
    await console.do("split", id=first, cards=notes[0])
    assert "Beds and rooms</b> <span>2</span>" in await console.page()
    await console.do("remove_theme", id=first)
    assert "Beds and rooms" not in await console.page()


async def test_ticked_notes_of_one_form_are_all_gathered(console: Console) -> None:
    await console.begin()
    phase = await console.move("ask", prompt="What?", minutes="5")
    notes = [await console.stage.wrote(console.stage.winter.bo, phase, f"Note {i}") for i in range(2)]
    await console.do("reveal", id=phase)
    await console.do("add_theme", id=(theme := new_id()), title="Beds")
    await console.do("gather", id=theme, cards=notes)  # type: ignore[arg-type]

    assert "Beds</b> <span>2</span>" in await console.page()


async def test_a_vote_is_closed_held_and_used_in_the_next_question(console: Console) -> None:
    await console.begin()
    phase = await console.move("ask", prompt="What?", minutes="5")
    note = await console.stage.wrote(console.stage.winter.bo, phase, "Beds at night")
    await console.do("reveal", id=phase)
    vote = await console.move("vote", prompt="Which?", about=phase, how="dots", dots="2", most="1")
    await console.stage.winter.bo.post(console.stage.path, do="place", phase=vote, choice=note)
    await console.do("close_vote", id=vote)
    page = text_of(await console.page())
    assert "1 person voted. Only these totals are kept." in page
    await console.do("hold", id=vote, thing=note)
    used = await console.page(f"?next=ask&use={note}")
    assert "Use it in the next question" in used
    assert "Beds at night</textarea>" in used


async def test_vote_again_fills_the_same_settings_in(console: Console) -> None:
    await console.begin()
    options = "Yes\nNo"
    vote = await console.move("vote", prompt="Agreed?", how="choice", options=options, minutes="2")
    await console.do("close_vote", id=vote)
    page = await console.page(f"?again={vote}")

    assert "Agreed?</textarea>" in page
    assert "Yes\nNo</textarea>" in page
    assert '<option value="choice" selected>' in page


async def test_what_was_on_paper_is_typed_as_nobodys(console: Console) -> None:
    await console.begin()
    phase = await console.move("ask", prompt="What?", minutes="5")
    await console.do("add_card", id=new_id(), phase=phase, kind="note", paper="yes", text="From the back row")
    await console.do("reveal", id=phase)

    assert "From the back row On paper" in text_of(await console.page())


async def test_the_team_offers_and_takes_the_lead_and_gives_up(console: Console) -> None:
    await console.begin()
    stage, bo = await console.stage_id(), console.stage.winter.bo
    assert "Facilitate no longer" not in await console.page()
    await console.do("add_facilitator", id=stage, person=bo.id)
    await console.do("offer_lead", id=stage, person=bo.id)
    assert "You are offered the lead." in await console.page(who=bo)
    await bo.post(console.path, do="take_lead", id=stage)
    assert "Bo leads" in text_of(await console.page())
    answer = await console.do("give_up", id=stage)
    assert answer.headers["location"].endswith("/take-part")
    assert (await console.ana.get(console.path)).status_code == 403


async def test_quiet_words_are_numbers_seen_once_and_gone_at_the_end(console: Console) -> None:
    await console.begin()
    stage, bo, cleo = await console.stage_id(), console.stage.winter.bo, console.stage.winter.cleo
    for who in (bo, bo, cleo):
        answer = await who.post(f"{console.stage.desk.path}/quiet", word="slow")
        assert answer.status_code == 303
    await bo.post(f"{console.stage.desk.path}/quiet", word="break")
    page = text_of(await console.page())
    assert "2 Slow down" in page
    assert "1 I need a break" in page
    await console.ana.post(f"{console.path}/quiet", word="slow")
    assert "Slow down" not in await console.page()
    await console.do("end", id=stage)
    await console.do("resume", id=stage)
    assert "I need a break" not in await console.page()


async def test_a_quiet_word_that_there_is_not_is_refused(console: Console) -> None:
    path = f"{console.stage.desk.path}/quiet"
    assert (await console.stage.winter.bo.post(path, word="slow")).status_code == 409
    await console.begin()
    assert (await console.stage.winter.bo.post(path, word="shout")).status_code == 422


async def test_the_workshop_ends_and_goes_on(console: Console) -> None:
    await console.begin()
    stage = await console.stage_id()
    await console.do("end", id=stage)
    assert "The workshop has ended" in await console.page()
    await console.do("resume", id=stage)
    assert "People are coming in" in await console.page()


async def test_a_quiet_word_from_a_phone_reaches_the_console_as_a_number(console: Console) -> None:
    await console.begin()
    await console.move("ask", prompt="What makes it hard?", minutes="5")
    bo = console.stage.winter.bo
    phone = (await bo.get(console.stage.path)).text
    assert "Something is not right" in phone
    assert "Something is not right" not in (await console.ana.get(console.stage.path)).text
    answer = await bo.post(f"{console.stage.desk.path}/quiet", word="wrong")

    assert answer.status_code == 303
    assert (
        "The facilitators are told, and not who said it." in (await bo.get(answer.headers["location"])).text
    )
    assert "Something is not right" in text_of(await console.page())


async def test_P7_totals_name_an_organisation_only_where_that_names_nobody(console: Console) -> None:
    workshop = Workshop()
    first = workshop.ask(write="shared")
    even, other, left = (workshop.note(BEN, first, words) for words in ("Even", "Other", "Left over"))
    vote = workshop.ask(write="off", about=(first,), vote=s.Vote("dots", 1, 1))
    by = {even: {"North": 6, "South": 5}, other: {"North": 5, "South": 4}, left: {"North": 9}}
    count = Count({even: 11, other: 9, left: 9}, 29, by, {"North": 20, "South": 9})
    workshop.outside = structs.replace(workshop.outside, counts={vote: count})
    workshop.lead(s.CloseVote(vote))
    engine: Any = console.stage.home.app.template_engine
    template = engine.get_template("workshops/console/_frame.html")
    running = services(console.stage.home.app)
    drawn = await draw.context(running.db, running.config, workshop.board)
    page = text_of(template.render(token="", form={}, **drawn))

    assert "Even North 6" in page
    assert "Left over North 9" in page
    assert "Other North" not in page, "what is left of nine would tell of the four"
    assert "South" not in page, "fewer than five of them chose it, or did not"
