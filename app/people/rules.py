"""What a name, an e-mail address and a password must be. Pure; each check gives a sentence, or None."""

import re

from app.characters import JOINERS, one_line

SHORTEST_PASSWORD = 10
LONGEST_EMAIL = 254  # what fits into a mail's envelope
EMAIL = re.compile(r"[^@\s<>\"(),;:]{1,64}@[^@\s<>\"(),;:]{1,190}\.[^@\s<>\"(),;:.]{2,63}")


def tidy_name(name: str) -> str:
    """One line, without invisible characters but the joiners that many scripts are spelled with."""
    visible = "".join(c for c in one_line(name) if c.isprintable() or c in JOINERS)
    return one_line(visible)  # without a word that had nothing else


def check_name(name: str) -> str | None:
    """What is wrong with a name, or None."""
    if not tidy_name(name):
        return "Enter the name that others here know you by."
    return "Enter a name of at most 120 characters." if len(tidy_name(name)) > 120 else None


def check_accounts(accounts: str) -> str | None:
    """Why nobody makes an account by themselves here, or None: the setting ACCOUNTS is open, or invited."""
    if accounts == "open":
        return None
    return "On this server you need an invitation to have an account. Ask for one."


def tidy_email(email: str) -> str:
    """The address as it is stored and compared: in lower case, without spaces around it."""
    return email.strip().casefold()


def check_email(email: str) -> str | None:
    """What is wrong with an address, or None."""
    if len(tidy_email(email)) > LONGEST_EMAIL or not EMAIL.fullmatch(tidy_email(email)):
        return "Enter an email address like name@example.org."
    return None


def check_password(password: str) -> str | None:
    """What is wrong with a new password, or None. Only its length counts: that is what makes it strong."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Choose a password of at least {SHORTEST_PASSWORD} characters. A few words in a row are fine."
    return "Choose a password of at most 200 characters." if len(password) > 200 else None


def check_newcomer(name: str, email: str, password: str) -> dict[str, str]:
    """What is wrong with a new account, by field."""
    found = {"name": check_name(name), "email": check_email(email), "password": check_password(password)}
    return {field: sentence for field, sentence in found.items() if sentence}
