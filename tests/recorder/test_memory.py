"""Half an hour of recording needs no more memory than its beginning.

The parts of 30 minutes are handed out in a minute: the browser's recorder is replaced by one that has them all ready.
No real one is so far ahead of the line, so the page is looked at where it has brought up what it was given: what it
holds then, it holds for good.
"""

from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import CDPSession, Page

from tests.recorder.driving import begin, kept_on_device, press, until, wait_until_saved
from tests.recorder.standin import Standin

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

PARTS = 30 * 60
PART_BYTES = 150_000
"""A second at 1.2 Mbit/s."""

QUICK_RECORDER = """
window.MediaRecorder = class extends EventTarget {
  static isTypeSupported() { return true; }
  state = "inactive";
  mimeType = "video/webm;codecs=vp8,opus";
  start() {
    this.state = "recording";
    this.dispatchEvent(new Event("start"));
    this.timer = setInterval(() => this.handOut(), 30);
  }
  handOut() {
    if (this.state !== "recording") return;
    const is_wanted = window.handedOut < window.wanted;
    // A recorder that hands out nothing for 5 s is taken for broken: a byte a second says that this one is not.
    if (!is_wanted && performance.now() - this.last < 1000) return;
    this.last = performance.now();
    window.handedOut += is_wanted;
    const bytes = new Uint8Array(is_wanted ? PART_BYTES : 1);
    for (let at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob([bytes], { type: this.mimeType }) }));
  }
  requestData() {}
  pause() { this.state = "paused"; }
  resume() { this.state = "recording"; }
  stop() {
    clearInterval(this.timer);
    this.state = "inactive";
    this.dispatchEvent(new Event("stop"));
  }
};
window.handedOut = 0;
window.wanted = 0;
""".replace("PART_BYTES", str(PART_BYTES))


def test_thirty_minutes_need_no_more_memory_than_five(open_page: Callable[..., Page], standin: Standin) -> None:
    standin.limits["answer_limit_s"] = None
    page = open_page("leave")
    page.add_init_script(QUICK_RECORDER)
    page.goto(f"{standin.url}/question")
    session = page.context.new_cdp_session(page)
    begin(page)
    used = []
    for part in range(PARTS // 6, PARTS + 1, PARTS // 6):
        page.evaluate("(part) => void (window.wanted = part)", part)
        until(page, lambda part=part: standin.takes[-1].offset >= part * PART_BYTES, seconds=120)
        until(page, lambda: kept_on_device(page)["parts"] <= 1)
        used.append(held(page, session))
    press(page, "Stop")
    wait_until_saved(page)

    assert page.evaluate("handedOut") == PARTS
    usual = median(used)
    assert all(0.8 * usual <= bytes_held <= 1.2 * usual for bytes_held in used), used


def held(page: Page, session: CDPSession) -> int:
    """What is left when the browser has had time to let go: it does so when it likes, and not all at once."""
    found = []
    for _ in range(8):
        found.append(memory(session))
        page.wait_for_timeout(250)
    return min(found)


def memory(session: CDPSession) -> int:
    """Bytes that the page holds: objects, buffers, and what the browser keeps for them."""
    session.send("HeapProfiler.collectGarbage")
    found = session.send("Runtime.getHeapUsage")
    return int(found["usedSize"] + found["embedderHeapUsedSize"] + found["backingStorageSize"])
