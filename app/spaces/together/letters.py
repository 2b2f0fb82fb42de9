"""Mails to stewards of the organisations that are asked: what is proposed, by whom, and until when."""

from datetime import datetime

from app.access import Role
from app.config import Config
from app.db import Tx
from app.people import actions as people
from app.people.mail import outbox
from app.phrases import full
from app.spaces import member_store
from app.spaces.log.sentences import what
from app.spaces.space import Membership, Seat
from app.spaces.store import organisation_names
from app.spaces.together import core
from app.spaces.together.core import Ground
from app.spaces.together.store import Proposal


async def tell_others(
    tx: Tx, config: Config, seat: Seat, ground: Ground, proposal: Proposal, at: datetime
) -> None:
    """One mail to each steward whose organisation is asked; where mail is sent, to proved addresses alone."""
    asked = core.others(ground, proposal.act, at)
    members = await member_store.of_space(tx, seat.space.id, [Membership.ACTIVE])
    stewards = [one.person_id for one in members if one.role is Role.STEWARD and one.organisation in asked]
    addresses = await people.emails(tx, stewards, proved=bool(config.smtp_url))
    names = await organisation_names(tx, seat.space.id)
    for address in addresses.values():
        if address:
            await outbox.post(tx, address, *_text(config, seat, proposal, names), at)


def _text(config: Config, seat: Seat, proposal: Proposal, names: dict[str, str]) -> tuple[str, str]:
    act = proposal.act
    wish = what(act.kind, names.get(act.about, ""), proposal.fields.get("after", {}))
    return f"{seat.organisation_name} proposes {wish}", (
        f"{seat.name} of {seat.organisation_name} proposes {wish}, in the space {seat.space.name}.\n\n"
        f"No organisation can do this alone: it waits until {full(act.until)} for another that says yes. "
        f"Nothing changes until then. Read it, and answer for your organisation:\n"
        f"{config.base_url}/spaces/{seat.space.id}/waiting\n"
    )
