"""nginx and Caddy in front of the product, set up by the README's own words, with a certificate made here."""

import os
import re
import ssl
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.support.ports import free_port
from tests.support.server import ROOT, Server
from tests.support.until import until

NGINX, CADDY = "nginx", "caddy"
OF_ONE = "127.0.0.1:8000"  # how the README calls the process behind the proxy


class Front:
    """A proxy that listens at `url`, and how a client trusts it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"https://localhost:{port}"
        self.ws = f"wss://localhost:{port}"
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
                *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
                *("-keyout", str(self.key), "-out", str(self.certificate)),
            ],
            check=True,
            capture_output=True,
        )
        self.trust = ssl.create_default_context(cafile=str(self.certificate))

    def client(self, **cookies: str) -> httpx.AsyncClient:
        """Somebody's browser."""
        headers = {"Origin": self.url}
        return httpx.AsyncClient(
            base_url=self.url, verify=self.trust, headers=headers, cookies=cookies, timeout=30
        )


@asynccontextmanager
async def proxied(kind: str, folder: Path, port: int, servers: Sequence[Server]) -> AsyncIterator[Front]:
    """The proxy of this kind on `port`, until the block ends."""
    front = Front(folder, port)
    ports = [server.port for server in servers]
    if kind == NGINX:
        file = folder / "nginx.conf"
        file.write_text(_nginx(front, folder, port, ports))
        command = ["nginx", "-c", str(file), "-e", str(folder / "error.log")]
    else:
        file = folder / "Caddyfile"
        file.write_text(_caddy(front, port, ports))
        command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    process = _launch(command, folder)
    try:
        await until(lambda: _answers(front), 15, f"{kind} answers")
        yield front
    finally:
        process.terminate()
        process.wait(15)


def _launch(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    environ = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": str(folder)}
    with (folder / f"{command[0]}.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, env=environ)


def readme_block(begins: str) -> str:
    """The block of the README that begins so."""
    found = re.search(rf"```\n({re.escape(begins)}.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None, f"the README has no block that begins with {begins!r}"
    return found[1]


def _nginx(front: Front, folder: Path, port: int, ports: Sequence[int]) -> str:
    location = readme_block("location / {")
    assert OF_ONE in location, "the README's words for nginx name one process"
    upstream = "".join(f"server 127.0.0.1:{one}; " for one in ports)
    return f"""
        daemon off;
        {"user root;" if os.geteuid() == 0 else ""}
        pid {folder}/nginx.pid;
        events {{}}
        http {{
            access_log off;
            {"".join(f"{what}_temp_path {folder}/{what};" for what in NGINX_KEEPS)}
            upstream throughline {{ {upstream} }}
            server {{
                listen 127.0.0.1:{port} ssl;
                ssl_certificate {front.certificate};
                ssl_certificate_key {front.key};
                {location.replace(OF_ONE, "throughline")}
            }}
        }}"""


NGINX_KEEPS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _caddy(front: Front, port: int, ports: Sequence[int]) -> str:
    proxy = readme_block("reverse_proxy ")
    assert OF_ONE in proxy, "the README's words for Caddy name one process"
    servers = " ".join(f"127.0.0.1:{one}" for one in ports)
    return f"""{{
        admin off
        auto_https off
    }}
    https://localhost:{port} {{
        bind 127.0.0.1
        tls {front.certificate} {front.key}
        {proxy.replace(OF_ONE, servers)}
    }}"""


async def _answers(front: Front) -> bool:
    async with front.client() as client:
        try:
            return (await client.get("/readyz")).status_code == 200
        except httpx.TransportError:
            return False


__all__ = ["CADDY", "NGINX", "Front", "free_port", "proxied"]
