"""What can go wrong between a board and its database, by what is to be done about it."""

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

UNAVAILABLE = (DBAPIError, OSError, TimeoutError)  # it does not answer: wait, and try the same again
ANY_FAILURE = (SQLAlchemyError, OSError)
# By name, since each driver has its own: of the values, not of the connection.
ABOUT_VALUES = ("DataError", "IntegrityError", "StatementError", "ProgrammingError")


class GuardFailed(Exception):
    """Somebody else wrote to the board since it was read (rule S6): read again, decide and apply again."""


class EpochChanged(Exception):
    """What people may do in the space has changed since the ops were decided: decide them again."""


Duplicate = IntegrityError  # a row with this key is there already
DatabaseError = DBAPIError


def is_about_values(error: DatabaseError) -> bool:
    """Whether the database answered, and will not take these values however often it is asked."""
    return not error.connection_invalidated and type(error).__name__ in ABOUT_VALUES
