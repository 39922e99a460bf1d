"""Rare strings wherever a candidate's identity or another rater's view stands, to be looked for in all that is reached.

Each is so rare that it is found only where it leaked.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from django.db import transaction
from django.utils import timezone

from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member
from bothways.interviews.models import CsvImport, Fault, Interview
from bothways.kits.models import Question
from bothways.lib.ids import new_id
from bothways.media.actions.measurements import add_measurement
from bothways.media.actions.recordings import create_recording, settle
from bothways.media.actions.renditions import add_poster, add_sprites, add_universal, add_voice
from bothways.media.models import Recording, RecordingState
from bothways.media.store import get_store
from bothways.notify.models import Message
from bothways.review.actions.comments import Place, edit_comment, write_comment
from bothways.review.actions.decisions import decide
from bothways.review.actions.pinned_notes import Pin, Quote, pin_note
from bothways.review.actions.rating_changes import change_rating
from bothways.review.actions.reconciling import reconcile
from bothways.review.actions.scorecards import Draft, keep_overall, keep_rating, submit_scorecard
from bothways.review.actions.shares import Shown, make_share
from bothways.review.actions.shortlist import shortlist
from tests.factories import (
    Cast,
    make_answer,
    make_file,
    make_interview,
    make_request,
    make_token,
    make_written_answer,
)
from tests.factories.asking import make_inquiry
from tests.factories.following import make_answered
from tests.factories.people import make_findable
from tests.factories.review import watch
from tests.factories.speaking import say
from tests.media.making import make_recording
from tests.web.team.rating_room import share_recording

NAME = ("Zqvorblex", "Wyrmhjelmova", "Ñuñoxquil")
IDENTITY = {
    "name": NAME,
    "mail": ("mailzqx77", "rarequux.test"),
    "phone": ("0447946099133",),
    "request": ("kvrqrequest",),
    "question": ("kvrqasked",),
    "file": ("kvrqfilename",),
    "list": ("kvrqlistfile",),
    "device": ("kvrqbrowser", "kvrqdetail", "kvrqdeclared"),
    "zone": ("Kvrqzone/Wren",),
    "letter": ("kvrqletter",),
    "media": ("kvrqtitle", "kvrqartist", "kvrqcomment", "kvrqcamera", "kvrqhandler", "61.2181", "1987-06-05"),
}
"""What nobody who rates blindly may get before the own ratings are in."""

OPINIONS = {
    "note": ("wvjxnote", "wvjxoverall"),
    "pinned": ("wvjxpinned",),
    "change": ("wvjxchange",),
    "found": ("wvjxfound",),
    "decision": ("wvjxdecided",),
    "guest": ("wvjxguest",),
    "comment": ("wvjxcomment", "wvjxearlier"),
    "follow-up": ("wvjxasks", "wvjxafterwards"),
}
"""What others wrote about the candidate."""

SAID = ("I rang her about the rent first.", "Then we looked for a plan together.")
METADATA = {
    "title": f"kvrqtitle {NAME[0]}",
    "artist": "kvrqartist",
    "comment": "kvrqcomment",
    "location": "+61.2181-149.9003/",
    "make": "kvrqcamera",
    "creation_time": "1987-06-05T04:03:02.000000Z",
}


@dataclass(frozen=True)
class Planted:
    interview: Interview
    token: str
    file_id: object


def plant(cast: Cast, folder: Path) -> Planted:
    """A candidate whose answers are two real recordings, a written one and a file, with rare strings everywhere."""
    now = timezone.now()
    interview = make_interview(
        cast.stage,
        cast.kit_version,
        " ".join(NAME),
        state="submitted",
        opened_at=now,
        started_at=now,
        submitted_at=now,
        reply_by=now.date() + dt.timedelta(days=14),
        invited_by=cast.rafael,
    )
    candidate = interview.application.candidate
    candidate.email, candidate.time_zone = "mailzqx77@rarequux.test", "Kvrqzone/Wren"
    candidate.save()
    make_findable(interview)
    recordings = [_settled(cast, file) for file in _tagged_files(folder)]
    questions = {question.place: question for question in cast.kit_version.questions.all()}
    for place, recording in ((1, recordings[0]), (3, recordings[1])):
        _answer_with(interview, questions[place], recording)
    file_answer = make_written_answer(interview, questions[2], options=[])
    file = make_file(file_answer, name=f"kvrqfilename-{NAME[0]}-CV.pdf")
    make_written_answer(interview, questions[4], "I wrote the plan down with her.")
    say(interview, 1, *SAID)
    _plant_around(cast, interview)
    return Planted(interview, make_token(interview), file.id)


def _plant_around(cast: Cast, interview: Interview) -> None:
    organization = cast.organization
    make_request(interview, words="kvrqrequest, please", phone="0447946099133")
    make_inquiry(interview, words="kvrqasked, and by when?")
    take = interview.answers.get(question__place=1).chosen_take
    Fault.objects.create(
        organization=organization, interview=interview, take=take, place=1, code="camera_lost", detail="kvrqdetail",
        browser="kvrqbrowser",
    )  # fmt: skip
    CsvImport.objects.create(
        organization=organization, stage=cast.stage, created_by=cast.rafael, file_name="kvrqlistfile.csv",
        rows=[{"name": " ".join(NAME), "email": "mailzqx77@rarequux.test"}],
        expires_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    Message.objects.create(
        organization=organization, kind="candidate.invited", to_email="mailzqx77@rarequux.test", to_name=NAME[0],
        language="en", subject=f"kvrqletter for {NAME[0]}", body_text=f"Dear {NAME[0]}",
        about_kind="interview", about_id=str(interview.id),
    )  # fmt: skip


def _answer_with(interview: Interview, question: Question, recording: Recording) -> None:
    share_recording(recording, make_answer(interview, question).chosen_take.recording)


def _tagged_files(folder: Path) -> Iterator[Path]:
    """As a phone and a desktop write them: with who, where, when and by which device in the container."""
    for form, picture, sound in (("mp4", "libx264", "aac"), ("webm", "libvpx", "libopus")):
        plain = make_recording(
            folder / f"plain.{form}", 2, form=form, picture=picture, sound=sound, size=(96, 64), rate=10
        )
        yield _with_metadata(plain, folder / f"kvrqdeclared.{form}", form)


def _with_metadata(source: Path, target: Path, form: str) -> Path:
    options = {"movflags": "use_metadata_tags"} if form == "mp4" else {}
    with av.open(str(source)) as incoming, av.open(str(target), "w", format=form, options=options) as outgoing:
        outgoing.metadata.update(METADATA)
        tracks = {}
        for stream in incoming.streams:
            tracks[stream.index] = outgoing.add_stream_from_template(stream)
            tracks[stream.index].metadata.update({"handler_name": "kvrqhandler", "title": "kvrqtitle"})
        for packet in incoming.demux():
            if packet.dts is not None:
                packet.stream = tracks[packet.stream_index]
                outgoing.mux(packet)
    assert b"kvrqtitle" in target.read_bytes(), "nothing was planted"
    return target


def _settled(cast: Cast, file: Path) -> Recording:
    recording = create_recording(
        organization=cast.organization, kind="video", declared_mime=f"video/{file.suffix[1:]};by=kvrqdeclared"
    )
    recording.state = RecordingState.RECEIVED
    recording.save()
    get_store().put_file(recording.original_key, file)
    settle(recording_id=recording.id)
    for add in (add_poster, add_sprites, add_universal, add_voice, add_measurement):
        add(recording_id=recording.id)
    recording.refresh_from_db()
    assert recording.state == RecordingState.READY, recording.failure_detail
    return recording


def let_others_rate(cast: Cast, third: Member, interview: Interview, *, agree: bool) -> None:
    """Inês and a third rater hand in, of one mind or far apart. Then they change a rating, talk, and write down what
    they found, and whoever recruits keeps the candidate in sight, shares and puts on hold."""
    recruiter = member_actor(cast.rafael)
    if agree:
        _hand_in(cast.ines, interview, (4, 4, 4, 4), "advance")
        _hand_in(third, interview, (4, 4, 4, 4), "advance")
        return
    _hand_in(cast.ines, interview, (5, 1, 5, 2), "advance")
    _hand_in(third, interview, (1, 5, 1, 5), "decline")
    reconcile(actor=recruiter, interview=interview, words="wvjxfound")
    first = interview.kit_version.questions.get(place=1)
    change_rating(
        actor=member_actor(cast.ines), interview=interview, question_id=first.id, value=3, reason="wvjxchange"
    )
    said = write_comment(
        actor=member_actor(third), interview=interview, words="wvjxearlier", client_key=new_id(), place=Place(first.id)
    )
    edit_comment(actor=member_actor(third), comment=said, words=f"wvjxcomment @{cast.ines.user.name}")
    make_answered(interview, cast.ines, "wvjxafterwards", words="wvjxasks")
    shortlist(actor=recruiter, interview=interview, on=True)
    shown = Shown(answers=True, scorecards=True)
    make_share(
        actor=recruiter,
        interviews=[interview],
        recipient="wvjxguest",
        email="wvjxguest@example.org",
        shown=shown,
        days=7,
        most_views=5,
        is_involved=True,
    )
    decide(actor=recruiter, interview=interview, outcome="hold", reason="wvjxdecided")


def _hand_in(member: Member, interview: Interview, values: tuple[int, ...], recommendation: str) -> None:
    hand_in_own(member, interview, values, recommendation, note="wvjxnote", pinned="wvjxpinned", overall="wvjxoverall")
    watch(member, interview)


def hand_in_own(
    member: Member, interview: Interview, values: tuple[int, ...], recommendation: str, **words: str
) -> None:
    actor = member_actor(member)
    questions = list(interview.kit_version.questions.all())
    for question, value in zip(questions, values, strict=True):
        keep_rating(
            actor=actor, interview=interview, question_id=question.id, draft=Draft(value, words.get("note", ""))
        )
    if "pinned" in words:
        pin = Pin(500, 1500, words["pinned"], Quote(SAID[0], 0, 1500))
        pin_note(actor=actor, interview=interview, question_id=questions[0].id, client_key=new_id(), pin=pin)
    keep_overall(actor=actor, interview=interview, recommendation=recommendation, note=words.get("overall", ""))
    submit_scorecard(actor=actor, interview=interview)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
