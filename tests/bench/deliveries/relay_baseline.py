"""What the websockets library offers for this out of the box: a relay built on its own `broadcast`.

Every message that arrives on /publish goes to everybody else. Nothing is checked and nothing is kept.
"""

import argparse
import asyncio
import contextlib
import signal

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed


async def relay(port: int) -> None:
    viewers: set[ServerConnection] = set()

    async def handle(connection: ServerConnection) -> None:
        if connection.request is not None and connection.request.path == "/publish":
            with contextlib.suppress(ConnectionClosed):  # whoever measured has seen enough
                async for message in connection:
                    broadcast(viewers, message)
            return
        viewers.add(connection)
        try:
            await connection.wait_closed()
        finally:
            viewers.discard(connection)

    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with serve(handle, "127.0.0.1", port, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)  # the port, for whoever started this
        await ended.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; it is printed")
    parser.add_argument("--loop", choices=["uvloop", "asyncio"], default="uvloop", help="which event loop")
    options = parser.parse_args()
    run = uvloop.run if options.loop == "uvloop" else asyncio.run
    run(relay(options.port))


if __name__ == "__main__":
    main()
