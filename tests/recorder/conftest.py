"""A browser with a camera that shows a drawn picture and a microphone that speaks, and a server to record to."""

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browsers import start_chromium
from tests.recorder.standin import Standin

SAMPLES = Path(__file__).parents[1] / "samples"

# Keeps what the browser's own recorder hands out, to be compared with what the server holds.
LISTEN_IN = """
window.recordings = [];
window.recorders = [];
window.MediaRecorder = class extends MediaRecorder {
  constructor(...given) {
    super(...given);
    const parts = [];
    window.recordings.push(parts);
    window.recorders.push(this);
    this.addEventListener("start", () => (this.began = performance.now()));
    this.addEventListener("stop", () => (this.ended = performance.now()));
    this.addEventListener("dataavailable", (event) => {
      if (window.records_nothing?.(this)) event.stopImmediatePropagation();
      else parts.push(event.data);
    });
  }
};
window.digestOf = async (parts) => {
  const bytes = await new Blob(parts).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { bytes: bytes.byteLength, sha256: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
};
"""


@pytest.fixture(scope="session")
def devices_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("devices")
    _write_speech(folder / "speech.wav")
    _write_silence(folder / "silence.wav")
    _write_camera(folder / "camera.mjpeg")
    return folder


@pytest.fixture(scope="session")
def launch(playwright: Playwright, devices_folder: Path) -> Iterator[Callable[..., Browser]]:
    """Starts Chromium.

    `sound` names the file the microphone plays; `ask` leaves the permission question unanswered; without `camera` there
    is only a microphone; `program` is what starts Chromium, where it is not to be started as it is.
    """
    started: list[Browser] = []

    def start(
        *more: str,
        sound: str | Path = "speech.wav",
        ask: bool = False,
        camera: bool = True,
        program: str | Path = "chromium",
    ) -> Browser:
        picture = f"--use-file-for-fake-video-capture={devices_folder / 'camera.mjpeg'}"
        arguments = [
            f"--use-fake-device-for-media-stream{'' if camera else '=device-count=0'}",
            *([picture] if camera else []),
            f"--use-file-for-fake-audio-capture={devices_folder / sound}",
            *([] if ask else ["--use-fake-ui-for-media-stream"]),
            *more,
        ]
        browser = start_chromium(playwright, *arguments, program=program)
        started.append(browser)
        return browser

    yield start
    for browser in started:
        browser.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    return launch()


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[Standin]:
    templates = [{**settings_templates(), "DIRS": [*settings_templates()["DIRS"], Path(__file__).parent / "templates"]}]
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(TEMPLATES=templates, STORAGES=plain, ALLOWED_HOSTS=["*"]):
        standin = Standin(tmp_path)
        standin.start()
        yield standin
        standin.stop()


def settings_templates() -> dict:
    from django.conf import settings  # noqa: PLC0415 - settings are not ready when pytest reads this file

    return settings.TEMPLATES[0]


@pytest.fixture
def open_page(browser: Browser, standin: Standin) -> Iterator[Callable[..., Page]]:
    """Opens a page of the stand-in in a context of its own; console errors fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def start(name: str = "question", *, browser: Browser = browser, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
        contexts.append(context)
        context.add_init_script(LISTEN_IN)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: _is_fault(message.text) and errors.append(message.text))
        page.goto(f"{standin.url}/{name}")
        return page

    yield start
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text


def _write_speech(path: Path) -> None:
    with av.open(str(SAMPLES / "speech-two-cities-44s.flac")) as source:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
        frames = [out for frame in source.decode(audio=0) for out in resampler.resample(frame)]
    _write_wav(path, np.concatenate([frame.to_ndarray()[0] for frame in frames]))


def _write_silence(path: Path) -> None:
    _write_wav(path, np.zeros(48_000 * 5, dtype=np.int16))


def _write_wav(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(samples.astype("<i2").tobytes())


def _write_camera(path: Path) -> None:
    """Two seconds of a slowly moving gradient with a head and shoulders in it."""
    height, width = 360, 640
    rows, columns = np.mgrid[0:height, 0:width]
    with av.open(str(path), "w", format="mjpeg") as out:
        stream = out.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        for number in range(60):
            sway = int(12 * np.sin(number / 60 * 2 * np.pi))
            picture = np.stack([120 + rows / 6, 140 + columns / 10, 130 + rows / 8], axis=-1)
            head = ((columns - 320 - sway) / 62) ** 2 + ((rows - 165) / 80) ** 2 < 1
            body = ((columns - 320 - sway // 2) / 150) ** 2 + ((rows - 400) / 150) ** 2 < 1
            picture[body] = (60, 90, 100)
            picture[head] = (205, 165, 140)
            frame = av.VideoFrame.from_ndarray(picture.clip(0, 255).astype(np.uint8), format="rgb24")
            for packet in stream.encode(frame.reformat(format="yuvj420p")):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)
