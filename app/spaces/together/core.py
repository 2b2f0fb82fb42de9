"""Who has a voice, and what becomes of an act that waits: a state machine that is given the time. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, structs

from app.access_rule import Code, Refused

NEW_FOR = timedelta(days=30)  # without a voice, unless there are not two others
SILENT_FOR, NOTICES = timedelta(days=30), 3  # of silence and notices: then it counts as abstaining
ONE_NOTICE = timedelta(days=1)  # however much is proposed within it, it is one notice
LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 1, 7, 30
PAUSE_AGAIN = timedelta(days=30)  # after the last pause of what an organisation writes
MOST_WAITING = 10  # proposed by one organisation at one time

TWO_ALONE = "With two organisations, neither can do this to the other. One can only leave."
NOT_ITSELF = "An organisation does this with others, and not to itself."
TOO_MANY = "So much of yours waits already. Withdraw something first, or wait for an answer."
WAITS_ALREADY = "This waits for a second organisation already."
OVER = "This does not wait any more."
PAUSED_LATELY = "What this organisation writes was paused in the last 30 days. Talk with it first."
NO_VOICE = "Your organisation is new here and has no voice in this yet: it gets one after 30 days."


class Kind(StrEnum):
    WORDS = "words"  # purpose, scope or agreement
    ARCHIVE = "archive"
    DAYS = "days"  # how long such acts wait
    LET_IN = "let_in"  # an organisation
    TURN_OUT = "turn_out"  # an organisation
    PAUSE = "pause"  # what an organisation writes, for a day


AGAINST = frozenset({Kind.TURN_OUT, Kind.PAUSE})  # acts that are done to an organisation
# What silence never does: else somebody whose partners are silent could bring in friends, and with them turn
# the silent ones out.
NEEDS_YES = AGAINST | {Kind.LET_IN}


class Owner(Struct, frozen=True):
    """An organisation that owns the space; `notices`: days on which it was asked since it last spoke."""

    id: str
    joined_at: datetime
    spoke_at: datetime
    notices: int = 0
    paused_until: datetime | None = None  # the last time that what it writes was paused


class Waiting(Struct, frozen=True):
    """An act that waits. `about` is the organisation that it concerns, `yes` and `no` who said so."""

    id: str
    kind: Kind
    by: str
    made_at: datetime
    until: datetime
    about: str = ""
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()


class Outcome(StrEnum):
    WAITS = "waits"
    DONE = "done"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Ground(Struct, frozen=True):
    """The organisations of a space, what waits in it, and for how many days it does."""

    owners: Mapping[str, Owner]
    acts: Mapping[str, Waiting]
    days: int = USUAL_DAYS


def voices(ground: Ground, at: datetime) -> frozenset[str]:
    """Who has a voice: all but the new ones; while there are not two such, the two who came first."""
    by_age = sorted(ground.owners.values(), key=lambda one: (one.joined_at, one.id))
    settled = [one.id for one in by_age if one.joined_at + NEW_FOR <= at]
    return frozenset(settled if len(settled) >= 2 else [one.id for one in by_age[:2]])


def notices(asked: Iterable[datetime]) -> int:
    """How often an organisation was asked that was asked at these times: at most once within a day."""
    counted: list[datetime] = []
    for at in sorted(asked):
        if not counted or at >= counted[-1] + ONE_NOTICE:
            counted.append(at)
    return len(counted)


def abstains(owner: Owner, at: datetime) -> bool:
    """Whether it has been silent so long, and was asked so often, that it is not waited for."""
    return owner.spoke_at + SILENT_FOR <= at and owner.notices >= NOTICES


def others(ground: Ground, act: Waiting, at: datetime) -> frozenset[str]:
    """Who is asked: all who have a voice but who proposes it and whom it concerns."""
    return voices(ground, at) - {act.by, act.about}


def propose(ground: Ground, act: Waiting, at: datetime) -> Ground:
    """The act waits from now on, or is done at once: `outcome` tells. Raises Refused."""
    speak(ground, act.by, at)
    mine = [one for one in ground.acts.values() if one.by == act.by]
    if len(mine) >= MOST_WAITING:
        raise Refused(Code.FULL, TOO_MANY)
    single = act.kind in AGAINST | {Kind.ARCHIVE, Kind.DAYS}
    if single and any((one.kind, one.about) == (act.kind, act.about) for one in ground.acts.values()):
        raise Refused(Code.DUPLICATE, WAITS_ALREADY)
    if act.kind in AGAINST:
        if act.about == act.by or act.about not in ground.owners:
            raise Refused(Code.INVALID, NOT_ITSELF)
        if not others(ground, act, at):
            raise Refused(Code.NOT_ALLOWED, TWO_ALONE)
        paused = ground.owners[act.about].paused_until
        if act.kind is Kind.PAUSE and paused and at < paused + PAUSE_AGAIN:
            raise Refused(Code.NOT_ALLOWED, PAUSED_LATELY)
    until = at + timedelta(days=ground.days)
    placed = structs.replace(act, made_at=at, until=until, yes=frozenset({act.by}), no=frozenset())
    return structs.replace(ground, acts={**ground.acts, act.id: placed})


def answer(ground: Ground, act_id: str, organisation: str, at: datetime, *, yes: bool) -> Ground:
    """An organisation that is asked says yes or no; the last word of each counts. Raises Refused."""
    act = ground.acts.get(act_id)
    if act is None or outcome(ground, act, at) is not Outcome.WAITS:
        raise Refused(Code.CONFLICT, OVER)
    speak(ground, organisation, at)
    if organisation not in others(ground, act, at):
        raise Refused(Code.NOT_ALLOWED, "This waits for another organisation than yours.")
    said = frozenset({organisation})
    placed = structs.replace(
        act, yes=act.yes | said if yes else act.yes - said, no=act.no - said if yes else act.no | said
    )
    return structs.replace(ground, acts={**ground.acts, act_id: placed})


def withdraw(ground: Ground, act_id: str, organisation: str, at: datetime) -> Ground:
    """Who proposed it takes it back, as long as it waits. Raises Refused."""
    act = ground.acts.get(act_id)
    if act is None or outcome(ground, act, at) is not Outcome.WAITS:
        raise Refused(Code.CONFLICT, OVER)
    if act.by != organisation:
        raise Refused(Code.NOT_ALLOWED, "Only the organisation that proposed this can withdraw it.")
    return without(ground, act_id)


def without(ground: Ground, act_id: str) -> Ground:
    return structs.replace(ground, acts={id: one for id, one in ground.acts.items() if id != act_id})


def speak(ground: Ground, organisation: str, at: datetime) -> None:
    """Raise Refused unless this organisation has a voice."""
    if organisation not in voices(ground, at):
        raise Refused(Code.NOT_ALLOWED, NO_VOICE)


def outcome(ground: Ground, act: Waiting, at: datetime) -> Outcome:
    """What has become of an act by now. What was done is taken from the ground by who carries it out."""
    if act.by not in voices(ground, at):
        return Outcome.LAPSED
    if act.kind in AGAINST and act.about not in ground.owners:
        return Outcome.LAPSED
    asked = others(ground, act, at)
    if not asked:
        return Outcome.LAPSED if act.kind in AGAINST else Outcome.DONE
    yes, over = act.yes & asked, at >= act.until
    if act.kind is Kind.TURN_OUT:
        if act.no & asked:
            return Outcome.LAPSED
        agreed = asked <= yes
    else:
        silent = over and all(abstains(ground.owners[id], at) for id in asked)
        agreed = bool(yes) or (silent and act.kind not in NEEDS_YES)
    if agreed:
        return Outcome.DONE
    return Outcome.LAPSED if over else Outcome.WAITS


def carried_out(ground: Ground, act: Waiting, days: int = USUAL_DAYS) -> Ground:
    """The ground after an act was done; what it does beside that is the shell's."""
    ground = without(ground, act.id)
    if act.kind is Kind.TURN_OUT:
        owners = {id: one for id, one in ground.owners.items() if id != act.about}
        return structs.replace(ground, owners=owners)
    return structs.replace(ground, days=days) if act.kind is Kind.DAYS else ground
