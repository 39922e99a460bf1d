"""What browsers are told of relays, and how much they send."""

import base64
import datetime as dt
import hashlib
import hmac
import uuid

from django.conf import settings
from django.utils import timezone

from bothways.live.transports import MeshTransport


def test_a_relays_password_is_for_one_person_and_ends_an_hour_after_the_talk(monkeypatch):
    monkeypatch.setattr(settings, "TURN_URLS", ["turn:turn.example.org:3478"])
    monkeypatch.setattr(settings, "TURN_SECRET", "shared")
    monkeypatch.setattr(settings, "STUN_URLS", ["stun:turn.example.org"])
    until = timezone.now() + dt.timedelta(minutes=30)
    person = uuid.uuid4()
    stun, turn = MeshTransport().join_info(person, until)
    assert stun == {"urls": ["stun:turn.example.org"]}
    ends, whose = turn["username"].split(":")
    assert whose == person.hex and int(ends) == int((until + dt.timedelta(hours=1)).timestamp())
    digest = hmac.new(b"shared", turn["username"].encode(), hashlib.sha1).digest()
    assert base64.b64decode(turn["credential"]) == digest


def test_without_servers_browsers_are_told_none():
    assert MeshTransport().join_info(uuid.uuid4(), timezone.now()) == []


def test_what_one_uploads_in_all_stays_bearable():
    uploads = [MeshTransport().caps(people)["bitrate"] * (people - 1) for people in range(2, 7)]
    assert max(uploads) <= 1_600_000
