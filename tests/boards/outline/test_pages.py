"""The outline by forms and links, as without JavaScript, and by the fragments that htmx asks for."""

import re

from app.boards.storage import store
from tests.boards.conftest import Desk

HTMX = {"hx-request": "true"}


async def test_a_card_added_by_a_form_is_on_the_page_that_follows(desk: Desk) -> None:
    ana = desk.winter.ana

    answer = await desk.act(ana, "add_card", kind="problem", text="People wait <days>", part="loose")
    page = await desk.outline(ana)

    assert answer.status_code == 303
    assert re.fullmatch(
        rf"{desk.path}/outline\?done=add_card&section=loose&card=([0-9a-f-]+)#card-\1",
        answer.headers["location"],
    )
    assert "People wait &lt;days&gt;" in page
    assert 'class="card kind-problem"' in page


async def test_the_same_form_sent_twice_is_one_card(desk: Desk) -> None:
    fields = {"id": "11111111-1111-4111-8111-111111111111", "kind": "note", "text": "Once"}

    first = await desk.act(desk.winter.ana, "add_card", **fields)
    second = await desk.act(desk.winter.ana, "add_card", **fields)
    page = await desk.outline(desk.winter.ana)

    assert (first.status_code, second.status_code) == (303, 303)
    assert page.count('class="text"') == 1


async def test_C8_a_sign_from_a_pdf_is_left_out_and_the_page_says_so(desk: Desk) -> None:
    fields = {"id": "11111111-1111-4111-8111-111111111111", "kind": "note", "text": "One\r\nt\x02wo"}

    plain = await desk.act(desk.winter.ana, "add_card", **fields)
    again = await desk.act(desk.winter.ana, "add_card", **fields)
    page = (await desk.winter.ana.get(plain.headers["location"])).text
    given = {"do": "edit_card", "id": fields["id"], "text": "th\x1bree", "part": "loose"}
    http = desk.winter.ana.http
    token = {"X-CSRFToken": http.cookies["tl_csrf"]}
    htmx = await http.post(f"{desk.path}/ops", headers={**HTMX, **token}, data=given)

    assert (plain.status_code, again.status_code) == (303, 303)
    assert "One\ntwo" in page
    assert "Characters that cannot be stored were left out." in page
    assert "Characters that cannot be stored were left out." in htmx.headers["hx-trigger"]


async def test_a_refused_form_keeps_its_words_and_says_why(desk: Desk) -> None:
    words = "x" * 4001

    answer = await desk.act(desk.winter.ana, "add_card", kind="ask", text=words, part="loose", slot="add")

    assert answer.status_code == 422
    assert words in answer.text
    assert "at most 4000" in answer.text
    assert 'value="ask" checked>' in answer.text
    assert 'aria-invalid="true"' in answer.text


async def test_words_for_a_card_that_has_gone_are_kept_and_can_become_a_new_one(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    card = await desk.card(ana)
    await desk.act(cleo, "remove_card", id=card)

    answer = await desk.act(ana, "edit_card", id=card, text="My careful words", part="loose", slot=card)

    assert answer.status_code == 422
    assert "no longer here" in answer.text
    assert "My careful words" in answer.text
    assert "Add as a new card" in answer.text


async def test_two_people_who_change_the_same_words_both_keep_them(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    card = await desk.card(ana, "Move people on quickly")
    read = 1
    await desk.act(cleo, "edit_card", id=card, text="Move people on slowly", base=read)

    answer = await desk.act(ana, "edit_card", id=card, text="Move people on gently", base=read)
    page = (await ana.get(answer.headers["location"])).text

    assert "Cleo changed the same words" in page
    assert page.count("Move people on gently") >= 2
    assert "Move people on slowly" in page
    assert "Use theirs" in page
    assert "Keep both" in page


async def test_two_people_who_change_different_words_need_not_choose(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    card = await desk.card(ana, "Nobody owns the journey of a person")
    await desk.act(cleo, "edit_card", id=card, text="Nobody owns the whole journey of a person", base=1)

    answer = await desk.act(ana, "edit_card", id=card, text="Nobody owns the journey of any person", base=1)
    page = (await ana.get(answer.headers["location"])).text

    assert "Nobody owns the whole journey of any person" in page
    assert "both changes are in it" in page


async def test_moving_to_a_section_and_after_a_card_needs_no_drag(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Causes")
    inside = await desk.card(ana, "Inside", section=section)
    card = await desk.card(ana, "Wanders")

    form = await desk.outline(ana, f"?item={card}&show=move&section={section}")
    answer = await desk.act(ana, "move_card", id=card, section=section, place=inside, part="loose", slot=card)
    part = (await ana.get(f"{desk.path}/parts/{section}")).text

    assert f'<option value="{inside}">After: Inside' in form
    assert answer.status_code == 303
    assert part.index("Inside") < part.index("Wanders")


async def test_a_section_becomes_a_map_with_labels_and_is_shown_as_one(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Causes")
    form = await desk.outline(ana, f"?item={section}&show=section")
    labels = {"axis_left": "Seen", "axis_right": "Guessed", "axis_top": "", "axis_bottom": ""}
    words = {"title": "Causes", "prompt": "", "example": ""}
    await desk.act(ana, "edit_section", id=section, layout="free", base=1, **words, **labels)
    refused = await desk.act(ana, "edit_section", id=section, layout="sideways", base=1, **words)

    assert '<option value="grid" selected>In rows' in form
    assert re.search(
        r"From left to right:</span> <bdi>Seen</bdi> – <bdi>Guessed</bdi>", await desk.outline(ana)
    )
    assert "From bottom to top" not in await desk.outline(ana)
    assert '<option value="free" selected>' in await desk.outline(ana, f"?item={section}&show=section")
    assert refused.status_code == 422


async def test_sections_added_by_the_outline_lie_apart(desk: Desk) -> None:
    ana = desk.winter.ana
    added = [await desk.section(ana, f"Part {i}") for i in range(4)]
    async with desk.home.db.read() as tx:
        board = await store.load(tx, desk.id)

    places = [(board.items[id].fields["x"], board.items[id].fields["y"]) for id in added]
    assert places == [(0.0, 0.0), (560.0, 0.0), (1120.0, 0.0), (0.0, 400.0)]


async def test_a_section_added_changed_and_removed_leaves_its_cards(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Causes")
    await desk.card(ana, "Stays", section=section)

    await desk.act(ana, "edit_section", id=section, title="Roots", prompt="Why is that?", example="", base=1)
    changed = await desk.outline(ana)
    await desk.act(ana, "remove_section", id=section)
    removed = await desk.outline(ana)

    assert "Roots</h2>" in changed
    assert "Why is that?" in changed
    assert "Roots</h2>" not in removed
    assert "Stays" in removed


async def test_a_card_is_copied_and_a_section_locked_by_buttons(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Hall")
    card = await desk.card(ana, "Twice")
    copy = re.search(r'name="deed" value="(duplicate_card [^"]*)"', await desk.outline(ana))
    assert copy
    for _ in range(2):  # pressed twice it is copied once
        await ana.post(f"{desk.path}/ops", deed=copy[1])
    form = (await ana.get(f"{desk.path}/outline?item={section}&show=section")).text
    await desk.act(ana, "lock_section", id=section, locked="yes")
    locked = await desk.outline(ana)

    assert card in copy[1]
    assert locked.count('dir="auto">Twice</p>') == 2
    assert "Lock this section" in form
    assert '<span class="badge">Locked</span>' in locked


async def test_undo_and_redo_are_buttons_about_my_own_last_deed(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    await desk.card(ana, "Ana wrote this")
    await desk.card(cleo, "Cleo wrote this")

    offered = re.search(r'name="undo_of" value="(\d+)"', await desk.outline(ana))
    assert offered
    await ana.post(f"{desk.path}/ops", undo_of=offered[1])
    undone = await desk.outline(ana)
    again = re.findall(r'name="undo_of" value="(\d*)"', undone)
    await ana.post(f"{desk.path}/ops", undo_of=again[1])
    redone = await desk.outline(ana)

    assert "Ana wrote this" not in undone
    assert "Cleo wrote this" in undone
    assert again[0] == ""
    assert "Ana wrote this" in redone


async def test_links_and_comments_are_told_in_words(desk: Desk) -> None:
    ana = desk.winter.ana
    one, two = await desk.card(ana, "People wait"), await desk.card(ana, "Quick and chosen")
    await desk.add(ana, "add_link", start=one, end=two, means="leads_to")
    await desk.add(desk.winter.cleo, "add_comment", card=one, text="We see this too")

    page = await desk.outline(ana)

    assert "Leads to:" in page
    assert "Follows from:" in page
    assert "1 comment" in page
    assert "We see this too" in page


async def test_a_draft_is_on_its_authors_page_alone_until_published(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    draft = await desk.card(ana, "Not yet for others", draft="yes")

    mine, theirs = await desk.outline(ana), await desk.outline(cleo)
    stranger = await desk.act(cleo, "publish_card", id=draft)
    await desk.act(ana, "publish_card", id=draft)

    assert "Only you see this" in mine
    assert "Not yet for others" not in theirs
    assert stranger.status_code == 422
    assert "Not yet for others" in await desk.outline(cleo)


async def test_htmx_gets_the_part_touched_with_no_token_in_it(desk: Desk) -> None:
    ana = desk.winter.ana
    await desk.card(ana, "First")

    answer = await ana.http.post(
        f"{desk.path}/ops",
        data={
            "do": "add_card",
            "id": "22222222-2222-4222-8222-222222222222",
            "kind": "note",
            "text": "Second",
            "part": "loose",
            "slot": "add",
        },
        headers={**HTMX, "X-CSRFToken": ana.http.cookies["tl_csrf"]},
    )

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section class="part" id="part-loose"')
    assert "<html" not in answer.text
    assert "_csrf_token" not in answer.text
    assert "Added to Outside the sections, 2 of 2." in answer.headers["hx-trigger"]


async def test_a_fragment_is_the_same_for_everyone_who_sees_the_same(desk: Desk) -> None:
    await desk.card(desk.winter.bo, "For all")

    one = (await desk.winter.ana.get(f"{desk.path}/parts/loose", **HTMX)).text
    two = (await desk.winter.cleo.get(f"{desk.path}/parts/loose", **HTMX)).text

    fresh = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
    assert fresh.sub("id", one) == fresh.sub("id", two)
    assert "_csrf_token" not in one


async def test_an_observer_reads_the_outline_and_finds_no_form_in_it(desk: Desk) -> None:
    from app.access import Role

    olga = await desk.home.person("Olga")
    await desk.home.seat(desk.winter.id, olga, desk.winter.hospice, Role.OBSERVER)
    card = await desk.card(desk.winter.ana, "To be read")

    page = await desk.outline(olga)
    refused = await desk.act(olga, "remove_card", id=card)

    assert "To be read" in page
    assert 'name="do"' not in page
    assert 'form="deed"' not in page
    assert refused.status_code in (403, 422)
    assert "To be read" in await desk.outline(olga)


ABSENT = "33333333-3333-4333-8333-333333333333"


async def test_foreign_and_absent_boards_answer_alike(desk: Desk) -> None:
    mallory = await desk.home.person("Mallory")

    for path in ("outline", "parts", "parts/loose", "removed", "export.json", "rename"):
        foreign = await mallory.get(f"{desk.path}/{path}")
        absent = await mallory.get(f"/boards/{ABSENT}/{path}")

        assert foreign.status_code == absent.status_code == 404
        assert foreign.text.replace(desk.id, ABSENT) == absent.text


async def test_an_archived_board_is_read_and_not_written(desk: Desk) -> None:
    ana = desk.winter.ana
    await desk.card(ana, "Still here")
    await ana.post(f"{desk.path}/archive")

    page = await desk.outline(ana)
    refused = await desk.act(ana, "add_card", kind="note", text="Too late", part="loose", slot="add")

    assert "Still here" in page
    assert "This board is archived" in page
    assert 'name="do"' not in page
    assert refused.status_code == 422
    assert "Too late" in refused.text


async def test_the_words_after_next_lead_nowhere_else(desk: Desk) -> None:
    answer = await desk.act(
        desk.winter.ana, "add_card", kind="note", text="x", next="https://elsewhere.example/"
    )

    assert answer.headers["location"].startswith(desk.path)


async def test_a_removal_is_undone_and_done_again(desk: Desk) -> None:
    ana = desk.winter.ana
    card = await desk.card(ana, "Here and gone")
    await desk.act(ana, "remove_card", id=card)

    seen = []
    for place in (0, 1, 0):
        offered = re.findall(r'name="undo_of" value="(\d*)"', await desk.outline(ana))
        answer = await ana.post(f"{desk.path}/ops", undo_of=offered[place])
        assert answer.status_code == 303
        seen.append("Here and gone" in await desk.outline(ana))

    assert seen == [True, False, True]


async def test_redo_removes_again_what_others_had_remarked_on_before(desk: Desk) -> None:
    ana = desk.winter.ana
    card = await desk.card(desk.winter.cleo, "Here and gone")
    await desk.act(ana, "remove_card", id=card)
    for place in (0, 1):
        offered = re.findall(r'name="undo_of" value="(\d*)"', await desk.outline(ana))
        await ana.post(f"{desk.path}/ops", undo_of=offered[place])

    assert "Here and gone" not in await desk.outline(ana)


async def test_a_forged_field_makes_no_sentence_of_anothers_draft(desk: Desk) -> None:
    ana, bo = desk.winter.ana, desk.winter.bo
    draft, own = await desk.card(ana, "For me alone", draft="yes"), await desk.card(bo)
    form = {"_csrf_token": bo.http.cookies["tl_csrf"], "do": "remove_card", "id": own, "card": draft}

    done = await bo.http.post(f"{desk.path}/ops", data=form, headers={"HX-Request": "true"})

    assert done.status_code == 200
    assert "For me alone" not in done.headers["hx-trigger"]


async def test_numbers_of_other_scripts_are_no_numbers_here(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana)

    clash = await desk.winter.ana.get(f"{desk.path}/outline?item={card}&show=clash&of=²")
    changes = await desk.winter.ana.get(f"{desk.path}/changes?from=²")

    assert clash.status_code == 200
    assert changes.status_code < 500


async def test_words_are_taken_out_and_put_back_by_forms(desk: Desk) -> None:
    ana, bo = desk.winter.ana, desk.winter.bo
    card = await desk.card(bo, "Mrs Long of Hill Street")
    form = await desk.outline(ana, f"?item={card}&show=take_out")
    assert "It named a person" in form
    await desk.act(ana, "take_out", id=card, why="patient")
    page = await desk.outline(ana)
    assert "Taken out by a steward: it was about a patient." in page
    assert "Taken out by <bdi>Ana, Northfield Trust</bdi>, just now" in page
    assert "Mrs Long" not in page
    assert f"put_back {card}" in page
    assert f"put_back {card}" in await desk.outline(bo)
    assert f"agree_taken_out {card}" in await desk.outline(desk.winter.cleo)
    await desk.act(ana, "put_back", id=card)

    assert "Mrs Long of Hill Street" in await desk.outline(desk.winter.cleo)
