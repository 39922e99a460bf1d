"""Before the own ratings are in, nothing that a rater can reach tells who it is or what others gave.

Rare strings are planted wherever a name, a mail address, a device or an opinion stands. Then everything is walked that
Bo can reach or guess, every address of the team among it: a new one is walked by itself, and one that names a thing
nobody made for it fails. What only tells numbers is found by comparing worlds in which others rated differently.
"""

import io
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import av
import pytest
from django.test import Client

from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member, Role
from bothways.config.asgi import make_application
from bothways.interviews.models import Interview
from bothways.interviews.queries.hidden_words import masks_now, texts_of, wording
from bothways.media.addresses import media_address, read_address
from bothways.media.models import Rendition
from bothways.positions.models import BlindLevel, Stage, StageReviewer
from bothways.review.actions.decisions import decide, reveal_name
from bothways.review.actions.hidden_words import check_hidden_words
from bothways.review.actions.scorecards import Draft, keep_rating
from tests.architecture.test_addresses import TEAM, Things
from tests.factories import Cast, make_member
from tests.factories.speaking import say
from tests.web.bytes.serving import ask, running
from tests.web.team.planting import IDENTITY, NAME, OPINIONS, Planted, hand_in_own, let_others_rate, plant, undone
from tests.web.team.walking import Got, Walk, container_words, leaks, member_client, readings

pytestmark = pytest.mark.django_db(transaction=True)

WHO = tuple(needle for needles in IDENTITY.values() for needle in needles)
OTHERS_SAY = tuple(needle for needles in OPINIONS.values() for needle in needles)
CONTROL = "Qqqqqqqqq"
"""Stands nowhere. As long as the name that is searched for."""

CHANGES_BY_ITSELF = (
    (re.compile(rb"DTSTAMP:\w+"), b"DTSTAMP"),
    (re.compile(rb"Expires: [^\n]+"), b"EXPIRES"),
    (re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), b"ID"),
    (re.compile(rb"/d/[\w:.-]+"), b"/d/ADDRESS"),
    (re.compile(rb'(csrfmiddlewaretoken" value=|csrf_token": |X-CSRFToken": )"\w+"'), b"TOKEN"),
    (re.compile(rb"(csrftoken|sessionid)=[^;]+; expires=[^;]+"), b"COOKIE"),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), b"MOMENT"),
    (re.compile(rb"messages=[^;]+"), b"MESSAGES"),
    (re.compile(rb"Content-Length: \d+"), b"LENGTH"),
)


@dataclass
class Room:
    """A candidate, Bo who has begun to rate, and Inês and Tove who rate as well."""

    cast: Cast
    tove: Member
    planted: Planted
    things: list[Things]

    @property
    def side(self) -> str:
        base = f"/team/{self.cast.organization.slug}/compare/{self.cast.stage.id}"
        return f"{base}/side/?with={self.planted.interview.id}&question=1"

    def walk(self, bo: Client) -> Walk:
        base = f"/team/{self.cast.organization.slug}"
        stage = f"{base}/compare/{self.cast.stage.id}/"
        more = [
            *(f"{base}/search/?q={word}" for word in ("rent", "ordinary", "the", "ra*")),
            self.side,
            *(f"{stage}?raters={raters}" for raters in ("third", "missing", "complete")),
            *(f"{stage}?decided={decided}" for decided in ("open", "hold", "advance")),
            *(f"{stage}?recommended={said}" for said in ("advance", "hold", "decline", "differ")),
            f"{stage}?shortlisted=1",
        ]
        return Walk(bo).everywhere(TEAM, self.things, more)


@pytest.fixture
def room(cast: Cast, tmp_path: Path) -> Room:
    tove = make_member(cast.organization, "Tove Dahl", Role.REVIEWER)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=tove)
    things = Things(cast)
    planted = plant(cast, tmp_path)
    questions = {question.place: question for question in cast.kit_version.questions.all()}
    keep_rating(
        actor=member_actor(cast.bo), interview=planted.interview, question_id=questions[1].id, draft=Draft(3, "My own.")
    )
    return Room(cast, tove, planted, [things, *_places(things, planted)])


def _places(things: Things, planted: Planted) -> Iterator[SimpleNamespace]:
    """The same things, but this candidate's, with each of the answers in turn."""
    for answer in planted.interview.answers.select_related("question"):
        others = {
            "interview_id": planted.interview.id,
            "answer_id": answer.id,
            "file_id": planted.file_id,
            "place": answer.question.place,
            "take_id": answer.chosen_take_id,
            "share_id": getattr(planted.interview.shared.first(), "share_id", things.arguments["share_id"]),
            "request_id": planted.interview.requests.get().id,
            "inquiry_id": planted.interview.inquiries.get().id,
        }
        mine = {"team:review-round": {"question_id": answer.question_id}}

        def address(name: str, others=others, mine=mine) -> str:
            return things.address(name, **{**others, **mine.get(name, {})})

        yield SimpleNamespace(address=address)


def _advance(room: Room) -> None:
    decide(
        actor=member_actor(room.cast.rafael),
        interview=room.planted.interview,
        outcome="advance",
        reason="wvjxdecided",
        reply_subject="wvjxdecided",
        reply_body=f"Dear {NAME[0]}",
    )


def files_of(room: Room) -> list[Rendition]:
    takes = room.planted.interview.answers.exclude(chosen_take=None).values("chosen_take__recording")
    return list(Rendition.objects.filter(recording__in=takes))


def bytes_reached(walk: Walk, room: Room) -> list[Got]:
    """What the door gives out: for each address that a page named, and for each file of these answers, asked for by
    an address such as pages have it."""
    named = {address.rendition_id for link in walk.media if (address := read_address(link.removeprefix("/d/")))}
    asked_for = named | {one.id for one in files_of(room)}
    got = []
    with running(make_application()) as port:
        for rendition_id in sorted(asked_for):
            said = ask(port, "GET", media_address(rendition_id, "member", room.cast.bo.id), {})
            got.append(Got(f"/d/{rendition_id}", said.status, dict(said.headers.items()), said.body))
    return got


def test_nothing_reachable_tells_who_it_is_or_what_others_gave(room: Room) -> None:
    """In four worlds: two others differ, with all that follows from it; two agree; it is decided, which opens
    nothing; nobody but Bo has begun."""
    bo = member_client(room.cast.bo)
    with undone():
        let_others_rate(room.cast, room.tove, room.planted.interview, agree=False)
        walk = room.walk(bo)
    assert walk.names == set(TEAM)
    with undone():
        let_others_rate(room.cast, room.tove, room.planted.interview, agree=True)
        agreed = walk.again()
        _advance(room)
        decided = walk.again()
    alone = walk.again()
    for address in alone.got:
        apart = _told(walk.got[address])
        assert apart == _told(agreed.got[address]), address
        assert apart == _told(alone.got[address]), address
    reached = [*walk.got.values(), *decided.got.values(), *bytes_reached(walk, room)]
    assert leaks(reached, (*WHO, *OTHERS_SAY, room.planted.token)) == []
    played = [one for one in reached if one.type.startswith(("video/", "audio/"))]
    assert len(played) >= 6, "two recordings, as they play, play everywhere and are heard"
    for one in played:
        told = container_words(one.body).lower()
        assert [needle for needle in WHO if needle.lower() in told] == [], one.address


def test_the_walk_finds_what_is_there_once_the_own_ratings_are_in(room: Room) -> None:
    """Otherwise the walk above would prove nothing."""
    interview = room.planted.interview
    let_others_rate(room.cast, room.tove, interview, agree=False)
    questions = interview.kit_version.questions
    hand_in_own(room.cast.bo, interview, (3,) * questions.count(), "hold")
    reveal_name(actor=member_actor(room.cast.bo), interview=interview)
    walk = Walk(member_client(room.cast.bo)).everywhere(["team:compare", "team:talk-thread"], room.things, [room.side])
    found = " ".join(leaks(walk.got.values(), (*NAME, *OTHERS_SAY)))
    for needle in (*NAME, "wvjxnote", "wvjxpinned", "wvjxoverall", "wvjxchange", "wvjxfound", "wvjxcomment"):
        assert needle in found


def test_who_only_hears_gets_no_picture_from_anywhere(room: Room) -> None:
    """Neither named in a page nor asked for at the door, where every file of these answers is tried."""
    Stage.objects.filter(id=room.cast.stage.id).update(blind_level=BlindLevel.VOICE)
    pages = ["team:review-question", "team:review-turn", "team:review-media", "team:review-round", "team:review-list"]
    walk = Walk(member_client(room.cast.bo)).everywhere(pages, room.things, [room.side])
    assert leaks(walk.got.values(), WHO) == []
    pictures = {one.id for one in files_of(room) if one.has_picture}
    assert len(pictures) == 8, "of two recordings what plays, what plays everywhere, a poster and a sheet"
    named = {read_address(link.removeprefix("/d/")).rendition_id for link in walk.media}
    assert named and not named & pictures
    got = {uuid.UUID(one.address[3:]): one for one in bytes_reached(walk, room)}
    assert {id_ for id_, one in got.items() if one.status == 200} == set(got) - pictures
    assert {one.status for id_, one in got.items() if id_ in pictures} == {404}
    for one in got.values():
        if one.type.startswith("audio/"):
            with av.open(io.BytesIO(one.body)) as heard:
                assert [stream.type for stream in heard.streams] == ["audio"]


def test_who_only_reads_gets_no_word_that_is_hidden(room: Room) -> None:
    """Said, written, searched or asked for at the door: the words that somebody hid are nowhere. What plays is nobody's
    answer: colleagues act those that raters calibrate on."""
    Stage.objects.filter(id=room.cast.stage.id).update(blind_level=BlindLevel.TEXT)
    interview = Interview.objects.select_related("stage").get(id=room.planted.interview.id)
    say(interview, 1, f"My name is {NAME[0]} and I asked about the rent.", "I was at the University of Kvrqschool.")
    texts = texts_of(interview)
    seen = wording(texts, masks_now(interview, None, texts))
    check_hidden_words(actor=member_actor(room.cast.rafael), interview=interview, seen=seen)
    walk = room.walk(member_client(room.cast.bo))
    assert "⟦name⟧ and I asked about the rent" in "".join(one.text for one in walk.got.values())
    reached = [*walk.got.values(), *(files := bytes_reached(walk, room))]
    assert leaks(reached, (*WHO, "Kvrqschool")) == []
    assert {one.status for one in files} == {404}
    of_answers = {one.id for one in files_of(room)}
    named = {read_address(link.removeprefix("/d/")).rendition_id for link in walk.media}
    assert of_answers and not named & of_answers


def test_a_search_for_who_it_is_finds_as_much_as_one_for_nobody(room: Room) -> None:
    base = f"/team/{room.cast.organization.slug}"
    walk = Walk(member_client(room.cast.bo))
    places = (
        f"{base}/search/?q=",
        f"{base}/search/?interview={room.planted.interview.id}&q=",
        f"{base}/compare/{room.cast.stage.id}/?q=",
        f"{base}/compare/{room.cast.stage.id}/?sort=name&q=",
        f"{base}/library/?q=",
        f"{base}/kits/?q=",
        f"{base}/members/?q=",
    )
    for place in places:
        for needle in (NAME[0], NAME[0][:5], "mailzqx77", "kvrqtitle", "wvjxnote"):
            found, nobody = (walk.get(f"{place}{word}") for word in (needle, CONTROL))
            assert found.status == 200
            assert _told(found, needle) == _told(nobody, CONTROL), found.address


def _told(got: Got, asked: str = "") -> bytes:
    """All of an answer, but what is different each time it is asked for."""
    unpacked = list(readings(got.body))[1:]
    told = replace(got, address="", body=b"\n".join(unpacked) or got.body).everything()
    return _still(told.replace(asked.encode(), b"WORD") if asked else told)


def _still(told: bytes) -> bytes:
    for pattern, word in CHANGES_BY_ITSELF:
        told = pattern.sub(word, told)
    return told
