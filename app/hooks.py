"""What domains add to the pages and jobs of others that stand below or beside them; main hands it to them."""

from app.boards.library import needs as board_needs
from app.boards.library import store as library_store
from app.boards.library.gallery import board_cards, live_boards
from app.boards.live.status_updater import StatusKind
from app.boards.retention import personal_data
from app.db import Tx
from app.line import steps as line_pages
from app.outcomes import personal_data as my_outcomes
from app.outcomes.cards import status_job as goal_status
from app.outcomes.cards import store as goal_cards
from app.outcomes.goals import needs as owner_needs
from app.outcomes.goals import store as goal_store
from app.outcomes.imports.sharing import needs as sharing_needs
from app.outcomes.pages.goal_list import goal_lines, goal_names
from app.outcomes.reminders import needs as overdue_needs
from app.outcomes.reminders import overdue
from app.people.hooks import PeopleHooks
from app.records import card_store as record_cards
from app.records import needs as record_needs
from app.records import personal_data as my_records
from app.records import status_job as record_status
from app.records.hooks import RecordHooks
from app.records.immunity import personal_data as my_private_pages
from app.reports import personal_data as my_reports
from app.reports import store as report_store
from app.spaces import actions, return_tokens, seats
from app.spaces.hooks import SpaceHooks
from app.spaces.joining import needs as joining_needs
from app.spaces.members import actions as members
from app.spaces.space import Seat
from app.spaces.together import needs as together_needs
from app.workshops.runsheet.home import workshop_lines


async def titles(tx: Tx, seat: Seat) -> dict[str, str]:
    """Titles of boards, goals and reports, for the log of a space."""
    space_id = seat.space.id
    goals = await goal_store.of_space(tx, space_id) + await goal_store.of_space(tx, space_id, archived=True)
    issued = await report_store.of_space(tx, space_id)
    return (
        {f"board:{one.id}": one.title for one in await library_store.of_space(tx, space_id)}
        | {f"goal:{one.id}": one.title for one in goals}
        | {f"report:{one.id}": f"report {one.number}, {one.title}" for one in issued}
    )


async def _touch(tx: Tx, person_id: str) -> list[tuple[str, int]]:
    """Raise the epochs of a person's spaces; gives what to ring for, so that sockets check rights again."""
    return [(seats.topic(space_id), epoch) for space_id, epoch in await actions.touch_person(tx, person_id)]


PEOPLE_HOOKS = PeopleHooks(
    my_spaces=actions.my_spaces,
    touch=_touch,
    end_returns=return_tokens.end_of_person,
    overdue=overdue.of_person,
    my_data=(
        members.my_data,
        personal_data.my_data,
        my_outcomes.my_data,
        my_records.my_data,
        my_private_pages.my_data,
        my_reports.my_data,
    ),
    # Goals are handed on to members of the space, so outcomes come before leaving it.
    on_erase=(
        personal_data.on_erase,
        my_records.on_erase,
        my_private_pages.on_erase,
        my_reports.on_erase,
        my_outcomes.on_erase,
        members.on_erase,
    ),
)
STATUS_KINDS = (
    StatusKind(goal_cards.spaces, goal_status.refresh_space),
    StatusKind(record_cards.spaces, record_status.refresh_space),
)
SPACE_HOOKS = SpaceHooks(
    board_cards=board_cards,
    live_boards=live_boards,
    goal_lines=goal_lines,
    workshops=workshop_lines,
    titles=titles,
    needs=(
        together_needs.needs,
        owner_needs.needs,
        joining_needs.needs,
        record_needs.needs,
        sharing_needs.needs,
        overdue_needs.needs,
        board_needs.needs,
    ),
)
RECORD_HOOKS = RecordHooks(goals=goal_names, line=line_pages.of_record)
