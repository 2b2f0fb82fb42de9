"""A setting that is unsafe, or that means nothing, refuses with a sentence."""

import pytest

from app import config as settings
from app.config import Unsafe

LONG = "0123456789" * 4
PUBLIC = {"BASE_URL": "https://throughline.example.org", "SECRET": LONG}


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        (
            {"HOST": "192.0.2.1", "BASE_URL": "http://127.0.0.1:8000"},
            "Set SECRET before opening Throughline to others",
        ),
        ({"BASE_URL": PUBLIC["BASE_URL"]}, "Set SECRET before opening Throughline to others"),
        ({"SECRET": "short"}, "SECRET must be at least 32 characters long"),
        ({**PUBLIC, "BASE_URL": "http://throughline.example.org"}, "BASE_URL must begin with https://"),
        ({**PUBLIC, "LIMITS": "off"}, "LIMITS=off is for load tests on this machine alone"),
        ({"SQLITE_SYNCHRONOUS": "NORMAL"}, "SQLITE_SYNCHRONOUS must be FULL or EXTRA"),
        ({"BASE_URL": "localhost:8000"}, "BASE_URL must begin with http:// or https://"),
        ({"DATABASE_URL": "mysql://u:hush@db/x"}, "DATABASE_URL must begin with postgresql:// or sqlite://"),
        ({"RELAY_URL": "redi://hush@cache"}, "RELAY_URL must begin with redis://"),
        ({"SMTP_URL": "u:hush@mail.example.org"}, "SMTP_URL must begin with smtp:// or smtps://"),
        ({"PORT": "http"}, "PORT must be a whole number from 1 up to 65535"),
        ({"PORT": "80000"}, "PORT must be a whole number from 1 up to 65535"),
        ({"PORT": "0"}, "PORT must be a whole number from 1 up to 65535"),
        ({"TRUSTED_PROXIES": "127.0.0.1, proxy.example"}, "TRUSTED_PROXIES must hold addresses .* 'proxy.ex"),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES must hold addresses"),
        ({"ACCOUNTS": "closed"}, "ACCOUNTS must be one of open, invited"),
    ],
)
def test_it_is_refused_with_a_sentence_that_holds_no_password(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(Unsafe, match=sentence) as refusal:
        settings.read(environ)

    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        PUBLIC,
        {"DATABASE_URL": "postgres://db/x", "RELAY_URL": "postgresql+asyncpg://db/x"},
        {"DATABASE_URL": "sqlite:////tmp/x.db", "RELAY_URL": "rediss://cache"},
        {"SMTP_URL": "smtps://user:password@mail.example.org:465"},
        {"TRUSTED_PROXIES": "127.0.0.1, ::1, 10.0.0.0/8"},
        {"TRUSTED_PROXIES": "*"},
    ],
)
def test_what_the_readme_shows_is_taken(environ: dict[str, str]) -> None:
    settings.read(environ)


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8123"}, "http://127.0.0.1:8123"),
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"BASE_URL": "http://localhost:9000/", "PORT": "8123"}, "http://localhost:9000"),
    ],
)
def test_addresses_begin_with_what_people_can_type(environ: dict[str, str], url: str) -> None:
    assert settings.read(environ).base_url == url
