"""What an entry of the log says, in words; names are drawn by the id as they are now. Pure."""

from collections.abc import Callable, Collection
from datetime import date

from app.access import Role
from app.phrases import day, plural, with_article
from app.spaces.log_entry import WORDS, Act, Entry, Topic, Values

Named = Callable[[str], str]  # "person:..." or "goal:..." to a name

TOPIC_WORDS = {
    Topic.SPACE: "The space and its words",
    Topic.PEOPLE: "People and guests",
    Topic.ORGANISATIONS: "Organisations",
    Topic.WAYS_IN: "Codes and invitations",
    Topic.OUTCOMES: "Goals and reports",
    Topic.TOGETHER: "What several decide together",
}
FIELD_WORDS = {"name": "name", "purpose": "purpose", "scope": "scope", "agreement": "working agreement"}
# Where {about} is what the entry is about, by its present name.
PLAIN = {
    Act.CREATED: "made the space",
    Act.ARCHIVED: "archived the space",
    Act.RESTORED: "restored the space",
    Act.ADMITTED: "let {about} in",
    Act.DECLINED: "did not let {about} in",
    Act.CONFIRMED: "confirmed where {about} comes from",
    Act.UNCONFIRMED: "took back where {about} comes from",
    Act.LEFT: "left the space",
    Act.RESET: "made a link for a new password of {about}",
    Act.PROPOSED: "proposed {about} as an owner",
    Act.PROPOSAL_WITHDRAWN: "withdrew the proposal of {about}",
    Act.LINK_WITHDRAWN: "withdrew a link to {about}",
    Act.GOAL_ARCHIVED: "archived the goal {about}",
    Act.GOAL_RESTORED: "restored the goal {about}",
    Act.TURNED_OUT: "turned {about} out, with all others",
    Act.ORGANISATION_LEFT: "left the space with all its people",
}


def say(entry: Entry, named: Named) -> str:
    """The sentence after the name of who did it: 'removed Dee, Guest, says: Vale Hospice'."""
    about = named(entry.about)
    plain = PLAIN.get(Act(entry.act)) if entry.act in set(Act) else "did what this version cannot tell"
    if plain is not None:
        return plain.format(about=about)
    return SAYINGS[Act(entry.act)](entry.before, entry.after, about, named)


def words_changed(entry: Entry) -> list[tuple[str, str, str]]:
    """The words of a space that an entry changed: which, before, after."""
    if not entry.has_words:
        return []
    return [
        (FIELD_WORDS[name].capitalize(), str(entry.before.get(name) or ""), str(entry.after[name]))
        for name in WORDS
        if name in entry.after
    ]


def _words(before: Values, after: Values, _about: str, _named: Named) -> str:
    return f"changed the {joined([FIELD_WORDS[name] for name in WORDS if name in after])}"


def _code(verb: str) -> Callable[[Values, Values, str, Named], str]:
    def sentence(before: Values, after: Values, _about: str, _named: Named) -> str:
        terms = after or before
        most = f", for {plural(terms['most'], 'person', 'people')}" if terms["most"] else ""
        waiting = ", with a waiting room" if terms["waiting_room"] else ""
        return f"{verb} a join code, good until {_day(terms['until'])}{most}{waiting}"

    return sentence


def _role(before: Values, after: Values, about: str, _named: Named) -> str:
    return f"made {about} {with_article(after['role'])}, before {with_article(before['role'])}"


def _removed(before: Values, _after: Values, about: str, _named: Named) -> str:
    return f"removed {about}" if before["role"] == Role.GUEST else f"removed the {before['role']} {about}"


def _invited(_before: Values, after: Values, about: str, _named: Named) -> str:
    return f"invited {with_article(after['role'])} for {about}"


def _uninvited(before: Values, _after: Values, about: str, _named: Named) -> str:
    return f"withdrew the invitation of {with_article(before['role'])} for {about}"


def _joined(_before: Values, after: Values, _about: str, _named: Named) -> str:
    if after.get("as") == "organisation":
        return "accepted for the organisation: it owns the space with the others now"
    return f"joined as {with_article(after['role'])}, by an invitation"


def _set_up(_before: Values, after: Values, about: str, _named: Named) -> str:
    who = "members and stewards" if after["members"] else "stewards alone"
    return f"let {who} set up the board {about}"


def _read_as(_before: Values, after: Values, _about: str, _named: Named) -> str:
    return f"chose that charts are read as {after['profile']}"


def _owners(before: Values, after: Values, about: str, named: Named) -> str:
    owners = joined([named(f"organisation:{one}") for one in after["organisations"]])
    if not before:
        return f"made the goal {about}, of {owners}"
    was = joined([named(f"organisation:{one}") for one in before["organisations"]])
    return f"changed who owns the goal {about}: {owners}, before {was}"


def _owner(words: str) -> Callable[[Values, Values, str, Named], str]:
    def sentence(before: Values, after: Values, about: str, named: Named) -> str:
        organisation = (after or before)["organisation"]
        return words.format(about=about, organisation=named(f"organisation:{organisation}"))

    return sentence


def _tender(_before: Values, after: Values, about: str, named: Named) -> str:
    return f"handed the goal {about} over to {named('person:' + after['person'])}"


def _goal_state(_before: Values, after: Values, about: str, _named: Named) -> str:
    said = {"reached": "has been reached", "let_go": "is stopped", "open": "is open again"}
    return f"said that the goal {about} {said.get(after['state'], 'has changed')}"


def _planned(before: Values, after: Values, about: str, _named: Named) -> str:
    was = f", before {_when_and_to(before)}" if before else ""
    return f"scheduled {_report_on(after, about)} {_when_and_to(after)}{was}"


def _plan_ended(before: Values, _after: Values, about: str, _named: Named) -> str:
    return f"ended the mails with {_report_on(before, about)}, {_when_and_to(before)}"


def _report_on(plan: Values, about: str) -> str:
    return "the report on all goals" if plan["of_all"] else f"the report on {about}"


def _when_and_to(plan: Values) -> str:
    people = plural(len(plan["to"]), "person", "people")
    return f"each {plan['every']}, on day {plan['day']}, by mail to {people}"


def _issued(_before: Values, after: Values, about: str, _named: Named) -> str:
    return f"issued {about}{', which corrects an earlier one' if after.get('corrects') else ''}"


def _link_made(_before: Values, after: Values, about: str, _named: Named) -> str:
    return f"made a link for readers of {about}, good until {_day(after['until'])}"


def _waits(verb: str) -> Callable[[Values, Values, str, Named], str]:
    def sentence(_before: Values, after: Values, about: str, named: Named) -> str:
        by = f" what {named('organisation:' + after['by'])} proposed:" if after.get("by") else ""
        return f"{verb}{by} {what(after['kind'], about, after.get('fields', ()))}"

    return sentence


def what(kind: str, about: str, fields: Collection[str] = ()) -> str:
    """What is proposed: 'to turn Vale Hospice out'."""
    words = joined([FIELD_WORDS[name] for name in WORDS if name in fields])
    return {
        "words": f"to change the {words or 'words of the space'}",
        "archive": "to archive the space",
        "days": "to change how long proposals wait",
        "let_in": f"to let {about} in as an owner",
        "turn_out": f"to turn {about} out",
        "pause": f"to pause what {about} writes, for 24 hours",
    }.get(kind, "something that this version cannot tell")


def _days(before: Values, after: Values, _about: str, _named: Named) -> str:
    return f"let proposals wait for {plural(after['days'], 'day')}, before {plural(before['days'], 'day')}"


def _paused(_before: Values, after: Values, about: str, _named: Named) -> str:
    return f"paused {PAUSABLE[after['what']].format(about=about)} for 24 hours"


def _lifted(_before: Values, after: Values, about: str, _named: Named) -> str:
    return f"lifted the pause of {PAUSABLE[after['what']].format(about=about)}"


def _put_back(verb: str) -> Callable[[Values, Values, str, Named], str]:
    def sentence(_before: Values, after: Values, about: str, named: Named) -> str:
        board = named(f"board:{after['board']}")
        return f"{verb} {about} did on the board {board} {after['when']}"

    return sentence


PAUSABLE = {"code": "a join code", "guest": "{about}", "organisation": "what {about} writes"}
SAYINGS: dict[Act, Callable[[Values, Values, str, Named], str]] = {
    Act.WORDS: _words,
    Act.CODE_MADE: _code("made"),
    Act.CODE_RENEWED: _code("renewed"),
    Act.CODE_WITHDRAWN: _code("withdrew"),
    Act.ROLE: _role,
    Act.REMOVED: _removed,
    Act.INVITED: _invited,
    Act.INVITATION_WITHDRAWN: _uninvited,
    Act.JOINED: _joined,
    Act.SET_UP: _set_up,
    Act.READ_AS: _read_as,
    Act.OWNERS: _owners,
    Act.OWNER_PROPOSED: _owner("proposed that {organisation} owns the goal {about}"),
    Act.OWNER_WITHDRAWN: _owner("withdrew the proposal that {organisation} owns the goal {about}"),
    Act.OWNER_ACCEPTED: _owner("said yes for {organisation}: it owns the goal {about} now"),
    Act.OWNER_DECLINED: _owner("said no for {organisation} to owning the goal {about}"),
    Act.OWNER_GAVE_UP: _owner("gave up the goal {about} for {organisation}, which does not own it any more"),
    Act.TENDER: _tender,
    Act.GOAL_STATE: _goal_state,
    Act.PLANNED: _planned,
    Act.PLAN_ENDED: _plan_ended,
    Act.ISSUED: _issued,
    Act.LINK_MADE: _link_made,
    Act.WAITS: _waits("proposed"),
    Act.SECONDED: _waits("seconded"),
    Act.OPPOSED: _waits("said no to"),
    Act.WITHDRAWN: _waits("withdrew its proposal"),
    Act.LAPSED: _waits("nobody seconded"),
    Act.DAYS: _days,
    Act.PAUSED: _paused,
    Act.LIFTED: _lifted,
    Act.PUT_BACK: _put_back("put back what"),
    Act.PUT_BACK_UNDONE: _put_back("undid what was put back of what"),
}


def joined(words: list[str]) -> str:
    """'Northfield Trust, Vale Hospice and Borough Council'."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
