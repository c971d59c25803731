"""Lets nobody in but the browser of whoever started the desk: a secret address, this host, this origin."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CLOSED", "Guard", "policy"]

CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What a browser may do with an answer that says nothing else: nothing."""

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
}


def policy(*, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """What a page of the desk may do: run its own scripts, wear its own styles, ask the desk; and nothing else."""
    own = ["'self'"]
    return "; ".join(
        (
            CLOSED,
            f"script-src {' '.join([*own, *scripts])}",
            f"style-src {' '.join([*own, *styles])}",
            "font-src data:",
            "connect-src 'self'",
        )
    )


class Guard:
    """Stands before the desk. The first part of every address is the secret; it is taken off before the desk sees it.

    Args:
        secret: without it there is nothing here.
        hosts: the names under which this desk may be addressed, with the port: a page of another origin that makes its
            own name lead here (DNS rebinding) is told apart by the name it used.
    """

    def __init__(self, app: ASGIApp, *, secret: str, hosts: Iterable[str]) -> None:
        self._app, self._secret, self._hosts = app, secret, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            status, what = refusal
            await PlainTextResponse(f"{what}\n", status_code=status)(scope, receive, _dressed(send))
            return
        rest = scope["path"][len(self._secret) + 1 :] or "/"
        await self._app({**scope, "path": rest, "raw_path": rest.encode()}, receive, _dressed(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.getlist("host")
        if len(host) != 1 or host[0].lower() not in self._hosts:
            return 421, "This desk is not known under that name."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "This desk answers no other page."
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in {f"http://{name}" for name in self._hosts}:
            return 403, "This desk answers no other page."
        if origin is None and scope["method"] not in ("GET", "HEAD"):
            return 403, "This desk takes nothing from somebody who does not say where it comes from."
        named = scope["path"].split("/", 2)[1] if scope["path"].startswith("/") else ""
        if not secrets.compare_digest(named.encode(), self._secret.encode()):
            return 404, "There is nothing here. The address that `fabula desk` printed is the whole of it."
        return None


def _dressed(send: Send) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", CLOSED)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            del headers["server"]
        await send(message)

    return dressed
