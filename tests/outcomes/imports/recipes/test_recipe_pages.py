"""A mapping is kept for the next file of its kind, and used for several files at once."""

import json
from decimal import Decimal

import pytest

from tests.outcomes.given import HOME
from tests.outcomes.imports.import_forms import (
    CASES,
    bring,
    bring_all,
    choose,
    fields_of,
    form_of,
    measured,
    send,
    tally,
    values_of,
    words,
)
from tests.spaces.conftest import Winter
from tests.spaces.house import House


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a store does is tested with both in the case of the first of these tests."""
    return sqlite_url


FILE = "Trust,When,Seen,All\nA,{month}-23,8,10\nB,{month}-23,9,10\n"
MOVED = "When,All,Seen,Trust\nJun-23,20,10,A\n"


async def kept(home: House, winter: Winter) -> str:
    """Keep a recipe; gives the address of imports."""
    imports = await measured(home, winter, "x", HOME)
    file = await bring(home, winter.bo, imports, FILE.format(month="Apr"))
    chosen = {"place": "Trust", "period": "When", "take": "ratio", "first": "Seen", "second": "All"}
    await choose(home, winter.bo, file, recipe_name="Seen in time", **chosen)
    await send(home, winter.bo, f"{file}/do")
    return imports


async def test_a_recipe_is_offered_to_others_for_a_file_with_the_same_headings_in_any_order(
    home: House, winter: Winter
) -> None:
    imports = await kept(home, winter)
    file = await bring(home, winter.ana, imports, MOVED)
    offered = (await winter.ana.get(file)).text
    recipe = form_of(offered, "/recipe").fields["recipe"]
    await winter.ana.post(f"{file}/recipe", recipe=recipe)
    filled = (await winter.ana.get(file)).text
    fields = fields_of(filled)
    await choose(home, winter.ana, file)
    await send(home, winter.ana, f"{file}/do")

    assert "Seen in time" in offered
    assert "Filled in by the recipe" in filled
    assert [fields[name] for name in ("place", "period", "first", "second", "take", "measure")] == [
        *("D", "A", "C", "B", "ratio", "x")
    ]
    assert await values_of(home, "A") == [
        ("2023-04-01", Decimal(80)),
        ("2023-06-01", Decimal(50)),
    ]


async def test_a_recipe_is_not_offered_for_other_headings(home: House, winter: Winter) -> None:
    imports = await kept(home, winter)
    file = await bring(home, winter.bo, imports, MOVED.replace("All", "Everybody"))

    assert "Recipes that fit this file" not in (await winter.bo.get(file)).text


async def test_a_recipe_goes_to_another_space_as_a_file(home: House, winter: Winter) -> None:
    imports = await kept(home, winter)
    page = (await winter.bo.get(imports)).text
    address = next(
        link for link in page.split('"') if "/imports/recipes/" in link and not link.endswith("remove")
    )
    file = (await winter.bo.get(address)).content
    await send(home, winter.bo, f"{address}/remove")
    removed = await home.count("recipe")
    data = {"_csrf_token": winter.bo.http.cookies["tl_csrf"]}
    await winter.bo.http.post(f"{imports}/recipes", data=data, files={"recipe": ("recipe.json", file)})
    wrong = await winter.bo.http.post(
        f"{imports}/recipes", data=data, files={"recipe": ("x.json", b'{"name":1}')}
    )

    assert json.loads(file)["name"] == "Seen in time"
    assert (removed, await home.count("recipe")) == (0, 1)
    assert wrong.status_code == 422
    assert "This is not a recipe." in words(wrong.text)


async def test_several_files_at_once_are_mapped_by_one_form(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", HOME)
    names = [f"m-Monthly-AE-{month}-2025.csv" for month in ("April", "May")]
    first = await bring_all(home, winter.bo, imports, [(name, (CASES / name).read_bytes()) for name in names])
    page = (await winter.bo.get(first)).text
    answer = await choose(home, winter.bo, first)
    await send(home, winter.bo, f"{first}/do", leave_out="yes")
    second = (await winter.bo.get(first)).headers["location"]
    looked = (await winter.bo.get(second)).text
    await send(home, winter.bo, f"{second}/do", leave_out="yes")

    assert "Do the same with 1 other file: m-Monthly-AE-May-2025.csv" in words(page)
    assert answer.status_code == 303
    assert tally(looked)[0] == 200
    assert [start for start, _ in await values_of(home, "RJ1")] == ["2025-04-01", "2025-05-01"]
