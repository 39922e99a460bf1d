"""What is said into a browser's microphone becomes words in their places, and what is not said does not. No network."""

import json
import math
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from bothways.media.utterances import Utterance, from_json
from tests.journeys.cut_off import CutOff, ProductCutOff, cut_off, knock
from tests.journeys.listening import sound_in_time
from tests.journeys.phrases import Phrase, Place, heard_in, lateness, phrases, places, said_in
from tests.journeys.rooms import room, run
from tests.media.speech.voices import AUSTEN, RATE, Sound, as_wav, error_rate, noisy, silence, speech, tone
from tests.parts import MODEL
from tests.product import Product, database_of_its_own, running
from tests.recorder.conftest import LISTEN_IN
from tests.recorder.driving import begin, press, wait_for, wait_until_saved

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.needs_speech, pytest.mark.timeout(600)]

CLEAN_AT_MOST = 0.10
WITHIN_MS = 300
NOISE_DB = 5
LEAD_S = 6
"""So long the microphone is silent before the speech."""
NOTE_OPENING = """
const askForDevices = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (wanted) {
  const stream = await askForDevices.call(this, wanted);
  window.opened_at = performance.now();
  return stream;
};
"""
NOWHERE = "192.0.2.1"
"""An address that is given to nobody (RFC 5737)."""


@dataclass(frozen=True)
class Heard:
    """The sound of the playable recording and what the product has made of it."""

    sound: Sound
    utterances: list[Utterance]


@pytest.fixture(scope="module")
def network() -> Iterator[CutOff]:
    with cut_off() as network:
        yield network


@pytest.fixture(scope="module")
def product(network: CutOff, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    data = tmp_path_factory.mktemp("product") / "data"
    local = {"BOTHWAYS_SPEECH_ENGINE": "local", "BOTHWAYS_SPEECH_MODEL": str(MODEL)}
    with (
        database_of_its_own() as database,
        running(ProductCutOff(data, environment=database | local, network=network)) as product,
    ):
        yield product


@pytest.fixture(scope="module")
def links(product: Product) -> Iterator[str]:
    """One of another candidate each time."""
    return iter(room(product, "fill"))


@pytest.fixture
def hear(
    product: Product, network: CutOff, links: Iterator[str], launch: Callable[..., Browser], tmp_path: Path
) -> Callable[[Sound], Heard]:
    """A candidate records a microphone in which a sound goes round, once round at least, and the product listens."""
    chromium = network.program(tmp_path / "chromium", "chromium")

    def heard(sound: Sound) -> Heard:
        token = next(links)
        with launch(sound=as_wav(tmp_path / "microphone.wav", sound), program=chromium) as browser:
            record_once_round(browser, f"{product.base_url}/i/{token}/questions/1/", len(sound) / RATE)
        told = run(product, "tests.journeys.words_room", token, seconds=120)
        assert told.returncode == 0, told.stderr
        found = json.loads(told.stdout)
        assert (found["state"], found["engine"]) == ("ready", f"faster-whisper {MODEL.name}")
        playable = product.data / "store" / "objects" / found["playable"]
        return Heard(sound_in_time(playable), from_json(found["utterances"]))

    return heard


def record_once_round(browser: Browser, address: str, lasts_s: float) -> None:
    """On the page of a question, until the sound of the microphone is at its beginning again.

    It begins when the page opens the microphone. Whoever is so slow that the recording begins in the speech stays for
    the whole next round.
    """
    page = browser.new_page()
    page.add_init_script(LISTEN_IN + NOTE_OPENING)
    page.set_default_timeout(30_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    begin(page)
    wait_for(page, "recorders.at(-1)?.began > 0")
    missed_s = page.evaluate("(recorders.at(-1).began - opened_at) / 1000")
    parts = math.ceil(lasts_s - missed_s if missed_s < LEAD_S else 2 * lasts_s - missed_s) + 1
    wait_for(page, f"recordings.flat().length >= {parts}", seconds=4 * parts)  # one a second, or slower
    press(page, "Stop")
    wait_until_saved(page, 60)
    assert errors == []


@pytest.fixture(scope="module")
def said() -> list[Phrase]:
    return phrases()


def test_speech_becomes_its_words_each_in_its_place(
    hear: Callable[[Sound], Heard], said: list[Phrase], record_property: Callable[[str, object], None]
) -> None:
    recording = hear(np.concatenate([silence(LEAD_S), speech(AUSTEN)]))
    found = places(said, recording.sound)
    assert {place.phrase.words for place in found} == {phrase.words for phrase in said}
    rate, late = compared(found, recording, record_property)
    assert rate <= CLEAN_AT_MOST
    assert len(late) >= sum(len(place.phrase.known) for place in found) * (1 - CLEAN_AT_MOST)
    assert [(word, ms) for word, ms in late if abs(ms) > WITHIN_MS] == []


def test_the_error_rate_in_noise_is_printed(
    hear: Callable[[Sound], Heard], said: list[Phrase], record_property: Callable[[str, object], None]
) -> None:
    """A figure, not a claim: it is the model's."""
    recording = hear(np.concatenate([silence(LEAD_S), noisy(speech(AUSTEN), NOISE_DB)]))
    rate, _ = compared(places(said, recording.sound), recording, record_property)
    assert rate < 1


def compared(
    found: list[Place], recording: Heard, record_property: Callable[[str, object], None]
) -> tuple[float, list[tuple[str, int]]]:
    """The error rate, and how many milliseconds late known words stand. Printed; shown with -s or -rP."""
    assert found, "no phrase is whole in the recording"
    heard = heard_in(found, recording.utterances)
    rate, late = error_rate(said_in(found), [written for written, _ in heard]), lateness(found, heard)
    record_property("word_error_rate", rate)
    record_property("late_ms", late)
    print(f"{len(found)} phrases through the microphone: word error rate {rate:.2f}; late by (ms) {late}")  # noqa: T201
    return rate, late


@pytest.mark.parametrize(
    ("sound", "loud"),
    [(silence(9), False), (np.concatenate([tone(3, hertz) for hertz in (220, 440, 1000)]), True)],
    ids=["silence", "tones"],
)
def test_nothing_is_invented_where_nobody_speaks(hear: Callable[[Sound], Heard], sound: Sound, loud: bool) -> None:
    recording = hear(sound)
    assert len(recording.sound) > 5 * RATE
    assert (float(np.abs(recording.sound).max()) > 0.05) == loud
    assert recording.utterances == []


def test_none_of_it_has_a_network(product: Product) -> None:
    """No part of the product reaches beyond the machine, nor what listens on the machine outside."""
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = outside.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
        for part in ("web", "short", "media", "words"):
            pid = first_of(product, part)
            assert knock(pid, "127.0.0.1", product.port) == "open"
            assert knock(pid, "127.0.0.1", port) == "ConnectionRefusedError 111"
            assert knock(pid, NOWHERE, 443) == "OSError 101"


def first_of(product: Product, part: str) -> int:
    """The process that starts the others of a part, once it is there."""
    end = time.monotonic() + 60
    while not (found := product.pids(part)):
        assert time.monotonic() < end, f"{part} never came"
        time.sleep(0.1)
    return min(found)
