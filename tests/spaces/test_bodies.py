"""Of a large body nothing is read before it is known who sends it, and that they may."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.spaces.house import House, Person, house

CHUNK, CHUNKS = 32 * 1024, 6  # 192 KB in all: more than is small, less than any route may take
IMPORT = "/boards/import"


@pytest.fixture
async def home(sqlite_url: str) -> AsyncIterator[House]:
    async with house(sqlite_url) as running:
        yield running


class Sent:
    """A body that counts what was read of it."""

    def __init__(self, start: bytes = b"", end: bytes = b"") -> None:
        self.read, self.start, self.end = 0, start, end

    async def chunks(self) -> AsyncIterator[bytes]:
        for i in range(CHUNKS):
            self.read += 1
            yield self.start * (i == 0) + b"x" * CHUNK + self.end * (i == CHUNKS - 1)


async def send(one: Person, path: str, body: Sent, *, length: bool, **headers: str) -> httpx.Response:
    await one.get("/join")
    told = {"Content-Length": str(len(body.start + body.end) + CHUNK * CHUNKS)} if length else {}
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    return await one.http.post(path, content=body.chunks(), headers={**kind, **told, **headers})


@pytest.mark.parametrize("length", [True, False], ids=["announced", "in chunks"])
async def test_nothing_is_read_of_whoever_has_no_seat(home: House, length: bool) -> None:
    ana, bo = await home.person("Ana"), await home.person("Bo")
    space = await home.space(ana)
    await ana.post(f"/spaces/{space}/boards", title="Leaving well", template="blank")
    ops = f"/boards/{await home.value('SELECT id FROM board')}/ops"
    bodies = [Sent() for _ in range(5)]

    answers = [
        await send(home.stranger(), f"/spaces/{space}{IMPORT}", bodies[0], length=length),
        await send(bo, f"/spaces/{space}{IMPORT}", bodies[1], length=length),
        await send(home.stranger(), ops, bodies[2], length=length),
        await send(bo, ops, bodies[3], length=length, **{"Content-Type": "application/json"}),
        await send(ana, ops, bodies[4], length=length, Origin="https://evil.example"),
    ]

    assert [answer.status_code for answer in answers] == [303, 404, 303, 404, 403]
    assert answers[0].headers["location"].startswith("/sign-in")
    assert [body.read for body in bodies] == [0] * 5


@pytest.mark.parametrize("length", [True, False], ids=["announced", "in chunks"])
async def test_strangers_are_read_as_far_as_a_small_body_goes(home: House, length: bool) -> None:
    body = Sent(b"email=")

    answer = await send(
        home.stranger(),
        "/sign-in",
        body,
        length=length,
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 413
    assert body.read <= 3


async def test_whoever_may_send_it_is_read_whole(home: House) -> None:
    ana = await home.person("Ana")
    space = await home.space(ana)
    await ana.get("/join")
    head = (
        '--edge\r\nContent-Disposition: form-data; name="_csrf_token"\r\n\r\n'
        f"{ana.http.cookies['tl_csrf']}\r\n"
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'
    )

    body = Sent(head.encode(), b"\r\n--edge--\r\n")
    answer = await send(ana, f"/spaces/{space}{IMPORT}", body, length=True)

    assert body.read == CHUNKS
    assert answer.status_code == 422
    assert "is not a board" in answer.text
