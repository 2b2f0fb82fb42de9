"""Every deed on the items of a board, and each way it is done. test_ways.py holds it against access.py."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.browser.ways import by_clicks, by_forms, by_keys
from tests.browser.ways.scene import Done, Items, Scene, any_of, fields

Way = Callable[[Any, Scene], Awaitable[None]]


@dataclass(frozen=True)
class Absent:
    """A way there is not, and why that shuts nobody out."""

    why: str


@dataclass(frozen=True)
class Deed:
    """`done` tells from the server's items whether it took effect; `gone` is removed beforehand."""

    done: Done
    keys: Way | Absent
    clicks: Way | Absent
    forms: Way | Absent
    gone: str = ""


NO_WIDTHS = Absent("The outline has one column: cards have no width there, and no size says anything.")

ONE_BY_ONE = Absent("The outline changes one thing at a time; it brings back together what went together.")


def _restored(item: str) -> Deed:
    return Deed(
        lambda now, scene: getattr(scene, item) in now,
        by_keys.restore,
        by_clicks.restore,
        by_forms.restore,
        gone=item,
    )


def _changed(item: str, field: str) -> Done:
    return lambda now, scene: "changed" in fields(now, getattr(scene, item)).get(field, "")


def _other(item: str, *names: str) -> Done:
    """Whether any of these fields is not what it was."""

    def other(now: Items, scene: Scene) -> bool:
        id = getattr(scene, item)
        return any(fields(now, id)[name] != fields(scene.before, id)[name] for name in names)

    return other


def _gone(item: str) -> Done:
    return lambda now, scene: getattr(scene, item) not in now


DEEDS: dict[str, Deed] = {
    "add_card": Deed(
        lambda now, scene: any_of(now, "card", text="New words"),
        by_keys.add_card,
        by_clicks.add_card,
        by_forms.add_card,
    ),
    "edit_card": Deed(_changed("first", "text"), by_keys.edit_card, by_clicks.edit_card, by_forms.edit_card),
    "move_card": Deed(
        lambda now, scene: fields(now, scene.first)["section"] == scene.goes_on,
        by_keys.move_card,
        by_clicks.move_card,
        by_forms.move_card,
    ),
    "resize_card": Deed(_other("first", "w"), by_keys.resize_card, by_clicks.resize_card, NO_WIDTHS),
    "publish_card": Deed(
        lambda now, scene: not fields(now, scene.draft).get("draft"),
        by_keys.publish_card,
        by_clicks.publish_card,
        by_forms.publish_card,
    ),
    "remove_card": Deed(
        lambda now, scene: scene.first not in now or scene.third not in now,
        by_keys.remove_card,
        by_clicks.remove_card,
        by_forms.remove_card,
    ),
    "restore_card": _restored("third"),
    "duplicate_card": Deed(
        lambda now, scene: sum(one["fields"].get("text") == "The first" for one in now.values()) == 2,
        by_keys.duplicate_card,
        by_clicks.duplicate_card,
        by_forms.duplicate_card,
    ),
    "batch": Deed(
        lambda now, scene: scene.first not in now and scene.second not in now,
        by_keys.batch,
        by_clicks.batch,
        ONE_BY_ONE,
    ),
    "add_section": Deed(
        lambda now, scene: any("Ways home" in one["fields"].get("title", "") for one in now.values()),
        by_keys.add_section,
        by_clicks.add_section,
        by_forms.add_section,
    ),
    "edit_section": Deed(
        _changed("begins", "title"), by_keys.edit_section, by_clicks.edit_section, by_forms.edit_section
    ),
    "move_section": Deed(
        _other("begins", "x", "order"), by_keys.move_section, by_clicks.move_section, by_forms.move_section
    ),
    "remove_section": Deed(
        lambda now, scene: scene.begins not in now and scene.first in now,
        by_keys.remove_section,
        by_clicks.remove_section,
        by_forms.remove_section,
    ),
    "lock_section": Deed(
        lambda now, scene: fields(now, scene.begins).get("locked") is True,
        by_keys.lock_section,
        by_clicks.lock_section,
        by_forms.lock_section,
    ),
    "restore_section": _restored("goes_on"),
    "add_link": Deed(
        lambda now, scene: any_of(now, "link", start=scene.third, end=scene.second),
        by_keys.add_link,
        by_clicks.add_link,
        by_forms.add_link,
    ),
    "edit_link": Deed(
        lambda now, scene: fields(now, scene.link)["means"] == "tests",
        by_keys.edit_link,
        by_clicks.edit_link,
        by_forms.edit_link,
    ),
    "remove_link": Deed(_gone("link"), by_keys.remove_link, by_clicks.remove_link, by_forms.remove_link),
    "restore_link": _restored("link"),
    "add_comment": Deed(
        lambda now, scene: any_of(now, "comment", text="A remark", card=scene.first),
        by_keys.add_comment,
        by_clicks.add_comment,
        by_forms.add_comment,
    ),
    "edit_comment": Deed(
        _changed("comment", "text"), by_keys.edit_comment, by_clicks.edit_comment, by_forms.edit_comment
    ),
    "remove_comment": Deed(
        _gone("comment"), by_keys.remove_comment, by_clicks.remove_comment, by_forms.remove_comment
    ),
    "restore_comment": _restored("comment"),
    "undo": Deed(
        lambda now, scene: not any_of(now, "card", text="New words"),
        by_keys.undo,
        by_clicks.undo,
        by_forms.undo,
    ),
}
