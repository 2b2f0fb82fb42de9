"""Which function does each op of the stage."""

from collections.abc import Callable
from typing import Any

from app.boards.core.changeset import Changeset
from app.boards.core.stage import lead, ops, phases, taken_out, themes, votes

DO: dict[type, Callable[[Changeset, Any], None]] = {
    ops.OpenPhase: phases.open_phase,
    ops.Reveal: phases.reveal,
    ops.ReopenPhase: phases.reopen_phase,
    ops.CloseVote: votes.close_vote,
    ops.Hold: phases.hold,
    ops.OpenStage: lead.open_stage,
    ops.OfferLead: lead.offer_lead,
    ops.TakeLead: lead.take_lead,
    ops.AddFacilitator: lead.add_facilitator,
    ops.TakePart: lead.take_part,
    ops.GiveUp: lead.give_up,
    ops.EndStage: lead.end,
    ops.ResumeStage: lead.resume,
    ops.SetClock: lead.set_clock,
    ops.SetScreen: lead.set_screen,
    ops.AddTheme: themes.add_theme,
    ops.EditTheme: themes.edit_theme,
    ops.RemoveTheme: themes.remove_theme,
    ops.Gather: themes.gather,
    ops.MergeThemes: themes.merge_themes,
    ops.Split: themes.split,
    ops.TakeOut: taken_out.take_out,
    ops.PutBack: taken_out.put_back,
    ops.AgreeTakenOut: taken_out.agree,
    ops.DestroyWords: taken_out.destroy,
}


def do(work: Changeset, op: ops.StageOp | ops.ThemeOp | ops.TakenOutOp | ops.DestroyWords) -> None:
    """Raises Refused."""
    DO[type(op)](work, op)
