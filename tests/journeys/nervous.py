"""A candidate whose browser, tab and device fail, and who comes back each time and goes on."""

import base64
import contextlib
import json
import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browsers import USUAL

WITNESS = Path(__file__).with_name("witness.js")
BACK_WITHIN_S = 120

# What a person presses to get on with recording, the first that can be seen.
GO_ON = ("I am ready", "Go on", "Record", "Try again", "Show where it stands", "Record again")
SECONDS = re.compile(r"(\d+):(\d\d)")


class Candidate:
    """Goes from question to question at `address`. Remembers what was on the device, and what the page called safe."""

    def __init__(self, playwright: Playwright, address: str, profile: Path, devices_folder: Path) -> None:
        self._playwright = playwright
        self._address = address
        self._profile = profile
        self._devices = devices_folder
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._place = 1
        self._take = ""
        self._parts: dict[str, dict[int, bytes]] = {}
        self._keys: dict[str, str] = {}
        self._claims: dict[str, int] = {}
        self.returns = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_browser()

    # What a person does

    def bring_to_recording(self) -> None:
        """From wherever things stand, until a recording runs."""
        self._until(self._is_recording)

    def talk(self, seconds: float) -> None:
        """Time goes by. The page is watched meanwhile for what it calls safe."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read_claim()
            if self._page is None:
                time.sleep(0.1)
            else:
                with contextlib.suppress(Error):
                    self._page.wait_for_timeout(100)

    def end_take(self) -> None:
        """Stops, waits until the server has it, keeps it, and goes to the next question."""
        self._until(lambda page: self._keep(page) or self._finish(page))
        self._place = self._place % 4 + 1

    def bring_all_home(self) -> None:
        """Visits each question until nothing of it waits on the device."""
        for place in range(1, 5):
            self._place = place
            self._until(lambda page: self._keep(page) or self._finish(page))

    # What goes wrong

    def reload(self) -> None:
        with contextlib.suppress(Error):
            self._page_at_its_place().reload(wait_until="commit", timeout=5000)

    def close_tab(self) -> None:
        page, self._page = self._page, None
        if page:
            with contextlib.suppress(Error):
                page.close(run_before_unload=False)

    def crash_tab(self) -> None:
        page = self._page
        if page and self._context:
            with contextlib.suppress(Error):
                page.goto("chrome://crash", timeout=2000)
        self.close_tab()

    def kill_browser(self) -> None:
        """kill -9 to every process of the browser."""
        self._page = self._context = None
        mark = f"--user-data-dir={self._profile}"
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if mark in (folder / "cmdline").read_bytes().decode().split("\0"):
                    os.kill(int(folder.name), signal.SIGKILL)

    def fill_device(self) -> None:
        self._allow_storage(quotaSize=1)

    def clear_device(self) -> None:
        self._allow_storage()

    # What has to be there afterwards

    def losses(self, segments: dict[str, str], takes: dict[str, Any], store: Path) -> list[str]:
        """What was on the device or called safe, and is not on the server.

        `segments` names the file of each by the key from the device, `takes` says how many milliseconds each take has.
        """
        lost = []
        for name, parts in self._parts.items():
            file = store / segments.get(self._keys[name], "missing")
            kept = file.read_bytes() if file.is_file() else b""
            for start, part in parts.items():
                if kept[start : start + len(part)] != part:
                    lost.append(f"segment {name}: {len(part)} bytes at {start}, the server has {len(kept)}, or others")
        for take, seconds in self._claims.items():
            length_ms = takes.get(take, {}).get("duration_ms") or 0
            if length_ms < seconds * 1000 - 1000:
                lost.append(f"take {take}: {seconds} s were called safe, it is {length_ms} ms long")
        return lost

    @property
    def kept_bytes(self) -> int:
        return sum(len(part) for parts in self._parts.values() for part in parts.values())

    def account(self) -> str:
        claimed = sum(self._claims.values())
        return (
            f"{len(self._claims)} takes, {len(self._parts)} segments, {self.kept_bytes} bytes on the device, "
            f"{claimed} s called safe, {self.returns} returns"
        )

    # How

    def _until(self, done: Callable[[Page], bool]) -> None:
        """Tries for as long as a person would, through pages that do not open and browsers that are gone."""
        end = time.monotonic() + BACK_WITHIN_S
        while True:
            assert time.monotonic() < end, f"no way on from here:\n{self._seen()}"
            try:
                page = self._page_at_its_place()
                self._read_claim()
                if done(page):
                    return
                page.wait_for_timeout(100)
            except Error:
                time.sleep(0.2)

    def _page_at_its_place(self) -> Page:
        if self._context is None:
            self._context = self._launch()
        address = f"{self._address}/{self._place}/"
        if self._page is None or self._page.is_closed():
            self._page = self._context.new_page()
            self._page.on("dialog", lambda dialog: dialog.accept())
            self._page.set_default_timeout(5000)
            self.returns += 1
        if self._page.url != address or not self._page.locator("bw-question").count():
            self._page.goto(address, wait_until="load", timeout=10_000)
        return self._page

    def _launch(self) -> BrowserContext:
        for lock in self._profile.glob("Singleton*"):
            lock.unlink()
        context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=shutil.which("chromium"),
            viewport={"width": 390, "height": 844},
            args=[
                *USUAL,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={self._devices / 'camera.mjpeg'}",
                f"--use-file-for-fake-audio-capture={self._devices / 'speech.wav'}",
            ],
        )
        context.expose_function("onDevice", self._hear)
        context.add_init_script(path=WITNESS)
        return context

    def _hear(self, said: str) -> None:
        told = json.loads(said)
        if take := told.get("take"):
            self._take = take["key"]
            for segment in take["segments"]:
                name = take["key"] if segment["slot"] == 1 else f"{take['key']}/{segment['slot']}"
                self._keys[name] = take["key"] if segment["number"] == 1 else segment["key"]
        if part := told.get("part"):
            self._parts.setdefault(part["name"], {})[part["start"]] = base64.b64decode(part["bytes"])

    def _read_claim(self) -> None:
        """What the page says is on the server, of the take that it shows."""
        if self._page is None or not self._take:
            return
        with contextlib.suppress(Error):
            if not self._sees(self._page, "Stop"):
                return
            words = self._page.locator("[data-text=safe]:visible").first.inner_text(timeout=500)
            if found := SECONDS.search(words):
                seconds = int(found[1]) * 60 + int(found[2])
                self._claims[self._take] = max(self._claims.get(self._take, 0), seconds)

    @staticmethod
    def _sees(page: Page, name: str) -> bool:
        return page.get_by_role("button", name=name, exact=True).is_visible()

    def _press_one_of(self, page: Page, names: tuple[str, ...]) -> None:
        """Presses the first that can be seen."""
        for name in names:
            if self._sees(page, name):
                return page.get_by_role("button", name=name, exact=True).click()

    def _is_recording(self, page: Page) -> bool:
        """One step towards a recording, if there is none yet."""
        if self._sees(page, "Stop"):
            return True
        self._press_one_of(page, GO_ON)
        return False

    @staticmethod
    def _keep(page: Page) -> bool:
        """Keeps what the server has. Whether there was something to keep."""
        keep = page.get_by_role("button", name=re.compile("^(Keep it|Use take)"))
        if not keep.is_visible():
            return False
        keep.click()
        return True

    def _finish(self, page: Page) -> bool:
        """One step towards an ended take. Whether there is none to end: no take, or too little for one."""
        self._press_one_of(page, ("Stop", "Keep what is there"))
        may_begin = self._sees(page, "Record") or self._sees(page, "Record again")
        return may_begin and not self._sees(page, "Keep what is there")

    def _allow_storage(self, **quota: int) -> None:
        if self._page is None:
            return
        with contextlib.suppress(Error):
            session = self._page.context.new_cdp_session(self._page)
            session.send("Storage.overrideQuotaForOrigin", {"origin": self._address.partition("/i/")[0], **quota})

    def _seen(self) -> str:
        with contextlib.suppress(Error):
            if self._page:
                return f"{self._page.url}\n{self._page.locator('body').inner_text(timeout=1000)}"
        return "no page"
