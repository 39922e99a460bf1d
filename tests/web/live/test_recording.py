"""When a talk is recorded, with four people at the line: the server decides, and a no stops it at once."""

import datetime as dt
import uuid

import pytest

from bothways.accounts.models import AuditEntry
from bothways.live.models import RecordingConsent, RecordingPeriod
from bothways.live.queries import people
from bothways.live.queries.consent_words import CONSENT_VERSION
from bothways.web.live import socket
from tests.web.live.talking import Peer


def says_yes(peer: Peer) -> None:
    peer.say("consent", yes=True, text_version=CONSENT_VERSION)
    peer.hear("consent")


def test_nothing_is_recorded_before_everybody_has_said_yes(talk, cast):
    bo, ines, rafael, dee = everybody = talk.together(cast.bo, cast.ines, cast.rafael)
    bo.say("record", on=True)
    for one in everybody:
        one.hear("wish")
    for one in (bo, ines, rafael):
        says_yes(one)
        one.say("chat", key=str(uuid.uuid4()), text="I said yes")
        dee.hear("chat")
    assert "recording" not in [message["type"] for message in dee.seen]
    dee.say("consent", yes=True, text_version=CONSENT_VERSION)
    periods = {one.hear("recording")["period"] for one in everybody}
    assert len(periods) == 1

    ines.say("consent", yes=False)
    assert {one.hear("recording")["why"] for one in everybody} == {"consent"}
    assert not RecordingPeriod.objects.filter(stopped_at__isnull=True).exists()
    ines.say("consent", yes=True, text_version=CONSENT_VERSION)
    again = {one.hear("recording")["period"] for one in everybody}
    assert len(again) == 1 and again != periods

    bo.say("record", on=False)
    assert {one.hear("recording")["why"] for one in everybody} == {"host"}
    assert RecordingConsent.objects.filter(withdrawn_at__isnull=True).count() == 4
    verbs = set(AuditEntry.objects.filter(verb__startswith="recording.").values_list("verb", flat=True))
    assert verbs == {
        "recording.asked_for",
        "recording.not_asked_for",
        "recording.consent_given",
        "recording.consent_withdrawn",
        "recording.started",
        "recording.stopped",
    }


def test_who_comes_late_stops_it_until_they_say_yes_or_go(talk, cast):
    bo, dee = talk.together(cast.bo)
    bo.say("record", on=True)
    says_yes(bo)
    says_yes(dee)
    first = dee.hear("recording")["period"]
    ines = talk.host(cast.ines)
    assert dee.hear("recording") == {"type": "recording", "stopped": first, "why": "consent"}
    assert ines.hear("welcome")["asks_to_record"] is True
    ines.say("bye")
    second = dee.hear("recording")["period"]
    assert second != first
    ines = talk.host(cast.ines, epoch="second")
    dee.hear("recording")
    says_yes(ines)
    assert "period" in dee.hear("recording")


def test_a_yes_stays_when_the_line_breaks(talk, cast):
    bo, dee = talk.together(cast.bo)
    bo.say("record", on=True)
    says_yes(bo)
    says_yes(dee)
    period = bo.hear("recording")["period"]
    before = len(bo.seen)
    dee.leave()
    dee = talk.candidate()
    welcome = dee.hear("welcome")
    assert welcome["resumed"] and welcome["you"]["consent"]
    assert welcome["recording"]["period"] == period
    dee.say("chat", key=str(uuid.uuid4()), text="Back again")
    bo.hear("chat")
    assert [message["type"] for message in bo.seen[before:]] == ["back", "chat"]


def test_who_vanishes_is_gone_after_a_grace_and_counts_no_more(talk, cast, monkeypatch):
    """A machine that loses power says nothing. Its seat is kept for a while, and so is everybody's word."""
    monkeypatch.setattr(socket, "BEAT_S", 0.3)
    monkeypatch.setattr(people, "GRACE", dt.timedelta(seconds=3))
    bo, ines, dee = talk.together(cast.bo, cast.ines)
    bo.say("record", on=True)
    says_yes(bo)
    says_yes(dee)
    ines.leave()
    # Whose look comes first decides which of the two is told first.
    told = [bo.hear("leave", "recording"), bo.hear("leave", "recording")]
    assert {one["type"] for one in told} == {"leave", "recording"}


@pytest.mark.parametrize("how", ["remove", "end"])
def test_a_removed_person_holds_up_nothing_and_the_end_stops_it(talk, cast, how):
    bo, ines, dee = talk.together(cast.bo, cast.ines)
    bo.say("record", on=True)
    says_yes(bo)
    says_yes(dee)
    if how == "remove":
        bo.say("remove", participant=ines.seen[0]["you"]["id"])
        assert "period" in dee.hear("recording")
    else:
        says_yes(ines)
        dee.hear("recording")
        bo.say("end")
        assert dee.close_code() == 4004
        assert RecordingPeriod.objects.get().why_stopped == "ended"
