"""The boards of a space, made, named, copied and put away, and whole boards as files: by HTTP."""

import json
import re
from typing import Any

from app.access import Role
from app.boards.library.templates import layouts
from app.db import new_id
from tests.boards.conftest import Desk
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person


async def bring_in(who: Person, winter: Winter, data: bytes, name: str = "board.json") -> Any:
    token = {"_csrf_token": who.http.cookies["tl_csrf"]}
    return await who.http.post(f"{winter.path}/boards/import", data=token, files={"file": (name, data)})


async def exported(who: Person, path: str) -> dict[str, Any]:
    answer = await who.get(f"{path}/export.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def texts(file: dict[str, Any]) -> list[str]:
    return [item["fields"].get("text") or item["fields"].get("title") for item in file["items"]]


async def test_each_template_makes_a_board_with_its_sections(home: House, winter: Winter) -> None:
    for name, layout in layouts().items():
        made = await winter.ana.post(f"{winter.path}/boards", title=layout.title, template=name)
        page = (await winter.ana.get(f"{made.headers['location']}/outline")).text

        assert made.status_code == 303
        for area in layout.sections:
            assert f">{area['title']}</h2>" in page


async def test_the_same_form_sent_twice_makes_one_board(home: House, winter: Winter) -> None:
    fields = {"title": "Once", "template": "2_dilemma_map", "id": new_id()}

    first = await winter.ana.post(f"{winter.path}/boards", **fields)
    second = await winter.ana.post(f"{winter.path}/boards", **fields)

    assert first.headers["location"] == second.headers["location"]
    assert await home.count("board") == 1


async def test_a_board_without_a_title_or_with_an_unknown_beginning_is_not_made(
    home: House, winter: Winter
) -> None:
    for fields in ({"title": " "}, {"title": "x" * 201}, {"title": "Fine", "template": "../../etc"}):
        refused = await winter.ana.post(f"{winter.path}/boards", **fields)

        assert refused.status_code == 422
        assert 'id="f-title-error"' in refused.text
    assert await home.count("board") == 0


async def test_the_shelf_shows_who_wrote_and_draws_the_board(desk: Desk) -> None:
    await desk.section(desk.winter.ana)
    await desk.card(desk.winter.cleo, kind="ask")

    page = (await desk.winter.bo.get(f"{desk.winter.path}/boards")).text

    assert "Leaving well" in page
    assert "2 people, changed just now" in page
    assert re.search(r'<rect class="kind-ask"', page)


async def test_a_draft_is_not_in_the_drawing(desk: Desk) -> None:
    await desk.card(desk.winter.ana, kind="ask", draft="yes")

    page = (await desk.winter.ana.get(f"{desk.winter.path}/boards")).text

    assert 'class="kind-ask"' not in page
    assert "Nobody has written yet" in page


async def test_renaming_keeps_everything_but_the_name(desk: Desk) -> None:
    await desk.card(desk.winter.ana, "Stays")

    await desk.winter.cleo.post(f"{desk.path}/rename", title="Leaving <well>, together")
    page = await desk.outline(desk.winter.ana)

    assert "Leaving &lt;well&gt;, together" in page
    assert "Stays" in page


async def test_an_archived_board_leaves_the_list_and_comes_back(desk: Desk) -> None:
    ana, shelf = desk.winter.ana, f"{desk.winter.path}/boards"
    await ana.post(f"{desk.path}/archive")
    archived = (await ana.get(shelf)).text
    locked = await ana.post(f"{desk.path}/rename", title="Not now")
    await ana.post(f"{desk.path}/restore")
    restored = (await ana.get(shelf)).text

    assert archived.index("Archived</h2>") < archived.index("Leaving well")
    assert locked.status_code == 409
    assert "Archived</h2>" not in restored
    await desk.card(ana, "Written again")


async def test_a_copy_has_what_its_maker_sees_under_new_ids_marked_as_brought(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    section = await desk.section(ana, "Causes")
    card = await desk.card(cleo, "Shared", section=section)
    await desk.add(ana, "add_comment", card=card, text="A remark")
    await desk.card(ana, "Only Ana's", draft="yes")

    made = await cleo.post(f"{desk.path}/duplicate")
    copy = await exported(cleo, made.headers["location"])
    first = await exported(cleo, desk.path)

    assert texts(copy) == texts(first) == ["Causes", "Shared", "A remark"]
    assert not {i["id"] for i in copy["items"]} & {i["id"] for i in first["items"]}
    assert all(i["fields"]["imported"] and i["fields"]["by"] == cleo.id for i in copy["items"])
    assert "imported by Cleo" in (await ana.get(f"{made.headers['location']}/outline")).text


async def test_a_file_goes_out_and_in_without_loss(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Causes")
    one = await desk.card(ana, "One\nand more <b>", section=section, x="12.5", y="30")
    two = await desk.card(desk.winter.cleo, "Two", kind="dilemma")
    await desk.add(ana, "add_link", start=one, end=two, means="challenges")
    first = await exported(ana, desk.path)

    made = await bring_in(ana, desk.winter, json.dumps(first).encode())
    again = await exported(ana, made.headers["location"])

    assert made.status_code == 303
    assert again["title"] == first["title"]
    assert texts(again) == texts(first)
    places = [(i["fields"].get("x"), i["fields"].get("y"), i["fields"].get("w")) for i in first["items"]]
    assert [
        (i["fields"].get("x"), i["fields"].get("y"), i["fields"].get("w")) for i in again["items"]
    ] == places


async def test_the_same_form_with_the_same_file_makes_one_board_and_with_another_file_another(
    desk: Desk,
) -> None:
    ana, shelf = desk.winter.ana, f"{desk.winter.path}/boards"
    file = await exported(ana, desk.path)
    page = (await ana.get(shelf)).text.split("/boards/import")[1]
    form = dict(re.findall(r'name="(_csrf_token|id)" value="([^"]+)"', page))

    made = []
    for title in ("One", "One", "Two"):
        data = json.dumps({**file, "title": title}).encode()
        made.append(await ana.http.post(f"{shelf}/import", data=form, files={"file": ("a.json", data)}))
    first, again, other = (one.headers["location"] for one in made)

    assert first == again != other
    assert await desk.home.count("board") == 3


async def test_a_bad_file_gets_a_sentence_and_changes_nothing(desk: Desk) -> None:
    ana, home = desk.winter.ana, desk.home
    good = await exported(ana, desk.path)
    card = {"id": "c", "item": "card", "fields": {"kind": "spell", "text": "x", "x": 0, "y": 0}}
    before = [await home.count(table) for table in ("board", "item", "deed")]

    for data in (b"", b"PK\x03\x04", json.dumps({**good, "items": [card]}).encode(), b"[" * 200_000):
        refused = await bring_in(ana, desk.winter, data)

        assert refused.status_code == 422
        assert 'id="f-file-error"' in refused.text
    assert [await home.count(table) for table in ("board", "item", "deed")] == before


async def test_no_file_at_all_is_said(desk: Desk) -> None:
    refused = await bring_in(desk.winter.ana, desk.winter, b"", name="")

    assert refused.status_code in (400, 422)


async def test_an_export_holds_what_its_maker_sees_and_no_more(desk: Desk) -> None:
    await desk.card(desk.winter.ana, "Only Ana's", draft="yes")
    removed = await desk.card(desk.winter.ana, "Taken away")
    await desk.act(desk.winter.ana, "remove_card", id=removed)

    assert texts(await exported(desk.winter.ana, desk.path)) == ["Only Ana's"]
    assert texts(await exported(desk.winter.cleo, desk.path)) == []


async def test_observers_look_and_neither_make_nor_take_boards(desk: Desk) -> None:
    olga = await desk.home.person("Olga")
    await desk.home.seat(desk.winter.id, olga, desk.winter.hospice, Role.OBSERVER)
    shelf = f"{desk.winter.path}/boards"
    await olga.get(shelf)

    page = (await olga.get(shelf)).text
    denied = [
        await olga.post(shelf, title="Mine"),
        await olga.post(f"{shelf}/import"),
        await olga.post(f"{desk.path}/rename", title="Mine"),
        await olga.post(f"{desk.path}/duplicate"),
        await olga.post(f"{desk.path}/archive"),
        await olga.get(f"{desk.path}/export.json"),
    ]

    assert "Leaving well" in page
    assert "Create board" not in page
    assert "export.json" not in page
    assert [answer.status_code for answer in denied] == [403] * 6
    assert await desk.home.count("board") == 1


async def test_a_board_cannot_be_reached_through_another_space(desk: Desk) -> None:
    mallory = await desk.home.person("Mallory")
    other = await desk.home.space(mallory)

    taken = await mallory.post(f"/spaces/{other}/boards", title="Mine now", id=desk.id)
    copied = await mallory.post(f"{desk.path}/duplicate")

    assert (taken.status_code, copied.status_code) == (404, 404)


async def test_whatever_changes_a_board_as_a_whole_raises_the_epoch_of_its_space(desk: Desk) -> None:
    async def epoch() -> int:
        return int(await desk.home.value(f"SELECT epoch FROM space WHERE id = '{desk.winter.id}'"))

    for path, fields in (("rename", {"title": "New"}), ("archive", {}), ("restore", {})):
        before = await epoch()
        await desk.winter.ana.post(f"{desk.path}/{path}", **fields)

        assert await epoch() > before


async def test_the_canvas_says_invite_to_those_who_may_show_the_code(desk: Desk) -> None:
    olga = await desk.home.person("Olga")
    await desk.home.seat(desk.winter.id, olga, desk.winter.hospice, Role.OBSERVER)
    pages = [
        (await who.get(f"{desk.path}?view=canvas")).text for who in (desk.winter.ana, desk.winter.bo, olga)
    ]

    assert [">Invite<" in page for page in pages] == [True, True, False]


async def test_a_board_has_an_id_that_every_database_and_address_takes(home: House, winter: Winter) -> None:
    for odd in ("x" * 300, "../sign-out", "a\nspace:b", "not a uuid"):
        refused = await winter.bo.post(f"{winter.path}/boards", title="Mine", template="blank", id=odd)
        assert refused.status_code == 422

    assert await home.count("board") == 0


async def test_a_title_in_a_file_holds_no_sign_that_a_database_stumbles_over_and_that_is_said(
    desk: Desk,
) -> None:
    file = json.dumps({"format": "throughline-board", "version": 1, "title": "Win\0ter", "items": []})

    made = await bring_in(desk.winter.ana, desk.winter, file.encode())
    shown = await desk.winter.ana.get(made.headers["location"])

    assert made.status_code == 303
    assert "The board is imported. Characters that cannot be stored were left out." in shown.text
    assert await desk.home.value("SELECT count(*) FROM board WHERE title = 'Winter'") == 1
