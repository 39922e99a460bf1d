"""What was joined is played and sought by a real browser, over every seam."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from bothways.media.steps.calls import cut_joined, make_joined
from tests.browsers import start_chromium
from tests.media.making import make_recording

pytestmark = pytest.mark.needs_chromium
PAGE = """<!doctype html><title>Player</title><video id="player" muted preload="auto"></video>"""
PLAYED = """async () => {
  const player = document.querySelector("#player");
  const heard = (name) => new Promise((resolve, reject) => {
    player.addEventListener(name, resolve, { once: true });
    player.addEventListener("error", () => reject(new Error(player.error?.message)), { once: true });
  });
  const loaded = heard("loadeddata");
  // From memory, because only what can be read from anywhere can be sought.
  player.src = URL.createObjectURL(await (await fetch("/file")).blob());
  await loaded;
  const found = { duration: player.duration, sought: [], sizes: [] };
  for (const second of [0.5, 2.5, 4.5, 1.0, 5.5]) {
    const sought = heard("seeked");
    player.currentTime = second;
    await sought;
    found.sought.push(player.currentTime);
    found.sizes.push(player.videoWidth);
  }
  player.currentTime = 1.6;
  player.playbackRate = 2;
  const ended = heard("ended");
  await player.play();
  await ended;
  return { ...found, ended: player.currentTime };
}"""
MP4 = {"form": "mp4", "picture": "libx264", "sound": "aac"}


@pytest.fixture
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = start_chromium(playwright)
    yield started
    started.close()


@pytest.mark.parametrize(
    ("join", "makings", "widths"),
    [
        (make_joined, [{}, {}, {}], {320}),
        (make_joined, [{}, {"size": (640, 360)}, {}], {320, 640}),
        (make_joined, [{}, {"picture": None}, {}], {320}),
        (make_joined, [MP4, MP4, MP4], {320}),
        (make_joined, [MP4, {**MP4, "picture": None}, MP4], {320}),
        (cut_joined, [{}, {**MP4, "size": (640, 360)}, {"picture": None}], {640}),
    ],
    ids=["webm", "webm, another size", "webm, a voice between", "mp4", "mp4, a voice between", "encoded anew"],
)
def test_it_plays_over_every_seam(browser: Browser, tmp_path: Path, join, makings: list[dict], widths: set) -> None:
    sources = [make_recording(tmp_path / f"{n}", seconds=2, **making) for n, making in enumerate(makings)]
    done = join(sources, tmp_path)
    page = browser.new_page()
    page.route("http://player.test/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    body = done.path.read_bytes()
    page.route("http://player.test/file", lambda route: route.fulfill(body=body, content_type=done.mime))
    page.goto("http://player.test/")
    played = page.evaluate(PLAYED)
    assert played["duration"] == pytest.approx(done.duration_ms / 1000, abs=0.1)
    assert played["sought"] == pytest.approx([0.5, 2.5, 4.5, 1.0, 5.5], abs=0.1)
    assert set(played["sizes"]) == widths
    assert played["ended"] == pytest.approx(done.duration_ms / 1000, abs=0.2)
