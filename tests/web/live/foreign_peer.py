"""Somebody in a room without a browser: speaks our protocol with `websockets`, and WebRTC with `aiortc`."""

import asyncio
import contextlib
import json
import threading
import uuid
from collections import Counter
from fractions import Fraction
from typing import Any

import aioice.ice
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError, MediaStreamTrack
from aiortc.sdp import candidate_from_sdp
from av import VideoFrame
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

# It would leave out the loopback, and a machine may have nothing else.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]  # type: ignore[assignment]

PATIENCE_S = 60
PICTURES_A_SECOND = 10


class Picture(VideoStreamTrack):
    """A small gray picture."""

    shown = 0

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(1 / PICTURES_A_SECOND)
        frame = VideoFrame(width=160, height=120)
        for plane in frame.planes:
            plane.update(bytes([self.shown % 200]) * plane.buffer_size)
        self.shown += 1
        frame.pts, frame.time_base = self.shown, Fraction(1, PICTURES_A_SECOND)
        return frame


class ForeignPeer:
    """Has an event loop of its own in a thread. `came[id, "video"]` and `came[id, "audio"]` count the frames from each
    other person, and `seen` keeps all that the server said."""

    def __init__(self, url: str, *, origin: str, cookie: str) -> None:
        self.seen: list[dict[str, Any]] = []
        self.came: Counter[tuple[str, str]] = Counter()
        self.you = ""
        self._ends: dict[str, _End] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._socket: ClientConnection = self._run(
            # On a busy machine an answer to a ping may take long; only the server cuts lines here.
            connect(url, origin=origin, additional_headers={"Cookie": cookie}, max_size=None, ping_interval=None)
        )
        self.say("hello", epoch=str(uuid.uuid4()))
        self._reading = self._run(self._begin_to_read())

    def say(self, kind: str, **body: Any) -> None:
        self._run(self.send(kind, **body))

    def leave(self) -> None:
        self.say("bye")
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    async def send(self, kind: str, **body: Any) -> None:
        await self._socket.send(json.dumps({"type": kind, **body}))

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(_awaited(work), self._loop).result(PATIENCE_S)

    async def _close(self) -> None:
        for other in list(self._ends):
            await self._drop(other)
        await self._socket.close()
        await self._reading

    async def _begin_to_read(self) -> asyncio.Task[None]:
        return asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in self._socket:
                message = json.loads(text)
                self.seen.append(message)
                await self._take(message)

    async def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "welcome":
            self.you = message["you"]["id"]
            for person in message["people"]:
                await self._begin(person["id"]).offer()
        elif message["type"] == "join":
            await self._drop(message["person"]["id"])
        elif message["type"] == "leave":
            await self._drop(message["id"])
        elif message["type"] == "signal":
            await self._signaled(message["from"], message)

    def _begin(self, other: str) -> "_End":
        self._ends[other] = _End(self, other)
        return self._ends[other]

    async def _drop(self, other: str) -> None:
        end = self._ends.pop(other, None)
        if end:
            await end.close()

    async def _signaled(self, other: str, signal: dict[str, Any]) -> None:
        end = self._ends.get(other)
        if signal.get("description", {}).get("type") == "offer":
            if end and end.is_offering and self.you < other:
                return  # Theirs gives way.
            if end is None or end.is_offering or end.yours != signal["mine"]:
                await self._drop(other)
                end = self._begin(other)
            await end.answer(signal)
        elif end and signal.get("yours") == end.mine:
            await end.take(signal)


class _End:
    """One connection with one person, named as those of browsers are."""

    def __init__(self, peer: ForeignPeer, other: str) -> None:
        self.peer, self.other = peer, other
        self.mine, self.yours = str(uuid.uuid4()), ""
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.pc.addTransceiver(AudioStreamTrack(), direction="sendrecv")
        self.pc.addTransceiver(Picture(), direction="sendrecv")
        self.pc.addTransceiver("video", direction="sendrecv")
        self._counting: list[asyncio.Task[None]] = []
        self.pc.on("track", lambda track: self._counting.append(asyncio.create_task(self._count(track))))

    @property
    def is_offering(self) -> bool:
        return self.pc.signalingState == "have-local-offer"

    async def close(self) -> None:
        await self.pc.close()
        for one in self._counting:
            one.cancel()
        await asyncio.gather(*self._counting, return_exceptions=True)

    async def offer(self) -> None:
        await self.pc.setLocalDescription(await self.pc.createOffer())
        await self._say()

    async def answer(self, signal: dict[str, Any]) -> None:
        self.yours = signal["mine"]
        await self.pc.setRemoteDescription(RTCSessionDescription(**signal["description"]))
        await self.pc.setLocalDescription(await self.pc.createAnswer())
        await self._say()

    async def take(self, signal: dict[str, Any]) -> None:
        """An answer, or a candidate."""
        if "description" in signal:
            self.yours = signal["mine"]
            await self.pc.setRemoteDescription(RTCSessionDescription(**signal["description"]))
        elif signal["candidate"]["candidate"]:
            candidate = candidate_from_sdp(signal["candidate"]["candidate"].removeprefix("candidate:"))
            candidate.sdpMid = signal["candidate"]["sdpMid"]
            candidate.sdpMLineIndex = signal["candidate"]["sdpMLineIndex"]
            await self.pc.addIceCandidate(candidate)

    async def _say(self) -> None:
        described = self.pc.localDescription
        names = {"mine": self.mine} | ({"yours": self.yours} if self.yours else {})
        description = {"type": described.type, "sdp": described.sdp}
        await self.peer.send("signal", to=self.other, description=description, **names)

    async def _count(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                await track.recv()
                self.peer.came[self.other, track.kind] += 1


async def _awaited(work: Any) -> Any:
    return await work
