"""Every setting, read from the environment; unsafe ones refuse to start with a sentence.

All are read once, when a process starts, but the clock: `zone` reads it whenever it is asked.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

DEVELOPMENT_SECRET = "only for trying things out on this machine"
QUOTAS = ("person_mb", "board_mb", "space_mb")
ROOT = Path(__file__).resolve().parent.parent


class Unsafe(ValueError):
    """A setting that would put people at risk. Its text is shown as it is."""


@dataclass(frozen=True)
class Config:
    """The settings of one process; each is read from the environment variable of its name in capitals."""

    host: str = "127.0.0.1"  # address to listen on
    port: int = 8000  # port to listen on
    base_url: str = ""  # the address people type; default http://HOST:PORT
    data_dir: Path = ROOT / "var"  # where SQLite, and nothing else, keeps its file
    database_url: str = ""  # postgresql+asyncpg://...; default SQLite in DATA_DIR
    sqlite_synchronous: str = "FULL"  # FULL or EXTRA; anything less could lose saved words
    secret: str = DEVELOPMENT_SECRET  # signs form tokens; at least 32 characters in production
    relay_url: str = ""  # redis://... to wake other processes; default PostgreSQL NOTIFY
    accounts: str = "open"  # who may make accounts: open, or invited
    spaces: str = "open"  # who may make spaces: open (everyone signed in), or invited (only operators)
    operators: str = ""  # e-mail addresses, comma separated, who may make spaces when SPACES is invited
    smtp_url: str = ""  # smtp://user:password@host:port or smtps://...; without it mail waits in the outbox
    mail_from: str = "Throughline <throughline@localhost>"  # the sender of e-mail
    trusted_proxies: str = "127.0.0.1"  # proxies whose X-Forwarded-For and -Proto are believed
    limits: str = "on"  # off only for load tests on loopback
    person_mb: int = 16  # of ops within 24 hours, of one person; above it their pace falls to one a second
    board_mb: int = 160  # the same of one board, for everyone on it
    space_mb: int = 640  # the same of one space
    log: str = "text"  # text or json
    time_zone: str = "Europe/London"  # the clock of people here: of days and times that they read and type

    @property
    def loopback(self) -> bool:
        """Whether the address that people use is this machine alone."""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def proxies(self) -> list[str]:
        """The addresses and networks of TRUSTED_PROXIES; a lone star is every one."""
        return [name.strip() for name in self.trusted_proxies.split(",") if name.strip()]

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def origins(self) -> frozenset[str]:
        """The exact Origin headers believed. On loopback 127.0.0.1 and localhost both count."""
        own = urlsplit(self.base_url)
        if not self.loopback:
            return frozenset({f"{own.scheme}://{own.netloc}"})
        ports = {own.port or (443 if self.https else 80), self.port}
        return frozenset(
            f"{own.scheme}://{name}:{port}" for name in ("127.0.0.1", "localhost") for port in ports
        )


def zone() -> ZoneInfo:
    """The clock of TIME_ZONE, as the environment has it now, whatever a `Config` says.

    Pages, jobs and processes for heavy work have no settings in common but their environment.
    """
    return ZoneInfo(os.environ.get("TIME_ZONE") or Config.time_zone)


def is_loopback(host: str) -> bool:
    """True for localhost and for addresses of the loopback range, whatever the port."""
    name = host.strip("[]")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def read(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings found in `environ`, completed and checked. Raises Unsafe with a sentence."""
    given = {f.name: environ[f.name.upper()] for f in fields(Config) if environ.get(f.name.upper())}
    host = given.get("host", Config.host)
    port = _number("PORT", given.get("port", str(Config.port)))
    data_dir = Path(given.get("data_dir", str(Config.data_dir))).resolve()
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    database = given.get("database_url", f"sqlite+aiosqlite:///{data_dir}/throughline.db")
    made: dict[str, Any] = {
        **given,
        **{name: _number(name.upper(), given[name]) for name in QUOTAS if name in given},
        "port": port,
        "data_dir": data_dir,
        "base_url": given.get("base_url", f"http://{shown}:{port}").rstrip("/"),
        "database_url": _driver(database),
    }
    config = Config(**made)
    check(config)
    return config


def check(config: Config) -> None:
    """Refuse what would lose words or let strangers in."""
    _begins("BASE_URL", config.base_url, ("http", "https"))
    _begins("DATABASE_URL", config.database_url, ("postgresql", "sqlite"))
    _begins("RELAY_URL", config.relay_url, ("redis", "rediss", "postgresql", "postgres"))
    _begins("SMTP_URL", config.smtp_url, ("smtp", "smtps"))
    public = not config.loopback or not is_loopback(config.host)
    if config.sqlite_synchronous.upper() not in ("FULL", "EXTRA"):
        raise Unsafe("SQLITE_SYNCHRONOUS must be FULL or EXTRA: with less, saved words can be lost.")
    if public and config.secret == DEVELOPMENT_SECRET:
        raise Unsafe(
            f"Set SECRET before opening Throughline to others, for example to {secrets.token_urlsafe(32)!r}."
        )
    if len(config.secret) < 32:
        raise Unsafe("SECRET must be at least 32 characters long.")
    if not config.loopback and not config.https:
        raise Unsafe("BASE_URL must begin with https:// unless it is this machine alone.")
    if config.limits != "on" and public:
        raise Unsafe("LIMITS=off is for load tests on this machine alone.")
    _proxies(config.proxies)
    _one_of("ACCOUNTS", config.accounts, ("open", "invited"))
    _one_of("SPACES", config.spaces, ("open", "invited"))
    _one_of("LIMITS", config.limits, ("on", "off"))
    _one_of("LOG", config.log, ("text", "json"))
    _known_zone(config.time_zone)


def _number(name: str, text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 65535:
        raise Unsafe(f"{name} must be a whole number from 1 up to 65535, not {text!r}.")
    return int(text)


def _proxies(names: list[str]) -> None:
    """A name would match no address, and then everybody would seem to come from the proxy."""
    for name in names if names != ["*"] else ():
        try:
            ip_network(name)
        except ValueError:
            raise Unsafe(
                f"TRUSTED_PROXIES must hold addresses such as 10.0.0.7 or 10.0.0.0/8, not {name!r}."
            ) from None


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise Unsafe(f"TIME_ZONE must be a name such as Europe/London, not {name!r}.") from None


def _driver(url: str) -> str:
    """The same database by the driver we use: people paste postgres:// and sqlite:// addresses."""
    for short, full in (("postgres://", "postgresql+asyncpg://"), ("postgresql://", "postgresql+asyncpg://")):
        if url.startswith(short):
            return full + url.removeprefix(short)
    return url.replace("sqlite://", "sqlite+aiosqlite://", 1) if url.startswith("sqlite://") else url


def _begins(name: str, url: str, schemes: tuple[str, ...]) -> None:
    """A driver may be named too (`postgresql+asyncpg`). The value may hold a password: it is not repeated."""
    if url and urlsplit(url).scheme.split("+")[0] not in schemes:
        *most, last = [f"{scheme}://" for scheme in schemes]
        raise Unsafe(f"{name} must begin with {', '.join(most)} or {last}.")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Unsafe(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
