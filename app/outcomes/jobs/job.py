"""A job for a space, and what the process that does it writes about it. Pure."""

from typing import Literal

from msgspec import Struct

Act = Literal["look", "check", "apply", "undo", "read_as"]


class Job(Struct, frozen=True):
    """What to do. `subject`: the id of an uploaded file, for `undo` of an import; for `read_as` a profile."""

    act: Act
    subject: str
    space: str
    login: str
    database_url: str
    synchronous: str

    @property
    def key(self) -> str:
        """What the runner knows it by; two jobs with one key never run at the same time.

        All changes of profile in a space have one key: they would only wait for each other.
        """
        return reading_of(self.space) if self.act == "read_as" else self.subject


class JobStatus(Struct, frozen=True, omit_defaults=True):
    """How far a job is, as one line of JSON.

    At the end `over` is set, with a refusal (`code`, `say`) or with the wake-ups to send (`rings`).
    """

    rows: int = 0
    stage: str = ""
    over: bool = False
    code: str = ""
    say: str = ""
    rings: tuple[tuple[str, int], ...] = ()


def reading_of(space_id: str) -> str:
    """The key of the job that reads all charts of a space again."""
    return f"readings of {space_id}"
