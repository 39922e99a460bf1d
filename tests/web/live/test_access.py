"""Who gets a line to a room, who does not, and who loses it. Nobody else's talk is harmed by any of it."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from bothways.live.models import Participant, Room, Slot
from bothways.web.live import limits, socket
from bothways.web.live.captions import SECOND
from bothways.web.room_tickets import make_ticket, read_ticket
from tests.factories import make_token
from tests.factories.live import make_booked_room
from tests.web.live.talking import Peer


def turned_away(line) -> tuple[str, int]:
    """What a line is told, and how it ends, when it says nothing but hello."""
    peer = Peer(line)
    code = peer.close_code()
    return peer.seen[0].get("code", peer.seen[0]["type"]), code


def test_strangers_get_no_line(talk, cast):
    other_room = make_booked_room(cast, "Sam Somebody")
    other_token = make_token(other_room.interview)
    foreign_ticket = make_ticket(interview=other_room.interview, token=other_token)
    own_ticket = make_ticket(interview=talk.room.interview, token=talk.token)
    client = Client()
    client.force_login(cast.cleo.user)
    cleo = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    client.force_login(cast.audrey.user)
    audrey = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}

    assert turned_away(talk.line(ticket=foreign_ticket)) == ("not_allowed", 4003)
    assert turned_away(talk.line(ticket=own_ticket[:-2])) == ("not_allowed", 4003)
    assert turned_away(talk.line()) == ("not_allowed", 4003)
    assert turned_away(talk.line(headers=cleo)) == ("not_allowed", 4003)
    assert turned_away(talk.line(headers=audrey)) == ("not_allowed", 4003)
    assert turned_away(talk.line(ticket=own_ticket, origin="https://evil.example")) == ("foreign_page", 4003)
    assert turned_away(talk.line(ticket=own_ticket, origin="null")) == ("foreign_page", 4003)
    assert not Participant.objects.exists()
    with pytest.raises(InvalidStatus):
        connect(f"ws://127.0.0.1:{talk.port}/live/{talk.room.id}/", origin=f"http://127.0.0.1:{talk.port}")
    assert talk.host(cast.bo).hear("welcome")["people"] == []


def test_a_closed_room_says_why(talk):
    now = timezone.now()
    Slot.objects.update(ends_at=now + dt.timedelta(hours=1))
    interviews, rooms = Interview.objects.all(), Room.objects.all()
    closing = [
        (Slot.objects.all(), {"starts_at": now + dt.timedelta(minutes=16)}, ("early", 4003)),
        (
            Slot.objects.all(),
            {"starts_at": now - dt.timedelta(hours=5), "ends_at": now - dt.timedelta(hours=4)},
            ("over", 4004),
        ),
        (Slot.objects.all(), {"state": "cancelled"}, ("no_time", 4004)),
        (Slot.objects.all(), {"place": "phone"}, ("elsewhere", 4003)),
        (interviews, {"state": "submitted", "submitted_at": now}, ("ended", 4004)),
        (interviews, {"state": "withdrawn"}, ("not_allowed", 4003)),
        (talk.room.interview.tokens.all(), {"revoked_at": now}, ("not_allowed", 4003)),
        (rooms, {"ended_at": now}, ("ended", 4004)),
    ]
    ticket = make_ticket(interview=talk.room.interview, token=talk.token)
    for rows, change, told in closing:
        before = rows.values(*change).get()
        rows.update(**change)
        assert turned_away(talk.line(ticket=ticket)) == told
        rows.update(**before)


def test_a_ticket_is_good_for_half_a_day(talk):
    ticket = make_ticket(interview=talk.room.interview, token=talk.token)
    assert read_ticket(ticket).interview_id == talk.room.interview_id
    with time_machine.travel(timezone.now() + dt.timedelta(hours=12, seconds=5)):
        assert read_ticket(ticket) is None


def test_who_may_no_longer_be_there_is_put_out_of_the_room(talk, cast, monkeypatch):
    monkeypatch.setattr(socket, "BEAT_S", 0.2)
    bo, ines, rafael, dee = talk.together(cast.bo, cast.ines, cast.rafael)
    talk.room.interview.tokens.update(revoked_at=timezone.now())
    assert dee.close_code() == 4003
    cast.ines.is_active = False
    cast.ines.save()
    assert ines.close_code() == 4003
    bo.say("remove", participant=next(one["id"] for one in _people(bo) if one["name"] == "Rafael Moreno"))
    assert rafael.close_code() == 4003
    assert "removed" in [one["type"] for one in rafael.seen]
    assert turned_away(talk.host(cast.rafael).socket)[1] == 4003
    verbs = list(AuditEntry.objects.filter(verb__startswith="room.").values_list("verb", flat=True))
    assert verbs.count("room.entered") == 4
    assert verbs[-1] == "room.removed"


def test_floods_and_large_messages_end_their_own_line_only(talk, cast):
    bo, dee = talk.together(cast.bo)
    dee.socket.send("x" * (limits.LARGEST + 1))
    assert dee.close_code() == 4009
    dee = talk.candidate(epoch="second")
    dee.hear("welcome")
    dee.socket.send(b"\x00\x01" * SECOND)
    assert dee.close_code() == 4009
    dee = talk.candidate(epoch="third")
    dee.hear("welcome")
    for number in range(800):
        dee.say("time", c=number)
    assert dee.close_code() == 4008
    bo.say("chat", key="6f9619ff-8b86-4011-b42d-00c04fc964ff", text="Still here")
    assert bo.hear("chat")["text"] == "Still here"


NONSENSE = [
    "",
    "nonsense",
    "[]",
    "{}",
    '{"type": 7}',
    '{"type": "unheard-of"}',
    '{"type": "signal"}',
    '{"type": "signal", "to": "x", "candidate": {}}',
    '{"type": "signal", "to": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "candidate": {}, "yours": []}',
    '{"type": "signal", "to": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "candidate": 7}',
    '{"type": "time", "c": NaN}',
    '{"type": "time", "c": "1"}',
    '{"type": "media", "camera": "on"}',
    '{"type": "chat", "key": "k", "text": "x"}',
    '{"type": "chat", "key": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "text": "  "}',
    '{"type": "consent", "yes": true, "text_version": "of another year"}',
    '{"type": "consent", "yes": 1}',
    '{"type": "admit", "participant": "\\u0000"}',
    '{"type": "admit", "participant": "6f9619ff-8b86-4011-b42d-00c04fc964ff"}',
    '{"type": "ask", "question": "6f9619ff-8b86-4011-b42d-00c04fc964ff"}',
    '{"type": "record"}',
    '{"type": "end"}',
    "[" * 5000,
    '{"type": "time", "c": ' + "9" * 5000 + "}",
]


def test_what_makes_no_sense_is_refused_in_words(bo_alone):
    for sent in NONSENSE:
        bo_alone.socket.send(sent)
        refused = bo_alone.hear("refused")
        assert refused["code"] and refused["words"].endswith("."), sent
    assert bo_alone.heard_until_now() == []


def test_what_candidates_send_is_never_a_hosts_word(talk, cast):
    bo, dee = talk.together(cast.bo)
    for kind, body in {
        "admit": {"participant": "x"},
        "remove": {"participant": "x"},
        "ask": {"question": None},
        "record": {"on": True},
        "end": {},
    }.items():
        dee.say(kind, **body)
        assert dee.hear("refused")["code"] == "not_allowed"
    assert bo.heard_until_now() == []


def test_half_letters_and_zeros_are_no_trouble(talk, cast):
    bo, dee = talk.together(cast.bo)
    dee.socket.send('{"type": "chat", "key": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "text": "a\\u0000b\\ud800c"}')
    assert bo.hear("chat")["text"] == "ab?c"
    dee.say("signal", to=_people(dee)[0]["id"], description={"sdp": "\ud800\0"})
    assert bo.hear("signal")["description"] == {"sdp": "\ud800\0"}


def _people(peer: Peer) -> list[dict]:
    known = {}
    for message in peer.seen:
        for person in [*message.get("people", []), *([message["person"]] if "person" in message else [])]:
            known[person["id"]] = person
    return list(known.values())
