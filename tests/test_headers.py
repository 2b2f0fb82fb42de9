"""What every answer bears in its head."""

from httpx import AsyncClient

from tests.conftest import Running


async def test_every_answer_says_that_it_is_ours(shared_server: Running) -> None:
    server, _ = shared_server
    async with AsyncClient(base_url=server.url) as stranger:
        paths = ("/healthz", "/sign-in", "/nowhere", "/boards/none/outline", "/static/none.css")
        answers = [await stranger.get(path) for path in paths]

    assert [answer.headers.get("x-answered-by") for answer in answers] == ["throughline"] * len(paths)
