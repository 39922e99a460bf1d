"""Browsers that call one another, and what can be seen of it in their own counts."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

ARGUMENTS = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
]

JOIN = """
async ({ seat, relay }) => {
  const { openRoom } = await import("/static/bothways/live/socket.js");
  const { createTransport } = await import("/static/bothways/live/transport.js");
  if (relay) {
    const Plain = RTCPeerConnection;
    window.RTCPeerConnection = class extends Plain {
      constructor(settings) { super({ ...settings, iceTransportPolicy: "relay" }); }
    };
  }
  const video = { width: 320, height: 180, frameRate: 10 };
  window.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  const epoch = crypto.randomUUID();
  window.began = performance.now();
  window.states = [];
  window.room = openRoom(`/socket/${seat}`, { epoch });
  window.lines = [];
  room.on("state", (state) => lines.push(state));
  room.on("welcome", (welcome) => {
    if (window.transport) return;
    window.transport = createTransport({ room, ...welcome });
    transport.on("state", (told) => states.push(told));
    transport.on("track", ({ track }) => {
      const element = document.body.appendChild(document.createElement(track.kind));
      element.muted = track.kind === "video";
      element.srcObject = new MediaStream([track]);
      if (track.kind === "video") {
        element.requestVideoFrameCallback(() => (window.first_ms ??= performance.now() - began));
      }
      void element.play().catch(() => {});
    });
    transport.join(stream);
  });
}
"""


def join(page: Page, url: str, seat: str, *, relay: bool = False) -> None:
    page.goto(url)
    page.evaluate(JOIN, {"seat": seat, "relay": relay})


def counts(page: Page) -> dict[str, Any]:
    """What has arrived from the other one; nothing yet while there is no connection."""
    found = page.evaluate("window.transport?.stats()")
    return found[0] if found else {"frames": 0, "sound": 0, "pair": ""}


def until_frames_grow(*pages: Page, by: int = 10, seconds: float = 30) -> float:
    """Until each page has decoded so many more pictures than now. How long it took, in ms."""
    begun = time.monotonic()
    least = [counts(page)["frames"] for page in pages]

    def all_grow() -> bool:
        now = [counts(page)["frames"] for page in pages]
        # A new connection counts from the beginning.
        least[:] = map(min, least, now)
        return all(seen - base >= by for seen, base in zip(now, least, strict=True))

    until(pages[0], all_grow, seconds)
    return (time.monotonic() - begun) * 1000


def until(page: Page, condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never came true; {page.evaluate('[window.lines, window.states]')}"
        page.wait_for_timeout(50)
