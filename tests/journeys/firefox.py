"""Firefox ESR over WebDriver BiDi: no driver program, no package of its own, one page.

Its fake camera comes with a tone for a microphone; so the speech of a file is put in the place of the tone.
"""

import base64
import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.journeys.driven import Driven, PageError

START_S = 60
PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.loopback": True,
    "remote.active-protocols": 1,
    "app.update.disabledForTesting": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "services.settings.server": "data:,#",
    "browser.shell.checkDefaultBrowser": False,
}

# A canvas for the picture and a file for the sound; WebAudio stands still where there is no audio device.
SPEAK = """
(speech) => {
  navigator.mediaDevices.getUserMedia = async ({ video }) => {
    const bytes = Uint8Array.from(atob(speech), (letter) => letter.charCodeAt(0));
    const sound = new Audio(URL.createObjectURL(new Blob([bytes], { type: "audio/wav" })));
    sound.loop = true;
    await sound.play();
    const tracks = sound.mozCaptureStream().getAudioTracks();
    if (video) {
      const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
      const pen = canvas.getContext("2d");
      setInterval(() => {
        pen.fillStyle = `hsl(${performance.now() / 20} 40% 50%)`;
        pen.fillRect(0, 0, 640, 360);
      }, 33);
      tracks.push(...canvas.captureStream(30).getVideoTracks());
    }
    return new MediaStream(tracks);
  };
}
"""


class Firefox(Driven):
    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.ask("session.new", capabilities={})
        self._context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command.

        Raises:
            PageError: the browser said no.
        """
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._line.recv(timeout=START_S))
            if answer.get("id") != number:
                continue
            if answer["type"] == "error":
                raise PageError(f"{method}: {answer['message']}")
            return answer["result"]

    def speak(self, speech: Path) -> None:
        """From the next page on, the microphone says what is in the WAV file."""
        said = base64.b64encode(speech.read_bytes()).decode()
        self.ask(
            "script.addPreloadScript",
            functionDeclaration=f"() => ({SPEAK})({json.dumps(said)})",
        )

    def goto(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        answer = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise PageError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])


@contextlib.contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A fresh Firefox; it and all its processes are gone afterwards."""
    profile.mkdir()
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    said = profile / "said.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            ["firefox-esr", "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        with connect(f"{_address(said, process)}/session", max_size=None, open_timeout=START_S) as line:
            yield Firefox(line)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(said: Path, process: subprocess.Popen[bytes]) -> str:
    """Where the browser says that it listens."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", said.read_text(errors="replace"))
        if found:
            return found[1]
        assert process.poll() is None, said.read_text(errors="replace")
        time.sleep(0.1)
    raise TimeoutError("Firefox does not say where it listens")
