"""Answers of quiet and of loud microphones are played equally loud: what the player gives out is measured."""

import base64
import time
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from scipy.signal import resample_poly

from bothways.media.actions.renditions import add_universal
from bothways.media.addresses import read_address
from bothways.media.models import Rendition
from bothways.media.store import get_store
from tests.factories import Cast, make_submitted_interview
from tests.media.sounding import RATE, record, speech
from tests.web.looking import Look
from tests.web.team.rating_room import make_watchable, share_recording

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

TARGET = 2.0
"""`speech` at this gain is as loud as speech is to be played."""

LOUDNESS = {"quiet": TARGET - 15, "right": TARGET, "loud": TARGET + 10}

# The graph of the player, run as fast as it goes instead of through a loudspeaker.
RENDER = """async ([module, config, kind]) => {
  const { equalizer, factorOf } = await import(module);
  const bytes = await (await fetch(config.sources.find((source) => source.kind === kind).url)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
  const context = new OfflineAudioContext(1, sound.length, 48000);
  const gain = equalizer(context);
  gain.gain.value = factorOf(config.gain_db);
  const source = new AudioBufferSourceNode(context, { buffer: sound });
  source.connect(gain);
  source.start();
  const given = new Uint8Array((await context.startRendering()).getChannelData(0).buffer);
  let text = "";
  for (let at = 0; at < given.length; at += 8192) text += String.fromCharCode(...given.subarray(at, at + 8192));
  return btoa(text);
}"""

# What the page itself does with Web Audio.
WITNESS = """
window.routed = [];
window.gains = [];
const route = AudioContext.prototype.createMediaElementSource;
AudioContext.prototype.createMediaElementSource = function (media) {
  window.routed.push(this.state);
  const source = route.call(this, media);
  const connect = source.connect;
  source.connect = function (node) {
    window.gains.push(node.gain);
    return connect.call(this, node);
  };
  return source;
};
"""
NO_DEVICE = """
AudioContext.prototype.resume = () => new Promise(() => {});
Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
"""


@pytest.fixture
def rooms(look: Look, tmp_path: Path):
    """The addresses of the three answers, and how a browser gets their files."""
    cast = Cast()
    files: dict[object, bytes] = {}
    addresses: dict[str, str] = {}
    for name, gain_db in LOUDNESS.items():
        interview = make_submitted_interview(cast.stage, cast.kit_version, f"{name.title()} Microphone")
        made = make_watchable(interview, record(tmp_path / f"{name}.webm", speech(12, gain_db)))
        add_universal(recording_id=made.id)
        share_recording(made, interview.answers.get(question__place=1).chosen_take.recording)
        addresses[name] = reverse("team:review-question", args=[cast.organization.slug, interview.id, 1])
    for rendition in Rendition.objects.exclude(mime=""):
        with get_store().local_path(rendition.store_key) as path:
            files[rendition.id] = path.read_bytes()

    def answer(route: Route) -> None:
        asked = read_address(route.request.url.rpartition("/d/")[2])
        assert asked
        body = files[asked.rendition_id]
        start = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        headers = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}", "Accept-Ranges": "bytes"}
        route.fulfill(status=206, headers=headers, body=body[start:])

    def enter(name: str, *scripts: str) -> Page:
        page = look.start(cast.bo.user)
        for script in scripts:
            page.add_init_script(script)
        page.route("**/d/**", answer)
        page.goto(addresses[name])
        expect(page.locator("[data-part=play]")).to_be_visible()
        return page

    return enter


def until(page: Page, condition: str) -> None:
    """Asked from outside, because the page's CSP allows no evaluation inside."""
    deadline = time.monotonic() + 60
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(100)


def played(page: Page, kind: str) -> np.ndarray:
    config = page.locator("bw-player > script").evaluate("(block) => JSON.parse(block.textContent)")
    module = page.locator("script[src*='player/player.js']").evaluate("(script) => script.src")
    given = page.evaluate(RENDER, [module.replace("player.js", "loudness.js"), config, kind])
    return np.frombuffer(base64.b64decode(given), np.float32)


def loudness(sound: np.ndarray) -> float:
    """As two loudspeakers play it."""
    return pyloudnorm.Meter(RATE).integrated_loudness(np.stack([sound, sound], axis=1))


def true_peak_dbtp(sound: np.ndarray) -> float:
    return 20 * np.log10(abs(resample_poly(sound, 4, 1)).max())


def test_quiet_and_loud_microphones_are_played_equally_loud(rooms) -> None:
    before = {name: loudness(np.clip(speech(12, gain_db), -1, 1)) for name, gain_db in LOUDNESS.items()}
    assert before["right"] - before["quiet"] == pytest.approx(15, abs=0.2)
    found = {}
    for name in LOUDNESS:
        page = rooms(name)
        for kind in ("playable", "universal"):
            sound = played(page, kind)
            found[name, kind] = loudness(sound)
            assert true_peak_dbtp(sound) < -1.0, (name, kind)
    told = {"/".join(key): round(float(value), 2) for key, value in found.items()}
    print(f"LUFS recorded { ({n: round(float(v), 2) for n, v in before.items()}) }, played {told}")  # noqa: T201
    assert max(found.values()) - min(found.values()) <= 1.5, told
    assert all(value == pytest.approx(-18, abs=1.5) for value in found.values()), told


def test_pressing_play_leads_the_sound_through_the_graph_and_another_file_changes_nothing(rooms) -> None:
    page = rooms("quiet", WITNESS)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "window.gains.length === 1 && window.gains[0].value > 5")
    assert page.evaluate("window.routed") == ["running"]
    page.evaluate("document.querySelector('bw-player').media.pause()")
    raised = page.evaluate("window.gains[0].value")
    page.evaluate("""() => {
      const { media, config } = document.querySelector("bw-player");
      media.src = config.sources.find(({ kind }) => kind === "universal").url;
      return media.play();
    }""")
    assert page.evaluate("[window.routed.length, window.gains.length]") == [1, 1]
    assert page.evaluate("window.gains[0].value") >= raised


def test_without_a_sound_device_it_plays_as_it_is(rooms) -> None:
    page = rooms("quiet", NO_DEVICE, WITNESS)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "document.querySelector('video').currentTime > 0.3")
    assert page.evaluate("window.routed") == []
