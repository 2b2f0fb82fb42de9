"""Chooses what somebody might do next, from what they see; now and then from what they must not see."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from msgspec import UNSET, Struct

from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.sight import View

T = TypeVar("T")
Below = Callable[[int], int]  # a number below another: from a seed, or drawn by Hypothesis
KINDS, MEANINGS = list(CARD_KINDS), list(LINK_MEANINGS)
LAYOUTS: tuple[o.Layout, ...] = ("grid", "free")

# How often each is chosen; a verb is the tag of its op.
VERBS: tuple[str, ...] = (
    *("add_card",) * 7,
    *("add_draft",) * 4,
    *("edit_card",) * 7,
    *("move_card",) * 6,
    *("publish_card",) * 4,
    *("remove_card",) * 3,
    *("restore_card",) * 3,
    *("add_section",) * 2,
    *("edit_section", "move_section", "remove_section", "restore_section", "resize_card"),
    *("add_link",) * 2,
    *("edit_link", "remove_link", "restore_link"),
    *("add_comment",) * 3,
    *("edit_comment", "remove_comment", "restore_comment"),
)
# Verbs that came later: the simulator, whose runs are known by their numbers, goes on without them.
MORE_VERBS = (*VERBS, *("duplicate_card",) * 2, "lock_section")


class Known(Struct):
    """What somebody knows of a board: items by kind, and ids they may only have guessed."""

    cards: dict[str, dict[str, Any]]
    sections: dict[str, dict[str, Any]]
    links: list[str]
    comments: dict[str, dict[str, Any]]
    gone: dict[str, str]  # removed ones, and ones they must not know of: what each is

    @classmethod
    def of(cls, views: Iterable[View], gone: dict[str, str]) -> "Known":
        known = cls({}, {}, [], {}, gone)
        for view in sorted(views, key=lambda view: view.id):  # the same choice from the same number
            if view.item == "card":
                known.cards[view.id] = view.fields
            elif view.item == "section":
                known.sections[view.id] = view.fields
            elif view.item == "comment":
                known.comments[view.id] = view.fields
            else:
                known.links.append(view.id)
        return known


def unseen(board: Board, views: Iterable[View]) -> dict[str, str]:
    """Everything else there is or was."""
    seen = {view.id for view in views}
    return {id: board.items[id].item for id in sorted(board.items) if id not in seen}


def random_op(  # noqa: C901, PLR0915 - one case a verb
    below: Below, known: Known, new_id: str, word: str, verbs: Sequence[str] = VERBS
) -> o.SingleOp:
    """An op. Whatever is written holds `word`, which nobody else ever writes."""
    verb = verbs[below(len(verbs))]
    hidden = below(12) == 0

    def one(ids: Sequence[str]) -> str:
        pool = list(known.gone) if (hidden or not ids) and known.gone else ids
        return pool[below(len(pool))] if pool else new_id

    def gone(kind: str) -> str:
        pool = [id for id, item in known.gone.items() if item == kind or hidden]
        return pool[below(len(pool))] if pool else new_id

    def home() -> str | None:
        return one(list(known.sections)) if known.sections and below(2) else None

    def changed(fields: dict[str, Any] | None, name: str) -> str:
        return _reworded(below, fields[name] if fields else "", word)

    cards, comments = list(known.cards), list(known.comments)
    match verb:
        case "add_card" | "add_draft":
            placed: dict[str, Any] = {"x": float(below(900)), "y": 40.0} if below(3) == 0 else {}
            draft = verb == "add_draft"
            text = f"{'secret ' if draft else ''}{word} one two three"
            return o.AddCard(new_id, KINDS[below(8)], text, home(), draft=draft, **placed)
        case "edit_card":
            id = one(cards)
            if below(5) == 0:
                return o.EditCard(id, kind=KINDS[below(8)])
            return o.EditCard(id, text=changed(known.cards.get(id), "text"))
        case "move_card":
            return _moved(below, one(cards), home, lambda: one(cards))
        case "resize_card":
            return o.ResizeCard(one(cards), w=float(100 + below(600)))
        case "publish_card":
            own = [id for id, fields in known.cards.items() if fields.get("draft")]
            return o.PublishCard(one(own or cards))
        case "remove_card":
            return o.RemoveCard(one(cards))
        case "restore_card":
            return o.RestoreCard(gone("card"))
        case "duplicate_card":
            return o.DuplicateCard(new_id, one(cards), draft=below(3) == 0)
        case "add_section":
            x = float(below(500)) if below(2) else UNSET
            return o.AddSection(new_id, f"Part {word}", x=x, layout=LAYOUTS[below(2)])
        case "edit_section":
            id = one(list(known.sections))
            if below(2):
                return o.EditSection(id, layout=LAYOUTS[below(2)], axis_left=f"Few {word}")
            return o.EditSection(id, title=changed(known.sections.get(id), "title"), prompt=f"Why {word}")
        case "move_section":
            last = one(list(known.sections)) if below(2) else None
            return o.MoveSection(one(list(known.sections)), x=float(below(500)), after=last)
        case "remove_section":
            return o.RemoveSection(one(list(known.sections)))
        case "restore_section":
            return o.RestoreSection(gone("section"))
        case "lock_section":
            return o.LockSection(one(list(known.sections)), below(2) == 0)
        case "add_link":
            return o.AddLink(new_id, one(cards), one(cards), MEANINGS[below(6)])
        case "edit_link":
            return o.EditLink(one(known.links), MEANINGS[below(6)])
        case "remove_link":
            return o.RemoveLink(one(known.links))
        case "restore_link":
            return o.RestoreLink(gone("link"))
        case "add_comment":
            card = one(cards)
            private = known.cards.get(card, {}).get("draft")
            return o.AddComment(new_id, card, f"{'secret ' if private else ''}{word} remark")
        case "edit_comment":
            id = one(comments)
            return o.EditComment(id, changed(known.comments.get(id), "text"))
        case "remove_comment":
            return o.RemoveComment(one(comments))
        case _:
            return o.RestoreComment(gone("comment"))


def _moved(below: Below, id: str, home: Callable[[], str | None], other: Callable[[], str]) -> o.MoveCard:
    how = below(4)
    if how == 0:
        return o.MoveCard(id, x=float(below(900)), y=float(below(900)))
    if how == 1:
        return o.MoveCard(id, section=home())
    if how == 2:
        return o.MoveCard(id, after=other() if below(3) else None)
    return o.MoveCard(id, section=home(), after=None, x=12.0)


def _reworded(below: Below, text: str, word: str) -> str:
    """The text with one word changed, put in, or taken out."""
    words = text.split(" ")
    at = below(len(words) + 1)
    how = below(4)
    if how == 0 and len(words) > 2:
        del words[at % len(words)]
        return " ".join(words)
    if how == 1 and at < len(words) and words[at] != "secret":
        words[at] = word
    else:
        words.insert(at, word)
    return " ".join(words)
