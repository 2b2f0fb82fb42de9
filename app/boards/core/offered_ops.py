"""Which ops a board offers to somebody, on the canvas and on the outline. Pure."""

from app.access import ACTIONS, Actor, State, Thing, allowed


def offered(actor: Actor, state: State) -> list[str]:
    """Their tags. An offer is no leave: each op is decided again where it is done."""
    thing = Thing(state, actor.person)
    return [tag for tag, rule in ACTIONS.items() if rule.way == "op" and allowed(actor, tag, thing)]
