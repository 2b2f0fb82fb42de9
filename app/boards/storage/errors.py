"""What can go wrong between a board and its database, by what is to be done about it."""

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

# It does not answer, or not as it should: wait, and try the same again. A full pool of connections too.
UNAVAILABLE = (SQLAlchemyError, OSError, TimeoutError)
ABOUT_VALUES = ("22", "23")  # classes of SQLSTATE: data exceptions, broken constraints


class GuardFailed(Exception):
    """Somebody else wrote to the board since it was read (rule S6): read again, decide and apply again."""


class EpochChanged(Exception):
    """What people may do in the space has changed since the ops were decided: decide them again."""


Duplicate = IntegrityError  # a row with this key is there already


def is_about_values(error: Exception) -> bool:
    """Whether the database, or its driver, will not take these values however often it is asked."""
    if isinstance(error, UnicodeError | OverflowError):
        return True  # the driver of SQLite raises them as they are
    if not isinstance(error, DBAPIError):
        return isinstance(error, StatementError)  # values that could not be made ready for the driver
    if error.connection_invalidated:
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state)[:2] in ABOUT_VALUES
    # asyncpg checks values before it sends them; what it raises then is a ValueError too
    is_refused = isinstance(error.orig.__cause__, ValueError) if error.orig else False
    unbound = "Error binding parameter" in str(error.orig)
    return is_refused or unbound or isinstance(error, IntegrityError | DataError)
