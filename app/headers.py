"""The headers of every response, and its line in the log."""

import hashlib
import logging
from base64 import b64encode
from collections.abc import Mapping

from litestar.config.csrf import CSRFConfig
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from app.config import Config

log = logging.getLogger("app.requests")


def security_headers(config: Config, scripts: list[str]) -> dict[str, str]:
    """The headers of every answer. `scripts` are the inline scripts allowed, by their hash."""
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' {hashes}".strip(),
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' {_socket_origin(config)}",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Answered-By": "throughline",  # so that pages know it from the answer of a portal or a proxy
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "X-Frame-Options": "DENY",
    }
    if config.https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def _socket_origin(config: Config) -> str:
    return " ".join(sorted(origin.replace("http", "ws", 1) for origin in config.origins))


def before_send(headers: Mapping[str, str]) -> BeforeMessageSendHookHandler:
    """The hook that puts `headers` on every answer, faults and missing pages too, and logs one line of it.

    Nothing that was shown to anybody stays in a cache, but for static files, whose path holds their hash; nor
    does it that there is none: another process may serve it already.
    The line has the route, never the path: paths hold join codes and tokens.
    """
    fixed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def hook(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        present = {name.lower() for name, _ in message["headers"]}
        wanted = [*fixed, (b"cache-control", b"no-store")]
        if scope["path"].startswith("/static/") and message["status"] < 400:
            wanted[-1] = (b"cache-control", b"public, max-age=31536000, immutable")
        message["headers"] = [*message["headers"], *(h for h in wanted if h[0] not in present)]
        log.info("%s %s %s", scope.get("method"), scope.get("path_template") or "-", message["status"])

    return hook


def csrf(config: Config) -> CSRFConfig:
    """The token that every form carries."""
    prefix = "__Host-" if config.https else ""
    return CSRFConfig(
        secret=config.secret,
        cookie_name=f"{prefix}tl_csrf",
        cookie_secure=config.https,
        cookie_samesite="lax",
    )
