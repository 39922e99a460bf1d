"""How pictures and sound get from one browser to the others. Only these go another way than the room's own socket."""

import base64
import datetime as dt
import hashlib
import hmac
import uuid
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone

HOUR = dt.timedelta(hours=1)


class LiveTransport(Protocol):
    """What another carrier, as a media server, has to answer."""

    def join_info(self, participant_id: uuid.UUID, until: dt.datetime) -> list[dict[str, Any]]:
        """What a browser needs to send and receive until then: servers as `RTCPeerConnection` takes them."""
        ...

    def caps(self, people: int) -> dict[str, int]:
        """What one browser sends to each other one at most, with so many in the room."""
        ...


class MeshTransport:
    """Each browser sends to each other one. No server is between them but, where networks forbid it, a TURN relay."""

    def join_info(self, participant_id: uuid.UUID, until: dt.datetime) -> list[dict[str, Any]]:
        servers: list[dict[str, Any]] = []
        if settings.STUN_URLS:
            servers.append({"urls": settings.STUN_URLS})
        if settings.TURN_URLS:
            servers.append({"urls": settings.TURN_URLS, **turn_credentials(participant_id, until + HOUR)})
        return servers

    def caps(self, people: int) -> dict[str, int]:
        """Bits a second, and the largest picture. What one uploads grows with the people, so each gets less."""
        if people <= 2:
            return _caps(1_500_000, 1280, 720, 30)
        if people == 3:
            return _caps(800_000, 960, 540, 30)
        if people == 4:
            return _caps(500_000, 640, 360, 24)
        return _caps(250_000, 480, 270, 15)


def turn_credentials(participant_id: uuid.UUID, until: dt.datetime) -> dict[str, str]:
    """A name and a password that the relay checks by the shared secret and its clock (TURN REST, as coturn does)."""
    last = max(until, timezone.now() + HOUR)
    username = f"{int(last.timestamp())}:{participant_id.hex}"
    digest = hmac.new(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1).digest()
    return {"username": username, "credential": base64.b64encode(digest).decode()}


def _caps(bitrate: int, width: int, height: int, fps: int) -> dict[str, int]:
    return {"bitrate": bitrate, "width": width, "height": height, "fps": fps}


transport: LiveTransport = MeshTransport()
