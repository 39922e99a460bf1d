"""Every rendition, played to its last frame and sought at random places, in Chromium and in Firefox.

Where a place fails, BOTHWAYS_TEST_SEED brings the same ones again.
"""

import contextlib
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import pytest
import uvicorn
from playwright.sync_api import Playwright
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from bothways.media.steps.calls import make_universal, make_voice, make_watchable
from tests.browsers import start_chromium
from tests.journeys.firefox import firefox
from tests.media import samples
from tests.product import free_port

pytestmark = pytest.mark.timeout(600)

SEED = int(os.environ.get("BOTHWAYS_TEST_SEED") or random.SystemRandom().randrange(10**6))
PLACES = 10
PAGE = "<!doctype html><title>Player</title><body>"
PLAY = """
async ({ address, places, lastFrame }) => {
  const player = Object.assign(document.createElement("video"), { muted: true, preload: "auto" });
  document.body.replaceChildren(player);
  const heard = (name) => new Promise((resolve, reject) => {
    player.addEventListener(name, resolve, { once: true });
    player.addEventListener("error", () => reject(new Error(player.error?.message)), { once: true });
  });
  let shown = null;
  const look = () => player.requestVideoFrameCallback((_now, { mediaTime }) => { shown = mediaTime; look(); });
  look();
  const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
  const loaded = heard("loadeddata");
  player.src = address;
  await loaded;
  const found = { duration: player.duration, width: player.videoWidth, sought: [] };
  // Who asks for the next picture while the first is on its way hears of that one, and of no other while nothing plays.
  while (found.width && shown === null) await pause();
  for (const place of places) {
    const sought = heard("seeked");
    shown = null;
    player.currentTime = place;
    await sought;
    // The picture of the place before may still be on its way to the screen.
    const isThere = () => shown !== null && Math.abs(shown - place) < 0.25;
    for (let looks = 0; found.width && !isThere() && looks < 300; looks += 1) await pause();
    found.sought.push({ place, at: player.currentTime, shown });
  }
  const begun = heard("seeked");
  player.currentTime = 0;
  await begun;
  player.playbackRate = 2;
  const ended = heard("ended");
  await player.play();
  await ended;
  while (lastFrame !== null && !(shown >= lastFrame - 0.1)) await pause();
  return { ...found, ended: player.currentTime, shown };
}
"""


@dataclass(frozen=True)
class File:
    """A rendition, with what is in it by another decoder: seconds, and where its last picture stands, if it has any."""

    path: Path
    seconds: float
    last_frame: float | None


def looked_into(path: Path) -> File:
    ends, last_frame = [0.0], None
    with av.open(str(path)) as container:
        for packet in container.demux():
            for frame in packet.decode():
                at = float(frame.pts * frame.time_base)
                if packet.stream.type == "video":
                    last_frame = max(at, last_frame or 0.0)
                else:
                    ends.append(at + frame.samples / frame.sample_rate)
    return File(path, max(*ends, last_frame or 0.0), last_frame)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, File]:
    """As the steps make them, from what browsers recorded."""
    folder = tmp_path_factory.mktemp("renditions")

    def room(name: str) -> Path:
        (folder / name).mkdir()
        return folder / name

    universal = make_universal(samples.FIREFOX_WEBM, room("universal"))
    made = {
        "playable webm": make_watchable(samples.FIREFOX_WEBM, room("webm")).path,
        "playable mp4": make_watchable(samples.CHROMIUM_MP4, room("mp4")).path,
        "universal, encoded": universal,
        "universal, copied": make_universal(samples.CHROMIUM_MP4, room("copied")),
        "voice": make_voice(universal, room("voice")),
    }
    return {name: looked_into(path) for name, path in made.items()}


@pytest.fixture(scope="module")
def address(files: dict[str, File]) -> Iterator[str]:
    """A server that answers ranges, as browsers ask for them when they seek."""
    routes = [Route("/", lambda _request: HTMLResponse(PAGE))]
    for number, file in enumerate(files.values()):
        routes.append(Route(f"/{number}", lambda _request, path=file.path: FileResponse(path)))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


Evaluate = Callable[[str], Any]


@contextlib.contextmanager
def chromium_at(address: str, playwright: Playwright) -> Iterator[Evaluate]:
    browser = start_chromium(playwright, "--autoplay-policy=no-user-gesture-required", "--mute-audio")
    try:
        page = browser.new_page()
        page.goto(address)
        yield page.evaluate
    finally:
        browser.close()


def check(evaluate: Evaluate, files: dict[str, File]) -> None:
    sys.stdout.write(f"seed {SEED}\n")
    chance = random.Random(SEED)
    for number, (name, file) in enumerate(files.items()):
        places = [round(chance.uniform(0, file.seconds - 0.3), 3) for _ in range(PLACES)]
        wanted = {"address": f"/{number}", "places": places, "lastFrame": file.last_frame}
        played = evaluate(f"({PLAY})({json.dumps(wanted)})")
        told = f"{name}, seed {SEED}: {played}"
        assert played["duration"] == pytest.approx(file.seconds, abs=0.15), told
        assert bool(played["width"]) == (file.last_frame is not None), told
        for sought in played["sought"]:
            assert sought["at"] == pytest.approx(sought["place"], abs=0.05), told
            if file.last_frame is not None:
                assert sought["shown"] == pytest.approx(sought["place"], abs=0.25), told
        assert played["ended"] == pytest.approx(played["duration"], abs=0.15), told
        if file.last_frame is not None:
            assert played["shown"] == pytest.approx(file.last_frame, abs=0.1), told


@pytest.mark.needs_chromium
def test_chromium(address: str, files: dict[str, File], playwright: Playwright) -> None:
    with chromium_at(address, playwright) as evaluate:
        check(evaluate, files)


@pytest.mark.needs_firefox
def test_firefox(address: str, files: dict[str, File], tmp_path: Path) -> None:
    with firefox(tmp_path / "profile") as browser:
        browser.goto(address)
        check(browser.evaluate, files)
