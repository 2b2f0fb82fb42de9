"""The answers to refusals and faults: a page, a fragment for htmx, or JSON. What was typed is kept."""

import logging
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.exceptions import (
    HTTPException,
    InternalServerException,
    NotAuthorizedException,
    WebSocketException,
)
from litestar.response import Redirect, Template
from litestar.types import Scope
from uvicorn.protocols.utils import ClientDisconnected

from app.access import Code, Refused
from app.connections import NO_ANSWER, in_words, is_away
from app.db import DatabaseFault
from app.unsent_form import UnsentForm
from app.web import ReturnPossible, local_path, wants_fragment, wants_json

STATUS = {
    Code.INVALID: 422,
    Code.TOO_LONG: 422,
    Code.CONFLICT: 422,  # a form whose words can be sent once more, so as with those that were wrong
    Code.DUPLICATE: 409,
    Code.NOT_FOUND: 404,
    Code.NOT_ALLOWED: 403,
    Code.SOMEBODY_ELSE: 403,
    Code.FULL: 409,
    Code.LOCKED: 409,
    Code.UNAVAILABLE: 503,
}
LOOKING = {"GET", "HEAD"}  # who only looks is told nothing of what they wrote
CUT_OFF = "client disconnected prematurely"  # Litestar's words where a body ends before its end
log = logging.getLogger("app.requests")


def answer_refused(request: Request[Any, Any, Any], refused: Refused) -> Response[Any]:
    """A refusal with its status, code and sentence."""
    return _answer(request, STATUS[refused.code], refused.code.value, refused.say)


def answer_signed_out(request: Request[Any, Any, Any], error: NotAuthorizedException) -> Response[Any]:
    """Send people to the sign-in page, or a guest to the page that asks who it is, and from there back.

    Programs get 401.

    If they had written something they see it again instead, so that nothing is lost when a session ends.
    """
    if wants_json(request):
        return _json(request, 401, "signed_out", "Sign in to continue.")
    here = request.url.path if request.method == "GET" else "/"
    if wants_fragment(
        request
    ):  # a fragment is no page to come back to; htmx says on which page it was asked for
        here = local_path(_path_of(request.headers.get("hx-current-url")), here)
    kept, ask_at = _unsent(request), error.ask_at if isinstance(error, ReturnPossible) else None
    if kept.words:
        words = {"unsent": kept, "again": request.url.path, "ask_at": ask_at}
        return Template("shared/signed_out.html", context=words, status_code=401)
    target = f"{ask_at or '/sign-in'}?next={quote(here)}"
    if wants_fragment(request):
        return Response(None, status_code=401, headers={"HX-Redirect": target})
    return Redirect(target, status_code=303)


def answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """An error of HTTP, such as 404, with a sentence."""
    words = {
        400: "That could not be read.",
        403: "That was not accepted. Go back, load the page again and try again.",
        404: "There is nothing at this address, or it is not yours to see.",
        405: "That cannot be done here.",
        413: "That is too large.",
        429: "There were too many requests. Wait a minute, then try again.",
    }
    return _answer(request, error.status_code, "fault", words.get(error.status_code, "Something went wrong."))


def answer_fault(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """An error of our own: logged, and answered with 500. That a client went away is none: 400, to nobody."""
    if isinstance(fault, InternalServerException) and fault.detail == CUT_OFF:
        return Response(None, status_code=400)
    log.error("A request could not be answered", exc_info=fault)
    kept = "" if request.method in LOOKING else " What you wrote is still where you wrote it."
    return _answer(request, 500, "fault", f"Something went wrong on our side.{kept}")


def answer_database_fault(request: Request[Any, Any, Any], fault: DatabaseFault) -> Response[Any]:
    """503 where the database does not answer; a mistake of ours where it does."""
    if not is_away(fault):
        return answer_fault(request, fault)
    log.warning("A request could not be answered without the database: %s", in_words(fault))
    kept = "" if request.method in LOOKING else " What you wrote is still here."
    answer = _answer(
        request, STATUS[Code.UNAVAILABLE], Code.UNAVAILABLE.value, f"{NO_ANSWER}{kept} Try again shortly."
    )
    answer.headers["Retry-After"] = "5"
    return answer


async def note_fault(fault: Exception, scope: Scope) -> None:
    """Log an error in a socket: nothing else would, because a socket has no response for it.

    A page that was closed before the socket was accepted is no error.
    """
    if scope["type"] == ScopeType.WEBSOCKET and not isinstance(
        fault, HTTPException | WebSocketException | Refused | ClientDisconnected
    ):
        log.error("A socket failed: %s", scope.get("path_template"), exc_info=fault)


def _answer(request: Request[Any, Any, Any], status: int, code: str, say: str) -> Response[Any]:
    if wants_json(request):
        return _json(request, status, code, say)
    if wants_fragment(request):
        # htmx 4 also swaps the bodies of errors: show it at #flash, not inside a card
        headers = {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
        return Template("shared/_flash.html", context={"say": say}, status_code=status, headers=headers)
    # What somebody wrote on a board that they may no longer open is shown to them from their own device.
    its = request.path_params.get("board_id", "")
    board, here = (its, "") if status in (403, 404) else ("", its if status == STATUS[Code.LOCKED] else "")
    words = {"say": say, "status": status, "unsent": _unsent(request), "board": board, "here": here}
    return Template("shared/refused.html", context=words, status_code=status)


def _json(request: Request[Any, Any, Any], status: int, code: str, say: str) -> Response[Any]:
    """A refusal for programs. About a board it names the board, so that no proxy's looks like it (C9)."""
    board = request.path_params.get("board_id")
    named = {"board": board} if board else {}
    return Response({"code": code, "say": say, **named}, status_code=status)


def _unsent(request: Request[Any, Any, Any]) -> UnsentForm:
    kept: UnsentForm = request.state.get("unsent", UnsentForm())
    return kept


def _path_of(url: str | None) -> str | None:
    try:
        return urlsplit(url).path if url else None
    except ValueError:
        return None
