"""What facilitators, and people in a phase, can do to the stage of a board: one struct each."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

# Texts, with the most characters that fit (see `core.ops`).
Prompt = Annotated[str, Meta(extra={"most": 600})]
ThemeTitle = Annotated[str, Meta(extra={"most": 200})]

Write = Literal["off", "private", "shared"]  # whether notes are written, and who reads them before a reveal
Names = Literal["named"]  # who is known to have written a note; hidden and unlinked names come later
Move = Literal["nobody", "facilitators", "everyone"]  # who gathers notes into themes
How = Literal["none", "dots", "choice"]
Why = Literal["named", "patient", "hurtful", "other"]  # words were taken out


class OnItem(Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    """Every op names the one item it is about; whoever creates an item chooses its id (a UUIDv4)."""

    id: str


class Vote(Struct, frozen=True, forbid_unknown_fields=True):
    """How a phase votes: `dots` a person on its things, at most `most` on one; or one of `options`."""

    how: How = "none"
    dots: int = 3
    most: int = 3
    options: tuple[str, ...] = ()


class OpenStage(OnItem, frozen=True, tag="open_stage"):
    """Begin a workshop on this board, with oneself as its facilitator and lead."""

    purpose: Prompt = ""
    authority: Prompt = ""


class OpenPhase(OnItem, frozen=True, tag="open_phase"):
    """Begin the phase `id` and move on from the phase `from`, None where there is none before.

    `about` are the phases whose notes are read, gathered or voted on; `again_of` is voted on anew.
    """

    from_: str | None = field(name="from")
    prompt: Prompt
    sections: tuple[str, ...] = ()
    write: Write = "private"
    names: Names = "named"
    kinds: tuple[str, ...] = ("note",)
    question: bool = False
    kept: bool = True
    move: Move = "nobody"
    vote: Vote = Vote()
    about: tuple[str, ...] = ()
    minutes: float | None = None
    again_of: str | None = None


class Reveal(OnItem, frozen=True, tag="reveal"):
    """Show every note of a phase to everyone, in random order. There is no way back."""


class CloseVote(OnItem, frozen=True, tag="close_vote"):
    """Take no more dots in a phase, and keep the totals alone."""


class ReopenPhase(OnItem, frozen=True, tag="reopen_phase"):
    """Go back to an earlier phase, or write on in the present one; what was revealed stays so."""

    from_: str | None = field(name="from")


class Hold(OnItem, frozen=True, tag="hold"):
    """Say which thing of a phase the room goes on with; None for no thing."""

    thing: str | None


class SetClock(OnItem, frozen=True, tag="set_clock"):
    """Change the time left: to `left` seconds, by `add` seconds, and whether it is `running`."""

    left: float | UnsetType = UNSET
    add: float | UnsetType = UNSET
    running: bool | UnsetType = UNSET


class OfferLead(OnItem, frozen=True, tag="offer_lead"):
    """Offer the lead to another facilitator; None takes the offer back."""

    person: str | None


class TakeLead(OnItem, frozen=True, tag="take_lead"):
    """Lead from now on: any facilitator may, so that a workshop goes on when its lead is away."""


class AddFacilitator(OnItem, frozen=True, tag="add_facilitator"):
    """Let somebody of the space, who has an account, facilitate too."""

    person: str


class TakePart(OnItem, frozen=True, tag="take_part"):
    """As a facilitator, be counted and have dots like everyone else, or not."""

    takes_part: bool


class GiveUp(OnItem, frozen=True, tag="give_up"):
    """Facilitate no longer. The last facilitator cannot."""


class EndStage(OnItem, frozen=True, tag="end"):
    """End the workshop: the board is as without one again."""


class ResumeStage(OnItem, frozen=True, tag="resume"):
    """Go on with the workshop that was ended last."""


class SetScreen(OnItem, frozen=True, tag="set_screen"):
    """Turn the projector to a `page` of the notes, from 0 on; show or hide the join `code` there."""

    page: int | UnsetType = UNSET
    code: bool | UnsetType = UNSET


class AddTheme(OnItem, frozen=True, tag="add_theme"):
    """A new theme, last in the order, with these notes in it."""

    title: ThemeTitle
    section: str | None = None
    cards: tuple[str, ...] = ()


class EditTheme(OnItem, frozen=True, tag="edit_theme"):
    title: ThemeTitle


class RemoveTheme(OnItem, frozen=True, tag="remove_theme"):
    """Its notes are in no theme then."""


class Gather(OnItem, frozen=True, tag="gather"):
    """Put notes into the theme `id`; what is gone meanwhile is left out."""

    cards: tuple[str, ...]


class MergeThemes(OnItem, frozen=True, tag="merge_themes"):
    """Put all notes of the theme `other` into the theme `id`, and remove `other`."""

    other: str


class Split(OnItem, frozen=True, tag="split"):
    """Take notes out of the theme `id`: each is where it was written again."""

    cards: tuple[str, ...]


class TakeOut(OnItem, frozen=True, tag="take_out"):
    """Hide the words of a card from everybody at once."""

    why: Why = "other"


class PutBack(OnItem, frozen=True, tag="put_back"):
    """Show words again that were taken out of somebody's card and are not destroyed yet."""


class AgreeTakenOut(OnItem, frozen=True, tag="agree_taken_out"):
    """Let words that were taken out be destroyed now: as their author, or as another organisation."""


# No client may send it: only a job does, once nobody has put the words back in time.
class DestroyWords(OnItem, frozen=True, tag="destroy_words"):
    pass


PhaseOp = OpenPhase | Reveal | CloseVote | ReopenPhase | Hold
TeamOp = OpenStage | OfferLead | TakeLead | AddFacilitator | TakePart | GiveUp | EndStage | ResumeStage
StageOp = PhaseOp | TeamOp | SetClock | SetScreen
ThemeOp = AddTheme | EditTheme | RemoveTheme | Gather | MergeThemes | Split
TakenOutOp = TakeOut | PutBack | AgreeTakenOut
