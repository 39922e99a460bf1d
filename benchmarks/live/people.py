"""People in a room, in browsers with a drawn camera: how long until they see one another, and what it costs.

Beside the room, in the same browser, pages with nothing but RTCPeerConnections (`bare.js`), with the same camera and
the same limits.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.processor import cpu_seconds
from bothways.live.transports import MeshTransport
from tests.browsers import start_chromium
from tests.product import Product
from tests.recorder.driving import press, until, wait_for
from tests.web.live.calling import ARGUMENTS

PATIENCE_MS = 60_000
JOINS = 5
SETTLE_MS = 10_000
"""Encoders begin low and rise."""
LOOK_MS = 10_000
CAMERA = {"width": {"ideal": 1280}, "height": {"ideal": 720}, "frameRate": {"ideal": 30, "max": 30}}
"""What the room asks for (`static/bothways/live/own.js`)."""
BARE = (Path(__file__).parent / "bare.js").read_text()
EMPTY = "<!doctype html><html lang=en><title>Bare</title>"
OPEN_WINDOW = "() => void open('/bare', '', 'popup,width=1280,height=800')"
OTHERS = {"room": ".seat:not(.own) video[data-part=picture]", "bare": "video.other"}

FIRST_PICTURE = """
addEventListener("click", ({ target }) => {
  if (target.closest("button")?.textContent.trim() === "Go in") window.began = performance.now();
}, true);
new MutationObserver(() => {
  for (const video of document.querySelectorAll(".seat:not(.own) video[data-part=picture]:not([data-watched])")) {
    video.dataset.watched = "";
    video.requestVideoFrameCallback((shown) => (window.first_ms ??= shown - window.began));
  }
}).observe(document, { childList: true, subtree: true });
"""
SHOWN = """(others) => [...document.querySelectorAll(others)].map((video) =>
  [video.getVideoPlaybackQuality().totalVideoFrames, video.videoHeight])"""


class People:
    def __init__(self, playwright: Playwright, product: Product, filled: dict[str, Any]) -> None:
        self._browser: Browser = start_chromium(playwright, *ARGUMENTS)
        self._product, self._rooms, self._sessions = product, filled["talks"], filled["hosts"]

    def joins(self) -> dict[str, Any]:
        """Median ms from pressing Go in until the first picture of the other one is shown, and the signals it takes."""
        signals: list[str] = []

        def listen(page: Page) -> None:
            page.on("websocket", lambda line: line.on("framesent", lambda text: signals.append(str(text))))

        host, candidate = self._in_room(0, 2, listen)
        self._await_others((host, candidate), OTHERS["room"])
        in_room, said = [], []
        for _ in range(JOINS):
            host.reload()
            signals.clear()
            in_room.append(self._first_ms(host, lambda: press(host, "Go in")))
            host.wait_for_timeout(2_000)
            said.append(sum('"signal"' in text for text in signals))
        self._leave()
        _here, there = self._bare(2)
        bare = []
        for _ in range(JOINS):
            there.reload()
            bare.append(self._first_ms(there, lambda: self._begin_bare(there, "1", ["0"], 2)))
        self._leave()
        ours, least = median(in_room), median(bare)
        spread = {"slowest_ms": round(max(in_room)), "bare_slowest_ms": round(max(bare))}
        return {
            "median_ms": round(ours), "bare_ms": round(least), "ratio": round(ours / least, 2), **spread,
            "signals": median(said),
        }  # fmt: skip

    def costs(self, people: int) -> dict[str, Any]:
        """Processors for each of so many people, everything that browsers do for it; and what came of it."""
        [pid] = self._product.pids("web")
        before = cpu_seconds(pid)
        ours = self._looked_at(self._in_room(people - 1, people), OTHERS["room"])
        server = (cpu_seconds(pid) - before) / people
        self._leave()
        bare = self._looked_at(self._bare(people), OTHERS["bare"])
        self._leave()
        return {
            "room": ours,
            "bare": bare,
            "ratio": round(ours["cpu"] / bare["cpu"], 2),
            "server_cpu_s": round(server, 2),
        }

    def _looked_at(self, pages: Sequence[Page], others: str) -> dict[str, float]:
        self._await_others(pages, others)
        pages[0].wait_for_timeout(SETTLE_MS)
        shown, spent = [page.evaluate(SHOWN, others) for page in pages], self._cpu_s()
        pages[0].wait_for_timeout(LOOK_MS)
        spent, later = self._cpu_s() - spent, [page.evaluate(SHOWN, others) for page in pages]
        each = [
            (now[0] - then[0], now[1])
            for was, is_ in zip(shown, later, strict=True)
            for then, now in zip(was, is_, strict=True)
        ]
        return {
            "cpu": round(spent / (LOOK_MS / 1000) / len(pages), 3),
            "pictures_per_s": round(sum(frames for frames, _ in each) / len(each) / (LOOK_MS / 1000), 1),
            "height": median(height for _, height in each),
        }

    def _await_others(self, pages: Sequence[Page], others: str) -> None:
        for page in pages:
            until(page, lambda page=page: _shows(page, others, len(pages) - 1), PATIENCE_MS / 1000, "all the others")

    def _in_room(self, room: int, people: int, then: Callable[[Page], None] = lambda page: None) -> list[Page]:
        """So many people in a room: hosts, and the candidate as the second one."""
        host = self._page(self._sessions[0])
        candidate, *others = (self._page(session) for session in ("", *self._sessions[1 : people - 1]))
        for page in (host, candidate, *others):
            then(page)
        address = f"/live/{self._rooms[room]['room']}/"
        for page, at in ((host, address), (candidate, f"/i/{self._rooms[room]['token']}/room/")):
            page.goto(at)
            press(page, "Go in")
        press(host, "Let in")
        for page in others:
            page.goto(address)
            press(page, "Go in")
        return [host, candidate, *others]

    def _bare(self, people: int) -> list[Page]:
        context = self._context()
        context.route("**/bare", lambda route: route.fulfill(body=EMPTY, content_type="text/html"))
        opener = context.new_page()
        opener.goto("/bare")
        names = [str(number) for number in range(people)]
        pages = []
        for name in names:
            # Windows, because a tab behind another draws no pictures; of one context, because they share a channel.
            with opener.expect_popup() as opened:
                opener.evaluate(OPEN_WINDOW)
            pages.append(opened.value)
            self._begin_bare(opened.value, name, names[: int(name)], people)
        return pages

    def _begin_bare(self, page: Page, me: str, others: list[str], people: int) -> None:
        caps = MeshTransport().caps(people)
        scaled = CAMERA["height"]["ideal"] / caps["height"]
        encoding = {"maxBitrate": caps["bitrate"], "maxFramerate": caps["fps"], "scaleResolutionDownBy": scaled}
        page.evaluate(BARE, {"me": me, "others": others, "camera": CAMERA, "encoding": encoding})

    def _first_ms(self, page: Page, go_in: Callable[[], None]) -> float:
        go_in()
        wait_for(page, "window.first_ms !== undefined", PATIENCE_MS / 1000)
        return float(page.evaluate("window.first_ms"))

    def _page(self, session: str) -> Page:
        context = self._context()
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self._product.base_url}])
        context.add_init_script(FIRST_PICTURE)
        return context.new_page()

    def _context(self) -> BrowserContext:
        view = {"width": 1280, "height": 800}
        context = self._browser.new_context(
            base_url=self._product.base_url, permissions=["camera", "microphone"], viewport=view
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def _leave(self) -> None:
        for context in self._browser.contexts:
            context.close()

    def _cpu_s(self) -> float:
        session = self._browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        session.detach()
        return float(sum(process["cpuTime"] for process in processes))


def _shows(page: Page, others: str, many: int) -> bool:
    shown = page.evaluate(SHOWN, others)
    return len(shown) == many and all(height > 0 for _, height in shown)
