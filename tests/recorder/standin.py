"""A small server that keeps the recorder's contract, for tests of the browser side alone.

It renders the real templates and serves the real scripts and styles. What the product's own server does is simplified
to memory and files; faults can be ordered.
"""

import asyncio
import base64
import hashlib
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bothways.web.recorder_strings import check_strings, practice_strings, question_words, recorder_strings

STATIC = Path(__file__).parents[2] / "src/bothways/static"
SAMPLES = Path(__file__).parents[1] / "samples"
PAGES = ("question", "prompt", "practice", "check")
ANSWERS_ONLY = ("segments", "settings", "settings_url", "write_url", "uplink_url")
ASKER = "Kwame Osei-Bonsu"
QUESTION = (
    "Tell us about a time you had to give somebody bad news. What did you say, and how did you know it was understood?"
)


@dataclass
class Segment:
    number: int
    key: str
    path: Path
    mime: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    bytes: int | None = None
    duration_ms: int | None = None
    closed: bool = False

    @property
    def content(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    @property
    def offset(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def is_whole(self) -> bool:
        return self.bytes is not None and self.offset >= self.bytes


@dataclass
class Take:
    number: int
    client_key: str
    mime: str
    kind: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    segments: list[Segment] = field(default_factory=list)
    duration_ms: int | None = None
    finished: bool = False
    chosen: bool = False
    asked_since_complete: int = 0
    spoiled: bool = False
    noted: list[dict[str, Any]] = field(default_factory=list)

    @property
    def content(self) -> bytes:
        return b"".join(segment.content for segment in self.segments)

    @property
    def offset(self) -> int:
        return sum(segment.offset for segment in self.segments)

    @property
    def bytes(self) -> int | None:
        return sum(segment.bytes or 0 for segment in self.segments) if self.finished else None

    @property
    def state(self) -> str:
        if not self.finished or not all(segment.is_whole for segment in self.segments):
            return "receiving"
        if self.asked_since_complete < 2:
            return "received"
        return "failed" if self.spoiled else "ready"


@dataclass(frozen=True)
class Fault:
    """Answers a matching request with `status` instead of doing it; 0 closes the line half way."""

    method: str
    status: int
    path: str = ""
    after_storing: bool = False
    body: dict[str, Any] | None = None


class Standin:
    """The server, its knobs and what it has seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.takes: list[Take] = []
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str, int]] = []
        self.limits: dict[str, Any] = {"answer_limit_s": 180, "notice_s": 30, "grace_s": 15, "think_limit_s": None}
        self.takes_allowed: int | None = 3
        self.prompt: dict[str, Any] = {"text": QUESTION, "asker": {"name": ASKER, "title": "Head of repairs"}}
        self.language_dir = "ltr"
        self.spoil_next = False
        self.is_over = False
        self.comfort: str | None = None
        self.bytes_per_s: int | None = None
        self.settings: dict[str, Any] = {
            "mode": "video",
            "picture": "auto",
            "timer": "bar",
            "captions": True,
            "breaks": False,
            "answer_time": "as_set",
        }
        self._server: uvicorn.Server | None = None

    # Running

    def start(self) -> None:
        config = uvicorn.Config(self._app(), host="127.0.0.1", port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, daemon=True).start()
        while not self._server.started:
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        if self._server:
            self._server.should_exit = True
            self._server.force_exit = True

    def fail(self, method: str, *statuses: int, **options: Any) -> None:
        """Order faults for the next requests of this method, in this order."""
        self.faults += [Fault(method, status, **options) for status in statuses]

    # Pages

    def config(self) -> dict[str, Any]:
        return {
            "open_url": "/takes",
            "takes_url": "/takes",
            "next_url": "/next",
            "now_ms": round(time.time() * 1000),
            "csrf_token": "csrf-of-the-page",
            **self.limits,
            "think_left_s": self.limits["think_limit_s"],
            "takes_left": self.takes_left,
            "takes": [self._describe(take) for take in self.takes],
            "segments": True,
            "settings": self.settings,
            "settings_url": "/settings",
            "write_url": "/write",
            "uplink_url": "/uplink",
            "prompt": {"url": None, "mime": None, "poster": None, **self.prompt},
        }

    @property
    def takes_left(self) -> int | None:
        if self.takes_allowed is None:
            return None
        return self.takes_allowed - sum(not take.spoiled and not take.noted for take in self.takes)

    def _page(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in PAGES:
            return Response(status_code=404)
        limits = {key: self.limits[key] for key in ("notice_s", "grace_s")}
        strings = {
            "question": lambda: recorder_strings(asker=ASKER, **limits),
            "prompt": lambda: recorder_strings(**limits),
            "practice": lambda: practice_strings(asker=ASKER, **limits),
            "check": check_strings,
        }[name]()
        config = self.config()
        if name in ("practice", "prompt"):
            config = {key: value for key, value in config.items() if key not in ANSWERS_ONLY}
        if name == "practice":
            config |= {"takes": [], "takes_left": None}
        if name == "prompt":
            config |= {"next_url": None, "takes_left": None}
        html = render_to_string(
            "standin_prompt.html" if name == "prompt" else f"candidate/{name}/page.html",
            {
                "organization": SimpleNamespace(name="Kestrel Housing", accent="", slug="kestrel"),
                "config": config,
                "strings": strings,
                "words": question_words(
                    answer_limit_s=self.limits["answer_limit_s"], think_limit_s=self.limits["think_limit_s"]
                ),
                "ticks": ["done", "now", "", ""],
                "place": 2,
                "of": 4,
                "leave_url": "/leave",
                "practice_url": "/practice",
                "next_url": "/next",
            },
            request=_as_django_sees_it(request),
        )
        if self.language_dir == "rtl":
            html = html.replace('dir="ltr"', 'dir="rtl"', 1)
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        header = "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())
        return HTMLResponse(html, headers={"Content-Security-Policy": header})

    # Takes

    async def _open(self, request: Request) -> Response:
        asked = await request.json()
        take = next((take for take in self.takes if take.client_key == asked["client_key"]), None)
        if take is None:
            if self.is_over:
                return _refused("closed", "The time to answer is over.")
            if self.takes_left == 0:
                return _refused("no_takes_left", "There is no take left for this question.")
            take = Take(len(self.takes) + 1, asked["client_key"], asked["mime"], asked["kind"])
            take.spoiled, self.spoil_next = self.spoil_next, False
            self.takes.append(take)
            self._add_segment(take, 1, asked["client_key"], asked["mime"])
        return JSONResponse(
            {
                "take": take.id,
                "number": take.number,
                "takes_left": self.takes_left,
                "upload": _way_in(take.segments[0]),
                "take_url": f"/takes/{take.id}",
                "max_bytes": 2**31,
            },
            201,
        )

    def _add_segment(self, take: Take, number: int, key: str, mime: str) -> Segment:
        segment = Segment(number, key, self.folder / f"{uuid.uuid4().hex}.part", mime)
        take.segments.append(segment)
        return segment

    async def _segments(self, request: Request) -> Response:
        take, asked = self._find(request), await request.json()
        segment = next((one for one in take.segments if one.number == asked["number"]), None)
        if segment and segment.key != asked["key"]:
            return _refused("segment_taken", "")
        if take.finished and (segment is None or segment.closed):
            return _refused("taken_over", "")
        if segment is None:
            if asked["number"] != len(take.segments) + 1:
                return _refused("segment_gap", "")
            segment = self._add_segment(take, asked["number"], asked["key"], asked["mime"])
        answer = {"number": segment.number, "upload": _way_in(segment), "max_bytes": 2**31}
        return JSONResponse(answer, 201)

    async def _finish(self, request: Request) -> Response:
        take, asked = self._find(request), await request.json()
        told = asked.get("segments", [{"number": 1, **{key: asked.get(key) for key in ("bytes", "duration_ms")}}])
        by_number = {one["number"]: one for one in told}
        if not by_number.keys() <= {segment.number for segment in take.segments}:
            return _refused("unknown_segment", "")
        if take.finished and any((by_number.get(one.number) or {}).get("bytes") != one.bytes for one in take.segments):
            return _refused("taken_over", "")
        for segment in take.segments:
            one = by_number.get(segment.number, {})
            segment.duration_ms = one.get("duration_ms")
            segment.bytes = one.get("bytes")
            if segment.bytes is None:
                segment.bytes, segment.closed = segment.offset, True
        take.duration_ms, take.finished = asked["duration_ms"], True
        return JSONResponse(self._describe(take))

    async def _fault(self, request: Request) -> Response:
        take, asked = self._find(request), await request.json()
        take.noted.append(asked)
        return JSONResponse({"takes_left": self.takes_left, "words": self.comfort})

    async def _set(self, request: Request) -> Response:
        changes = await request.json()
        self.settings |= changes
        times = {"half_more": 1.5, "double": 2}
        limit = round(180 * times.get(self.settings["answer_time"], 1))
        if "answer_time" in changes:
            self.limits["answer_limit_s"] = None if changes["answer_time"] == "unlimited" else limit
        return JSONResponse({"settings": self.settings, "answer_limit_s": self.limits["answer_limit_s"]})

    async def _uplink(self, request: Request) -> Response:
        body = await request.body()
        await self._crawl(body)
        return JSONResponse({"bytes": len(body)})

    async def _crawl(self, body: bytes) -> None:
        """A slow line, as far as the sender can tell."""
        if self.bytes_per_s:
            await asyncio.sleep(len(body) / self.bytes_per_s)

    async def _state(self, request: Request) -> Response:
        take = self._find(request)
        if take.state != "receiving":
            take.asked_since_complete += 1
        return JSONResponse(self._describe(take))

    async def _choose(self, request: Request) -> Response:
        chosen = self._find(request)
        for take in self.takes:
            take.chosen = take is chosen
        return JSONResponse(self._describe(chosen))

    def _describe(self, take: Take) -> dict[str, Any]:
        playback = {"url": f"/d/{take.id}", "mime": take.mime, "poster": None} if take.state == "ready" else None
        failure = {"code": "nothing_playable", "words": "This take cannot be played. Please record it again."}
        return {
            "take": take.id,
            "number": take.number,
            "state": take.state,
            "offset": take.offset,
            "bytes": take.bytes,
            "duration_ms": take.duration_ms,
            "chosen": take.chosen,
            "playback": playback,
            "failure": failure if take.state == "failed" else None,
            "finished": take.finished,
            "device": take.client_key,
            "safe_ms": take.duration_ms,
            "segments": [
                {key: getattr(segment, key) for key in ("number", "offset", "bytes", "duration_ms", "key", "closed")}
                for segment in take.segments
            ],
        }

    def _find(self, request: Request) -> Take:
        return next(take for take in self.takes if take.id == request.path_params["take"])

    # Bytes

    async def _upload(self, request: Request) -> Response:
        every = (segment for take in self.takes for segment in take.segments)
        segment = next(one for one in every if one.id == request.path_params["upload"])
        if request.headers.get("authorization") != f"Bearer {segment.token}":
            return Response(status_code=401)
        if segment.closed:
            return Response(status_code=404)
        if request.method == "HEAD":
            return Response(headers=_tus(segment.offset))
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)
        await self._crawl(body)
        if int(request.headers["upload-offset"]) != segment.offset:
            return Response(status_code=409, headers=_tus(segment.offset))
        method, digest = request.headers["upload-checksum"].split()
        assert method == "sha256"
        if base64.b64encode(hashlib.sha256(body).digest()).decode() != digest:
            return Response(status_code=460, headers=_tus(segment.offset))
        with segment.path.open("ab") as file:
            file.write(body)
        return Response(status_code=204, headers=_tus(segment.offset))

    async def _download(self, request: Request) -> Response:
        """The first segment stands for the joined ones."""
        segment = next(one for one in self._find(request).segments if one.offset)
        return FileResponse(segment.path, media_type=segment.mime.split(";")[0])

    # Faults

    def _guarded(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        async def guarded(request: Request) -> Response:
            wanted = next((f for f in self.faults if f.method == request.method and f.path in request.url.path), None)
            if wanted is None:
                response = await endpoint(request)
            else:
                self.faults.remove(wanted)
                if wanted.after_storing:
                    await endpoint(request)
                response = JSONResponse(wanted.body, wanted.status) if wanted.body else Response(None, wanted.status)
            self.requests.append((request.method, request.url.path, response.status_code))
            return response

        return guarded

    def _app(self) -> Starlette:
        guard = self._guarded
        return Starlette(
            routes=[
                Route("/takes", guard(self._open), methods=["POST"]),
                Route("/takes/{take}", guard(self._state)),
                Route("/takes/{take}/finish", guard(self._finish), methods=["POST"]),
                Route("/takes/{take}/segments", guard(self._segments), methods=["POST"]),
                Route("/takes/{take}/fault", guard(self._fault), methods=["POST"]),
                Route("/takes/{take}/choose", guard(self._choose), methods=["POST"]),
                Route("/settings", guard(self._set), methods=["POST"]),
                Route("/uplink", guard(self._uplink), methods=["POST"]),
                Route("/u/{upload}", guard(self._upload), methods=["HEAD", "PATCH"]),
                Route("/d/{take}", self._download),
                Route("/prompt.webm", lambda request: FileResponse(SAMPLES / "chromium-10s-vp8-opus.webm")),
                Route("/next", lambda request: HTMLResponse("<!doctype html><title>The next page</title>")),
                Route("/leave", lambda request: HTMLResponse("<!doctype html><title>Left</title>")),
                Mount("/static", StaticFiles(directory=STATIC)),
                Route("/{name}", self._page),
            ]
        )


def _as_django_sees_it(request: Request) -> HttpRequest:
    """With as much of an interview as the pages' frame asks for."""
    seen = RequestFactory().get("/", headers={"host": request.url.netloc})
    seen.interview = SimpleNamespace(clock_stopped_at=None)  # type: ignore[attr-defined]
    seen.resolver_match = SimpleNamespace(kwargs={"token": "a-link"})  # type: ignore[assignment]
    return seen


def _refused(code: str, words: str) -> Response:
    return JSONResponse({"error": {"code": code, "words": words}}, 409)


def _way_in(segment: Segment) -> dict[str, str]:
    return {"url": f"/u/{segment.id}", "token": segment.token}


def _tus(offset: int) -> dict[str, str]:
    return {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), "Cache-Control": "no-store"}
