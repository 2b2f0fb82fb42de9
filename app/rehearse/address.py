"""The address of the server, and simple HTTP requests to it."""

import asyncio
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from app.config import Config, is_loopback

TIMEOUT = 60  # seconds for one response


class Unreachable(RuntimeError):
    """No server answers at the address. Its text is shown as it is."""


class Address(Struct, frozen=True):
    """Where to connect, and the Origin that the server takes for its own."""

    host: str
    port: int
    tls: bool
    authority: str
    origin: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Host": self.authority, "Origin": self.origin}


class HttpAnswer(Struct, frozen=True):
    """The head of a response: status, Location and cookies."""

    status: int
    location: str
    cookies: dict[str, str]


def address(config: Config, url: str) -> Address:
    """The server at `url`, else at BASE_URL. Behind a proxy it still wants its public name as Origin."""
    asked, known = urlsplit(url or config.base_url), urlsplit(config.base_url)
    tls = asked.scheme == "https"
    own = config.loopback and is_loopback(asked.hostname or "")
    return Address(
        host=asked.hostname or "127.0.0.1",
        port=asked.port or (443 if tls else 80),
        tls=tls,
        authority=asked.netloc,
        origin=f"{asked.scheme}://{asked.netloc}" if own else f"{known.scheme}://{known.netloc}",
    )


async def ask(
    at: Address, path: str, cookies: dict[str, str], form: dict[str, str] | None = None
) -> HttpAnswer:
    """GET `path`, or POST a form to it. Raises Unreachable."""
    body = urlencode(form).encode() if form is not None else b""
    headers = {**at.headers, "Connection": "close", "Content-Length": str(len(body)), "Cookie": jar(cookies)}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    method = "GET" if form is None else "POST"
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
    try:
        async with asyncio.timeout(TIMEOUT):
            return _read(await _exchange(at, "\r\n".join([*lines, "", ""]).encode() + body))
    except (OSError, TimeoutError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
        raise Unreachable(
            f"No server answers at {at.authority}. Start it first, with the same settings."
        ) from error


async def fetch(at: Address, path: str, cookie: str) -> str:
    """A fragment of a page; empty where there is none. Raises OSError and TimeoutError."""
    headers = {**at.headers, "Connection": "close", "Cookie": cookie, "HX-Request": "true"}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    async with asyncio.timeout(TIMEOUT):
        reader, writer = await asyncio.open_connection(at.host, at.port, ssl=at.tls or None)
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode())
            head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
        finally:
            writer.close()
    return body.decode(errors="replace") if head.startswith(b"HTTP/1.1 200") else ""


def jar(cookies: dict[str, str]) -> str:
    """The cookies as a Cookie header."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


async def _exchange(at: Address, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(at.host, at.port, ssl=at.tls or None)
    try:
        writer.write(request)
        return await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()


def _read(head: bytes) -> HttpAnswer:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [
        (name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
    ]
    given = [value.partition(";")[0].partition("=") for name, value in pairs if name == "set-cookie"]
    return HttpAnswer(
        status=int(first.split(" ")[1]),
        location=dict(pairs).get("location", ""),
        cookies={name: value for name, _, value in given},
    )
