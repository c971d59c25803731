"""What the desk answers over the loopback: pages, files taken in, clicks, and how far a reading is."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import quote, unquote

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from fabula.errors import Behind, FabulaError, NotInStory, NotWritten, TooLarge
from fabula.exports.page import to_page
from fabula.story import to_json
from fabula.web import pages
from fabula.web.asked import Asked
from fabula.web.book import Book
from fabula.web.desk import Desk, file_name

__all__ = ["LARGEST", "application"]

LARGEST = 200_000_000
"""Bytes of a file dropped on the desk. The largest illustrated EPUB at hand has 40 MB."""
_LARGEST_CLICK = 100_000
_ROUND = 1.0
"""Seconds between two looks at whether files have changed."""
_STILL = 15.0
"""Seconds of silence after which a listener is told that the desk is still there."""
_KINDS = {"desk.js": "text/javascript", "desk.css": "text/css", "home.js": "text/javascript", "home.css": "text/css"}

T = TypeVar("T")


class _Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is taken back: the entry in a line, or the last."""

    heard: str
    line: int | None = None


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str


def application(desk: Desk) -> Starlette:
    """The desk as a web application. Whoever comes here has passed the guard."""
    answers = _Answers(desk)
    routes = [
        Route("/", answers.home),
        Route("/{name:str}", answers.built),
        Route("/ask/desk", answers.desk),
        Route("/ask/events", answers.events),
        Route("/ask/open", answers.open, methods=["POST"]),
        Route("/ask/open-here", answers.open_here, methods=["POST"]),
        Route("/book/{id}/", answers.story),
        Route("/book/{id}/state", answers.state),
        Route("/book/{id}/say", answers.say, methods=["POST"]),
        Route("/book/{id}/take-back", answers.take_back, methods=["POST"]),
        Route("/book/{id}/again", answers.again, methods=["POST"]),
        Route("/book/{id}/entries", answers.entries),
        Route("/book/{id}/save/{what}", answers.save),
    ]
    return Starlette(routes=routes, exception_handlers={FabulaError: _refused, OSError: _broken}, lifespan=answers.life)


class _Answers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @contextlib.asynccontextmanager
    async def life(self, _: Starlette) -> AsyncIterator[None]:
        """While the desk is open, look round for files that change."""

        async def look() -> None:
            while True:
                await asyncio.sleep(_ROUND)
                await asyncio.to_thread(self._desk.look_round)

        looking = asyncio.create_task(look())
        yield
        looking.cancel()

    async def home(self, request: Request) -> Response:
        page, rules = pages.home("../../" if "id" in request.path_params else "")
        return Response(page, media_type="text/html", headers={"content-security-policy": rules})

    async def built(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _KINDS:
            return _nothing()
        return Response(pages.script(name), media_type=_KINDS[name])

    async def desk(self, _: Request) -> Response:
        books = [self._desk.state(book) for book in self._desk.books.values()]
        return JSONResponse({"folder": str(self._desk.folder), "files": self._desk.files(), "books": books})

    async def events(self, request: Request) -> Response:
        async def told() -> AsyncIterator[str]:
            heard, leave = self._desk.listen()
            try:
                for book in list(self._desk.books.values()):
                    yield _event({"what": "state", **self._desk.state(book)})
                while not await request.is_disconnected():
                    try:
                        yield _event(await asyncio.wait_for(heard.get(), _STILL))
                    except TimeoutError:
                        yield ": still here\n\n"
            finally:
                leave()

        return StreamingResponse(told(), media_type="text/event-stream")

    async def open(self, request: Request) -> Response:
        if request.headers.get("content-type") != "application/octet-stream":
            return _no(415, "A file is sent as application/octet-stream.")
        name = file_name(unquote(request.headers.get("x-fabula-name", "")))
        if int(request.headers.get("content-length") or 0) > LARGEST:
            return _too_large(name)
        file = self._desk.put_aside(name)
        try:
            size = 0
            with file.open("xb") as out:
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > LARGEST:
                        raise TooLarge(f"more than {LARGEST // 1_000_000} MB", where=name, hint="Give it in parts.")
                    await asyncio.to_thread(out.write, chunk)
        except (ClientDisconnect, TooLarge, OSError) as error:
            file.unlink(missing_ok=True)
            file.parent.rmdir()
            if isinstance(error, ClientDisconnect):
                return _no(400, f"{name}: only a part of it came. Send it again.")
            if isinstance(error, TooLarge):
                return _too_large(name)
            raise NotWritten(f"cannot be kept: {error.strerror}", where=name, hint="Is the disk full?") from error
        return _opened(await asyncio.to_thread(self._desk.open_dropped, file))

    async def open_here(self, request: Request) -> Response:
        asked = await _asked(request, _Named)
        return asked if isinstance(asked, Response) else _opened(self._desk.open_here(asked.name))

    async def story(self, request: Request) -> Response:
        book = self._book(request)
        if book is None:
            return _nothing()
        reading = book.reading
        if reading is None:
            return await self.home(request)
        told = {
            **self._desk.state(book),
            "text": reading.text,
            "heard": reading.heard,
            "changed": msgspec.to_builtins(reading.changed),
        }
        verdicts = await asyncio.to_thread(book.verdicts)
        page, rules = await asyncio.to_thread(pages.story_page, reading.story, told, verdicts=verdicts)
        return Response(page, media_type="text/html", headers={"content-security-policy": rules})

    async def state(self, request: Request) -> Response:
        book = self._book(request)
        return _nothing() if book is None else JSONResponse(self._desk.state(book))

    async def say(self, request: Request) -> Response:
        def done(book: Book, asked: Asked) -> dict[str, Any]:
            heard, said = book.say(asked)
            return {"heard": heard, "changes": list(said)}

        return await self._change(request, Asked, done)

    async def take_back(self, request: Request) -> Response:
        def done(book: Book, asked: _Taken) -> dict[str, Any]:
            heard, said = book.take_back(asked.heard, asked.line)
            return {"heard": heard, "taken": said}

        return await self._change(request, _Taken, done)

    async def again(self, request: Request) -> Response:
        book = self._book(request)
        if book is None:
            return _nothing()
        self._desk.read_again(book)
        return JSONResponse({})

    async def entries(self, request: Request) -> Response:
        book = self._book(request)
        if book is None:
            return _nothing()
        heard, rows = await asyncio.to_thread(book.entries)
        return JSONResponse({"heard": heard, "entries": rows})

    async def save(self, request: Request) -> Response:
        """The story as a page or as a file to keep, or what was said of it."""
        book, what = self._book(request), request.path_params["what"]
        if book is None or book.reading is None:
            return _nothing()
        story, stem = book.reading.story, book.source.stem
        if what == "page":
            verdicts = await asyncio.to_thread(book.verdicts)
            page = await asyncio.to_thread(to_page, story, verdicts=verdicts)
            return _file(page.encode("utf-8", "surrogatepass"), f"{stem}.html")
        if what == "story":
            return _file(await asyncio.to_thread(to_json, story), f"{stem}.json")
        if what == "corrections" and book.corrections is not None and book.corrections.is_file():
            return _file(book.corrections.read_bytes(), book.corrections.name)
        return _nothing()

    async def _change(self, request: Request, kind: type[T], done: Callable[[Book, T], dict[str, Any]]) -> Response:
        book = self._book(request)
        if book is None:
            return _nothing()
        asked = await _asked(request, kind)
        if isinstance(asked, Response):
            return asked
        answer = await asyncio.to_thread(done, book, asked)
        self._desk.read_again(book)
        return JSONResponse(answer)

    def _book(self, request: Request) -> Book | None:
        return self._desk.books.get(request.path_params["id"])


async def _asked(request: Request, kind: type[T]) -> T | Response:
    """What is asked, if it is that."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return _no(415, "What is asked is sent as application/json.")
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _LARGEST_CLICK:
            return _no(413, "That is too much for one click.")
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        return _no(400, f"That is nothing one can say here: {error}.")


def _opened(book: Book) -> Response:
    return JSONResponse({"book": book.id})


def _file(data: bytes, name: str) -> Response:
    told = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type="application/octet-stream", headers={"content-disposition": told})


def _event(event: dict[str, Any]) -> str:
    return f"data: {json.dumps(event)}\n\n"


def _too_large(name: str) -> Response:
    return _no(413, f"{name}: more than {LARGEST // 1_000_000} MB. Give it in parts.")


def _nothing() -> Response:
    return PlainTextResponse("There is nothing here.\n", status_code=404)


def _no(status: int, what: str) -> Response:
    return JSONResponse({"error": what}, status_code=status)


def _refused(_: Request, error: Exception) -> Awaitable[Response] | Response:
    status = 409 if isinstance(error, Behind) else 422
    return JSONResponse({"error": str(error), "unknown": isinstance(error, NotInStory)}, status_code=status)


def _broken(_: Request, error: Exception) -> Awaitable[Response] | Response:
    what = error.strerror if isinstance(error, OSError) else str(error)
    full = isinstance(error, OSError) and error.errno == errno.ENOSPC
    return _no(507 if full else 500, f"{what or error}. Nothing was changed.")
