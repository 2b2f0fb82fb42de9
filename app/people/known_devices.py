"""The devices that an account signed in on before: known by a signed cookie, one for each account.

It opens nothing. Strangers who guess do not use up what such a device may try, and it is served first.
"""

import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from app.config import Config
from app.people import rules
from app.people.tokens import new_token

LASTS = timedelta(days=180)
PREFIX = "tl_known_"


def find_device(cookies: Mapping[str, str], config: Config, email: str) -> str:
    """The id of this device where the account of this address signed in on it before, else ""."""
    account = rules.tidy_email(email)[:254]
    device, _, signature = cookies.get(_name(config, account), "").partition(".")
    good = hmac.compare_digest(signature.encode(), _sign(config, f"{account} {device}").encode())
    return device if good and device else ""


def set_cookie(response: Response[Any], cookies: Mapping[str, str], config: Config, email: str) -> None:
    """Know this device from now on; one that is known keeps its id, and with it its count."""
    account = rules.tidy_email(email)[:254]
    device = find_device(cookies, config, account) or new_token()[:16].replace(".", "-")
    cookie = Cookie(
        key=_name(config, account),
        value=f"{device}.{_sign(config, f'{account} {device}')}",
        path="/",
        httponly=True,
        secure=config.https,
        samesite="lax",
        max_age=int(LASTS.total_seconds()),
    )
    response.cookies.append(cookie)


def _name(config: Config, account: str) -> str:
    """Without the address in it, which others who use the browser could read."""
    return f"{'__Host-' if config.https else ''}{PREFIX}{_sign(config, account)[:12]}"


def _sign(config: Config, text: str) -> str:
    return hmac.new(config.secret.encode(), f"known device {text}".encode(), "sha256").hexdigest()
