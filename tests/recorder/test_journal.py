"""The journal of parts on the device, called directly in a browser."""

import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import (
    begin,
    digest_of_recording,
    go_on,
    kept_on_device,
    press,
    shown,
    until,
    wait_for_parts,
    wait_until_saved,
)
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium

# Reads and writes at once, as the upload and the recording do. The answer holds what each read gave, in bytes.
BOTH_AT_ONCE = """
async ({ rounds, refuse }) => {
  const nothing = { from_ms: 0, bytes: 0, duration_ms: 0, safe_bytes: 0 };
  const segment = (slot) => ({ slot, number: slot, key: "", mime: "", ...nothing });
  const beginning = (key) => ({
    key, place: "here", kind: "video", started_at: 0, take: null, after: 0, ended: false, duration_ms: 0, safe_ms: 0,
    segments: [segment(1), segment(2)],
  });
  const { openJournal } = await import("/static/bothways/recorder/parts.js");
  if (refuse === "database") IDBFactory.prototype.open = () => { throw new DOMException("", "SecurityError"); };
  const journal = await openJournal();
  if (refuse === "part") IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
  const key = crypto.randomUUID();
  await journal.note(beginning(key));
  let offset = 0;
  for (let round = 0; round < rounds; round += 1) {
    const early = journal.read(key, 2, offset, 1000);
    const written = journal.append(key, 2, "", new ArrayBuffer(10), round);
    const late = journal.read(key, 2, offset, 1000);
    const read = [await early, await late].filter(Boolean).map((piece) => piece.size);
    if (read.some((size) => size !== 10)) throw new Error(`read ${read}`);
    await written;
    offset += (await journal.read(key, 2, offset, 1000)).size;
    await journal.acknowledge(key, 2, offset);
  }
  return offset;
}
"""


@pytest.mark.parametrize("refuse", ["", "part", "database"])
def test_reading_while_a_part_is_being_written_loses_nothing(open_page: Callable[..., Page], refuse: str) -> None:
    page = open_page("leave")
    assert page.evaluate(BOTH_AT_ONCE, {"rounds": 50, "refuse": refuse}) == 500


# What version 1 of the journal kept: one take, its parts, no segments.
LEAVE_VERSION_1 = """
(parts) => new Promise((resolve, reject) => {
  const asked = indexedDB.open("bothways", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("takes", { keyPath: "key" });
    asked.result.createObjectStore("parts", { keyPath: ["take", "start"] });
  };
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const stores = asked.result.transaction(["takes", "parts"], "readwrite");
    const bytes = parts * 1000;
    stores.objectStore("takes").put({
      key: "0b5c1a52-5f9c-4b7e-8f0e-3f3f4d3a2b11", place: "/takes", kind: "video", mime: "video/webm;codecs=vp8,opus",
      started_at: Date.now() - 60000, bytes, duration_ms: parts * 1000, safe_ms: 0,
    });
    for (let part = 0; part < parts; part += 1) {
      stores.objectStore("parts").put({
        take: "0b5c1a52-5f9c-4b7e-8f0e-3f3f4d3a2b11", start: part * 1000, end: part * 1000 + 1000,
        at_ms: part * 1000 + 1000, bytes: new Uint8Array(1000).fill(part).buffer,
      });
    }
    stores.oncomplete = () => (asked.result.close(), resolve());
  };
})
"""


def test_what_the_first_version_kept_is_found_and_goes_up(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.evaluate(LEAVE_VERSION_1, 5)
    page.goto(f"{standin.url}/question")
    expect(shown(page, "We found your answer.")).to_be_visible()
    expect(shown(page, "of 0:05")).to_be_visible()
    press(page, "Keep what is there")
    wait_until_saved(page)
    assert standin.takes[0].content == b"".join(bytes([part]) * 1000 for part in range(5))
    assert kept_on_device(page) == {"takes": 0, "parts": 0}


def test_a_new_segment_follows_what_the_first_version_kept(open_page: Callable[..., Page], standin: Standin) -> None:
    page = open_page("leave")
    page.evaluate(LEAVE_VERSION_1, 3)
    page.goto(f"{standin.url}/question")
    go_on(page)
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)
    first, second = standin.takes[0].segments
    assert first.offset == 3000
    assert second.offset == digest_of_recording(page)["bytes"]
    assert (standin.takes[0].duration_ms or 0) > 4000


def test_a_database_that_never_answers_is_done_without(open_page: Callable[..., Page], standin: Standin) -> None:
    """Some Safaris leave the first request of a page hanging."""
    page = open_page("leave")
    page.add_init_script("IDBFactory.prototype.open = () => new EventTarget()")
    page.goto(f"{standin.url}/question")
    begin(page)
    expect(shown(page, "This browser does not let us keep your answer on the device.")).to_be_visible()
    wait_for_parts(page, 2)
    press(page, "Stop")
    wait_until_saved(page)


def test_a_dropped_connection_to_the_database_is_opened_anew(page: Page, standin: Standin) -> None:
    """iPhones take the database from pages in the background; the first use afterwards fails."""
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    wait_for_parts(page, 2)
    page.evaluate(
        """() => {
          const transaction = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function (...given) {
            window.first ??= this;
            if (this === window.first) throw new DOMException("", "InvalidStateError");
            return transaction.apply(this, given);
          };
        }"""
    )
    wait_for_parts(page, 5)
    expect(shown(page, "This browser does not let us keep your answer on the device.")).to_be_hidden()
    standin.faults.clear()
    press(page, "Stop")
    wait_until_saved(page)
    recorded = digest_of_recording(page)
    assert hashlib.sha256(standin.takes[0].content).hexdigest() == recorded["sha256"]


FILL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (window.is_full) throw new DOMException("", "QuotaExceededError");
    return put.apply(this, given);
  };
}"""

# Takes something out of the journal, as a device that failed might have.
DAMAGE = """([lost, bytes]) => new Promise((resolve) => {
  const asked = indexedDB.open("bothways");
  asked.onsuccess = () => {
    const stores = asked.result.transaction(["takes", "parts"], "readwrite");
    const parts = stores.objectStore("parts").getAllKeys();
    parts.onsuccess = () => parts.result.slice(...lost).forEach((key) => stores.objectStore("parts").delete(key));
    const takes = stores.objectStore("takes").getAll();
    takes.onsuccess = () => {
      const [entry] = takes.result;
      if (bytes !== null) Object.assign(entry.segments[0], { bytes, safe_bytes: 0 });
      stores.objectStore("takes").put(entry);
    };
    stores.oncomplete = () => (asked.result.close(), resolve());
  };
})"""


def killed(page: Page, standin: Standin) -> Page:
    """The tab is gone; another one, on a page without a recorder."""
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(f"{standin.url}/leave")
    return again


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_device_that_has_room_again_takes_what_did_not_fit(page: Page, standin: Standin) -> None:
    standin.fail("PATCH", *[503] * 500)
    page.evaluate(FILL)
    begin(page)
    wait_for_parts(page, 2)
    page.evaluate("window.is_full = true; undefined")
    expect(shown(page, "This browser does not let us keep your answer on the device.")).to_be_visible(timeout=15_000)
    wait_for_parts(page, 5)
    page.evaluate("window.is_full = false; undefined")
    wait_for_parts(page, 8)
    handed_out = page.evaluate("digestOf(recordings[0].slice(0, 6))")
    again = killed(page, standin)
    standin.faults.clear()
    again.goto(f"{standin.url}/question")
    press(again, "Keep what is there")
    wait_until_saved(again)
    content = standin.takes[0].content[: handed_out["bytes"]]
    assert digest_of(content) == handed_out["sha256"]


def test_what_precedes_a_lost_part_is_kept(page: Page, standin: Standin) -> None:
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    wait_for_parts(page, 5)
    handed_out = page.evaluate("digestOf(recordings[0].slice(0, 2))")
    until(page, lambda: kept_on_device(page)["parts"] >= 4)
    again = killed(page, standin)
    again.evaluate(DAMAGE, [[2, 3], None])
    standin.faults.clear()
    again.goto(f"{standin.url}/question")
    press(again, "Keep what is there")
    wait_until_saved(again)
    (take,) = standin.takes
    assert digest_of(take.content) == handed_out["sha256"]
    assert "part_lost" in [one["code"] for one in take.noted]
    assert kept_on_device(again) == {"takes": 0, "parts": 0}


def test_a_take_of_which_nothing_is_left_is_no_dead_end(page: Page, standin: Standin) -> None:
    standin.fail("PATCH", *[503] * 500)
    begin(page)
    wait_for_parts(page, 3)
    again = killed(page, standin)
    again.evaluate(DAMAGE, [[0, 100], None])
    standin.faults.clear()
    again.goto(f"{standin.url}/question")
    press(again, "Keep what is there")
    expect(shown(again, "The browser recorded nothing.")).to_be_visible()
    begin(again)
    assert kept_on_device(again)["takes"] <= 1


def test_the_server_may_have_more_than_the_device_knows_of(page: Page, standin: Standin) -> None:
    begin(page)
    wait_for_parts(page, 4)
    until(page, lambda: standin.takes[0].offset > 50_000)
    again = killed(page, standin)
    again.evaluate(DAMAGE, [[0, 100], 1000])
    held = standin.takes[0].content
    again.goto(f"{standin.url}/question")
    press(again, "Keep what is there")
    wait_until_saved(again)
    assert standin.takes[0].content == held
    assert standin.takes[0].bytes == len(held)
