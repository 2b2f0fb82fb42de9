"""Who owns a goal: each organisation says yes for itself, and no other one takes it out. Pure."""

from collections.abc import Collection, Mapping, Sequence

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.goals.goal import Asked, Goal

MAX_WHY = 300
NOT_HERE = "Only organisations that own this space can own one of its goals."
BY_ANOTHER = "Nobody here owns this goal any more. Ask another organisation to propose it to yours."
NO_REASON = "Say in a sentence why, so that those who asked understand it."
LAST = (
    "No other organisation owns this goal. Propose it to another first, and wait for its yes. "
    "Or its tender archives the goal: it can be restored."
)
HAND_OVER = "Hand the goal over first: the person who looks after it is from your organisation."


def is_nobodys(goal: Goal, here: Collection[str]) -> bool:
    """Whether all organisations that owned the goal have gone; `here` are those that own the space."""
    return not any(one in here for one in goal.organisations)


def ask(goal: Goal, organisation: str, here: Mapping[str, str], own: str | None) -> None:
    """Raise Refused unless people of `own` can ask this organisation.

    `here` are those that own the space, by id. None takes alone what nobody owns: two agree on it.
    """
    if organisation not in here:
        raise Refused(Code.INVALID, NOT_HERE)
    if organisation == own and is_nobodys(goal, here) and len(here) > 1:
        raise Refused(Code.INVALID, BY_ANOTHER)
    if organisation in goal.organisations:
        raise Refused(Code.DUPLICATE, f"{here[organisation]} owns this goal already.")
    if find(goal, organisation):
        raise Refused(Code.DUPLICATE, f"This goal is proposed to {here[organisation]} already.")


def withdraw(goal: Goal, organisation: str, own: str | None, here: Collection[str]) -> None:
    """Raise Refused unless people of `own` may take back that this organisation was asked."""
    asked = find(goal, organisation)
    if asked is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if not may_withdraw(goal, asked, own, here):
        raise Refused(Code.NOT_ALLOWED, "Only people of the organisation that proposed it can withdraw it.")


def may_withdraw(goal: Goal, asked: Asked, own: str | None, here: Collection[str]) -> bool:
    """Those who asked may; once they do not own the goal any more, any owner.

    Of a goal that nobody owns any more those who asked may; once they have gone too, anybody.
    """
    theirs = here if is_nobodys(goal, here) else goal.organisations
    return asked.by_organisation == own or asked.by_organisation not in theirs


def answer(goal: Goal, own: str) -> None:
    """Raise Refused unless this organisation is asked to own the goal."""
    if find(goal, own) is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)


def why_not_give_up(goal: Goal, own: str, here: Collection[str], tender: str | None) -> str | None:
    """Why this organisation cannot stop owning the goal now, or None.

    `here` are those that own the space; `tender` is the organisation of who looks after the goal now.
    """
    if not any(one != own and one in here for one in goal.organisations):
        return LAST
    return HAND_OVER if tender == own else None


def find(goal: Goal, organisation: str | None) -> Asked | None:
    """What an organisation was asked and has not answered yet."""
    return next((one for one in goal.proposed if one.organisation == organisation), None)


def proposed_to(names: Sequence[str]) -> list[str]:
    """What stands behind the owners of a goal in a list."""
    return [f"proposed to {name}" for name in names]
