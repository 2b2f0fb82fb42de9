"""A card that was reworded, on pages: who did it, the words before, putting them back, telling its author."""

import pytest

from app.main import services
from tests.boards.conftest import Desk


@pytest.fixture
async def card(desk: Desk) -> str:
    """A card of Ana's that Cleo has reworded, after Ana looked at the board."""
    made = await desk.card(desk.winter.ana, "The bus is late")
    await desk.outline(desk.winter.ana)
    await services_looked(desk)
    await desk.act(desk.winter.cleo, "edit_card", id=made, text="The bus is never late")
    return made


async def services_looked(desk: Desk) -> None:
    await services(desk.home.app).rooms.looks.write({})


async def test_T9_the_outline_names_who_reworded_beside_who_wrote(desk: Desk, card: str) -> None:
    page = await desk.outline(desk.winter.bo)

    assert "reworded by <bdi>Cleo, Vale Hospice</bdi>" in page
    assert f'href="{desk.path}/cards/{card}/words"' in page
    found = await desk.winter.bo.get(f"{desk.path}/outline?find=never")
    await desk.act(desk.winter.ana, "remove_card", id=card)
    removed = await desk.winter.bo.get(f"{desk.path}/removed")
    for where in (found.text, removed.text):
        assert "reworded by <bdi>Cleo, Vale Hospice</bdi>" in where


async def test_T9_the_words_before_are_one_tap_away_and_can_be_put_back(desk: Desk, card: str) -> None:
    before = await desk.winter.bo.get(f"{desk.path}/cards/{card}/words")
    await desk.act(desk.winter.bo, "edit_card", id=card, text="The bus is late")
    after = await desk.winter.bo.get(f"{desk.path}/cards/{card}/words")

    assert "Written by <bdi>Ana, Northfield Trust</bdi>, just now" in before.text
    assert "Reworded by <bdi>Cleo, Vale Hospice</bdi>, just now" in before.text
    assert 'name="text" value="The bus is late"' in before.text
    assert "Restore these words" in before.text
    assert "reworded by" not in await desk.outline(desk.winter.bo)
    assert "Restore these words" not in after.text


async def test_T9_the_author_is_told_that_their_card_was_reworded_until_they_look(
    desk: Desk, card: str
) -> None:
    ana, bo = [(await who.get(desk.winter.path)).text for who in (desk.winter.ana, desk.winter.bo)]
    await desk.outline(desk.winter.ana)
    await services_looked(desk)

    assert "1 card of yours was reworded" in ana
    assert "reworded" not in bo
    assert "reworded" not in (await desk.winter.ana.get(desk.winter.path)).text


async def test_T9_the_versions_of_a_draft_of_another_are_as_absent_as_those_of_no_card(desk: Desk) -> None:
    draft = await desk.card(desk.winter.ana, "canary", draft="yes")
    foreign = await desk.winter.cleo.get(f"{desk.path}/cards/{draft}/words")
    absent = await desk.winter.cleo.get(f"{desk.path}/cards/33333333-3333-4333-8333-333333333333/words")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.text == absent.text
    assert "canary" not in foreign.text


async def test_T9_words_that_were_taken_out_are_in_no_version(desk: Desk, card: str) -> None:
    await desk.act(desk.winter.ana, "take_out", id=card, why="named")
    page = await desk.winter.ana.get(f"{desk.path}/cards/{card}/words")

    assert "bus" not in page.text
    assert "reworded by" not in await desk.outline(desk.winter.bo)


async def test_T9_words_that_were_put_back_name_who_wrote_them_and_what_was_before_is_not_restored(
    desk: Desk, card: str
) -> None:
    await desk.act(desk.winter.cleo, "take_out", id=card, why="hurtful")
    await desk.act(desk.winter.cleo, "put_back", id=card)
    page = await desk.winter.bo.get(f"{desk.path}/cards/{card}/words")

    assert "reworded by <bdi>Cleo, Vale Hospice</bdi>" in await desk.outline(desk.winter.bo)
    assert (
        "These words are no longer here.</bdi><small>Written by <bdi>Ana, Northfield Trust</bdi>" in page.text
    )
    assert "The bus is never late</bdi><small>Reworded by <bdi>Cleo, Vale Hospice</bdi>" in page.text
    assert "Restore these words" not in page.text
