"""A candidate in a real browser, watched with a stopwatch."""

import json
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.journeys.line import GOOD, Line

# A phone on a slow line: 1.6 Mbit/s, 150 ms there and back, a processor four times slower.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER_BY = 4

# Only what must be: the camera that the recorder asks for and the recorder of the browser.
BARE = """
async (ms) => {
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  const recorder = new MediaRecorder(stream, {
    mimeType: ["avc1.42E01F,mp4a.40.2", "avc1.42E01F,opus"]
      .map((codecs) => `video/mp4;codecs=${codecs}`)
      .find((type) => MediaRecorder.isTypeSupported(type)),
    videoBitsPerSecond: 1_200_000,
    videoKeyFrameIntervalDuration: 1000,
  });
  recorder.start(1000);
  await new Promise((resolve) => setTimeout(resolve, ms));
  recorder.stop();
  stream.getTracks().forEach((track) => track.stop());
}
"""


class Person:
    def __init__(self, playwright: Playwright, chromium: str, folder: Path, link: str) -> None:
        self._link = link
        self._browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={folder / 'camera.mjpeg'}",
                f"--use-file-for-fake-audio-capture={folder / 'speech.wav'}",
            ],
        )
        self._context = self._new_context()
        self._place = 0

    def agree(self) -> None:
        page = self._context.new_page()
        page.goto(self._link + "consent/")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Go on", exact=True).click()
        page.wait_for_url("**/check/**")
        page.close()

    def bytes_a_minute(self, line: Line, uplink: int, seconds: float, voice: bool = False) -> float:
        """What goes towards the server for a minute, everything included, when the line is known to carry `uplink`."""
        page = self._open(uplink)
        line.condition = GOOD
        before = line.carried
        self._record(page, seconds, voice)
        self._stop(page)
        page.close()
        return (line.carried - before) * 60 / seconds

    def wait_after_stop(self, uplink: int, seconds: float) -> float:
        page = self._open(uplink)
        self._record(page, seconds)
        begun = time.monotonic()
        self._stop(page)
        page.close()
        return time.monotonic() - begun

    def cpu_share(self, seconds: float) -> float:
        """Processors that all of the browser uses while it records."""
        page = self._open(5_000_000)
        self._record(page, 0)
        used = self._cpu_s()
        page.wait_for_timeout(seconds * 1000)
        share = (self._cpu_s() - used) / seconds
        self._stop(page)
        page.close()
        return share

    def bare_cpu_share(self, seconds: float) -> float:
        page = self._context.new_page()
        page.goto(self._link + "help/")
        used = self._cpu_s()
        page.evaluate(BARE, seconds * 1000)
        share = (self._cpu_s() - used) / seconds
        page.close()
        return share

    def ready_after(self) -> float:
        """Seconds from the address of the first question until its Record button works; nothing is in the cache."""
        context = self._new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_BY})
        begun = time.monotonic()
        page.goto(self._link + "questions/1/", wait_until="commit")
        expect(page.locator("body:not([data-undrawn])")).to_be_attached(timeout=60_000)
        expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
        ready_s = time.monotonic() - begun
        context.close()
        return ready_s

    def _new_context(self) -> BrowserContext:
        return self._browser.new_context(viewport={"width": 390, "height": 844})

    def _open(self, uplink: int) -> Page:
        """The next question, on a device that has seen what its line carries."""
        self._place = self._place % 4 + 1
        page = self._context.new_page()
        known: dict[str, Any] = {"uplink": {"bits_per_s": uplink, "at": int(time.time() * 1000)}}
        page.goto(self._link + "help/")
        page.evaluate("(known) => localStorage.setItem('bothways.recorder', known)", json.dumps(known))
        page.goto(f"{self._link}questions/{self._place}/")
        return page

    def _record(self, page: Page, seconds: float, voice: bool = False) -> None:
        if voice:
            page.get_by_role("button", name="Voice only", exact=True).click()
        again = page.get_by_role("button", name="Record again", exact=True)
        record = page.get_by_role("button", name="Record", exact=True)
        expect(record.or_(again)).to_be_visible()
        (again if again.is_visible() else record).click()
        page.get_by_role("button", name="I am ready", exact=True).click()
        page.wait_for_timeout(seconds * 1000)

    def _stop(self, page: Page) -> None:
        """Presses Stop and waits until the server can play it."""
        page.get_by_role("button", name="Stop", exact=True).click()
        expect(page.get_by_role("button", name="Record again", exact=True)).to_be_visible(timeout=300_000)

    def _cpu_s(self) -> float:
        session = self._browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        session.detach()
        return sum(process["cpuTime"] for process in processes)
