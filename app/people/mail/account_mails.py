"""The mails about accounts and sign-ins. Each function gives a subject and a text."""

MailText = tuple[str, str]


def reset(link: str) -> MailText:
    """To set a new password."""
    return "Choose a new password", (
        "Somebody asked for a new password for your account on Throughline.\n\n"
        f"Choose one here, within a day:\n{link}\n\n"
        "If it was not you, do nothing. Your password stays as it is."
    )


def sign_in(link: str) -> MailText:
    """To sign in without a password."""
    return "Your link to sign in", (
        f"This link signs you in to Throughline, once and within 15 minutes:\n{link}\n\n"
        "If you did not ask for it, do nothing. Do not pass it on to anybody."
    )


def verify(link: str) -> MailText:
    """To confirm the address of a new account."""
    return "Is this your address?", (
        "An account on Throughline was created with this address.\n\n"
        f"If it was you, open this link within a day and enter your password again:\n{link}\n\n"
        "If it was not you, do nothing. Nobody can use the account until then."
    )


def account_exists(sign_in: str, forgot: str) -> MailText:
    """To the owner of an account, when somebody tried to make another with the same address."""
    return "You have an account already", (
        "Somebody, perhaps you, tried to create an account on Throughline with this address, "
        "which already has one.\n\n"
        f"Sign in here:\n{sign_in}\n\nIf you have forgotten the password, choose a new one here:\n{forgot}"
    )


def address_changed(new: str) -> MailText:
    """To the address that was left."""
    return "Your account has another address now", (
        f"Your account on Throughline now has the address {new}.\n\n"
        "If you did not change it, somebody else knows your password. Tell the people who run this server."
    )
