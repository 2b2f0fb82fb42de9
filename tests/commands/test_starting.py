"""What keeps Throughline from starting is said in one sentence, before it says where it is."""

import os
import socket
import subprocess
import sys

import pytest

from tests.commands import command
from tests.support.server import KEPT, ROOT


def started(**env: str) -> subprocess.CompletedProcess[str]:
    """`migrate` reaches the database as every command does, and ends by itself."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    words = [sys.executable, "-m", "app", "migrate"]
    return subprocess.run(words, cwd=ROOT, env=kept | env, capture_output=True, text=True, timeout=50)


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        (
            {"DATABASE_URL": "postgresql://ana:hush@127.0.0.1:9/boards"},
            "The database at 127.0.0.1:9 cannot be used: Connection refused.",
        ),
        ({"DATA_DIR": "/dev/null/var"}, "Cannot write to /dev/null/var/throughline.db: Not a directory."),
        ({"DATA_DIR": "/proc/1"}, "Cannot write to /proc/1/throughline.db: unable to open database file."),
    ],
)
def test_a_database_out_of_reach_is_one_sentence(env: dict[str, str], sentence: str) -> None:
    done = started(**env)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {sentence}")
    assert done.stderr.count("\n") == 1
    assert "hush" not in done.stderr + done.stdout


async def test_a_database_that_does_not_know_us_is_one_sentence(postgres_url: str) -> None:
    done = await command.run(postgres_url.replace("/t_", "/no_"), 8000, "migrate")

    assert done.code == 1
    assert done.err.startswith("Error: The database at the address of DATABASE_URL cannot be used: database")
    assert done.err.count("\n") == 1


async def test_a_port_that_is_taken_is_one_sentence_and_no_address_is_printed(sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = await command.run(sqlite_url, port, "run")

    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"Error: Another program listens on 127.0.0.1, port {port} already:"
        " stop it, or set PORT to another number.\n"
    )


async def test_the_address_is_printed_when_the_server_answers(sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await command.start(sqlite_url, port, "run")
    assert process.stdout is not None
    try:
        line = await process.stdout.readline()
        with socket.create_connection(("127.0.0.1", port)) as caller:
            caller.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            answer = caller.recv(12)
    finally:
        process.terminate()
        await process.wait()

    assert line.decode().strip() == f"Throughline is at http://127.0.0.1:{port}"
    assert answer == b"HTTP/1.1 200"
