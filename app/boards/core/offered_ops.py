"""Which ops a board offers to somebody, on the canvas and on the outline. Pure."""

from app.access import ACTIONS, Actor, State, Thing, allowed


def offered(actor: Actor, state: State) -> list[str]:
    """The tags of the ops. That one is offered grants nothing: each op is decided again when it is done."""
    thing = Thing(state, actor.person)
    return [tag for tag, rule in ACTIONS.items() if rule.way == "op" and allowed(actor, tag, thing)]
