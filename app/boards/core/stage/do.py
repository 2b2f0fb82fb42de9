"""Which function does each op of the stage."""

from typing import assert_never

from app.boards.core.changeset import Changeset
from app.boards.core.stage import lead, ops, phases, taken_out, themes, votes


def do(work: Changeset, op: ops.StageOp | ops.ThemeOp | ops.TakenOutOp | ops.DestroyWords) -> None:
    """Raises Refused."""
    if isinstance(op, ops.TakenOutOp | ops.DestroyWords):
        _do_taken_out(work, op)
    elif isinstance(op, ops.ThemeOp):
        _do_themes(work, op)
    elif isinstance(op, ops.PhaseOp):
        _do_phases(work, op)
    elif isinstance(op, ops.SetClock):
        lead.set_clock(work, op)
    elif isinstance(op, ops.SetScreen):
        lead.set_screen(work, op)
    else:
        _do_lead(work, op)


def _do_phases(work: Changeset, op: ops.PhaseOp) -> None:
    match op:
        case ops.OpenPhase():
            phases.open_phase(work, op)
        case ops.Reveal():
            phases.reveal(work, op)
        case ops.ReopenPhase():
            phases.reopen_phase(work, op)
        case ops.CloseVote():
            votes.close_vote(work, op)
        case ops.Hold():
            phases.hold(work, op)
        case _:
            assert_never(op)


def _do_lead(work: Changeset, op: ops.TeamOp) -> None:
    match op:
        case ops.OpenStage():
            lead.open_stage(work, op)
        case ops.OfferLead():
            lead.offer_lead(work, op)
        case ops.TakeLead():
            lead.take_lead(work, op)
        case ops.AddFacilitator():
            lead.add_facilitator(work, op)
        case ops.TakePart():
            lead.take_part(work, op)
        case ops.GiveUp():
            lead.give_up(work, op)
        case ops.EndStage():
            lead.end(work, op)
        case ops.ResumeStage():
            lead.resume(work, op)
        case _:
            assert_never(op)


def _do_themes(work: Changeset, op: ops.ThemeOp) -> None:
    match op:
        case ops.AddTheme():
            themes.add_theme(work, op)
        case ops.EditTheme():
            themes.edit_theme(work, op)
        case ops.RemoveTheme():
            themes.remove_theme(work, op)
        case ops.Gather():
            themes.gather(work, op)
        case ops.MergeThemes():
            themes.merge_themes(work, op)
        case ops.Split():
            themes.split(work, op)
        case _:
            assert_never(op)


def _do_taken_out(work: Changeset, op: ops.TakenOutOp | ops.DestroyWords) -> None:
    match op:
        case ops.TakeOut():
            taken_out.take_out(work, op)
        case ops.PutBack():
            taken_out.put_back(work, op)
        case ops.AgreeTakenOut():
            taken_out.agree(work, op)
        case ops.DestroyWords():
            taken_out.destroy(work, op)
        case _:
            assert_never(op)
