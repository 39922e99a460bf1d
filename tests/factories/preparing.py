"""Kits and prompts in the states that a recruiter meets while preparing."""

from django.utils import timezone

from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member
from bothways.kits.actions.kits import create_kit
from bothways.kits.models import Captions, Kit, KitVersion, Prompt, PromptSlot, Question
from bothways.kits.queries.versions import draft_of
from bothways.kits.starters import STARTERS
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState, Rendition, RenditionKind, Transcript, TranscriptState
from bothways.media.utterances import Utterance, Word, as_json


def make_recording(member: Member, state: str = RecordingState.READY, duration_ms: int = 19_000) -> Recording:
    """A recording as it stands once it is settled. It has no bytes in the store."""
    ready = state == RecordingState.READY
    recording = Recording.objects.create(
        organization=member.organization,
        kind="video",
        state=state,
        duration_ms=duration_ms if ready else None,
        video_codec="h264" if ready else "",
        size=1000,
        failure_code="nothing_playable" if state == RecordingState.FAILED else "",
    )
    if ready:
        make_renditions(recording)
    return recording


def make_renditions(recording: Recording) -> None:
    """A file to play and a poster. They have no bytes in the store."""
    for kind, mime in ((RenditionKind.PLAYABLE, "video/mp4"), (RenditionKind.POSTER, "image/jpeg")):
        Rendition.objects.create(
            organization_id=recording.organization_id,
            recording=recording,
            kind=kind,
            mime=mime,
            size=1000,
            store_key=f"{recording.organization_id}/{recording.id}/{kind}",
        )


def make_captions(recording: Recording, reviewer: Member | None, text: str = "What did you do first?") -> Captions:
    """Captions of two cues, read by the reviewer where one is given."""
    half = (recording.duration_ms or 2000) // 2
    return Captions.objects.create(
        organization_id=recording.organization_id,
        recording=recording,
        language="en",
        cues=[
            {"start_ms": 0, "end_ms": half, "text": text},
            {"start_ms": half, "end_ms": 2 * half, "text": "And then & after?"},
        ],
        reviewed_by=reviewer,
        reviewed_at=timezone.now() if reviewer else None,
    )


def make_prompt(
    member: Member,
    subject: Question | KitVersion,
    state: str = RecordingState.READY,
    slot: str = PromptSlot.ASKED,
) -> Prompt:
    """A try at asking, complete on the side of the device."""
    recording = make_recording(member, state)
    return Prompt.objects.create(
        organization=member.organization,
        subject_id=subject.id,
        slot=slot,
        client_key=new_id(),
        recording=recording,
        member=member,
        finished_at=recording.created_at,
    )


def make_draft(member: Member, name: str = "Tenant support adviser", *, starter: str = "customers") -> KitVersion:
    """A draft of four written questions that nobody asks on video yet."""
    kit: Kit = create_kit(
        actor=member_actor(member),
        organization=member.organization,
        name=name,
        starter=STARTERS[starter],
        welcome_by=member,
    )
    version = draft_of(kit)
    assert version is not None
    return version


def make_ready_draft(member: Member, name: str = "Tenant support adviser") -> KitVersion:
    """A draft that may be published: each question is asked on video, with captions that the member has read."""
    version = make_draft(member, name)
    for question in version.questions.all():
        question.prompt = make_recording(member)
        question.captions = make_captions(question.prompt, member, question.text)
        question.save()
    return version


def make_transcript(recording: Recording, *texts: str, **fields: object) -> Transcript:
    """What a machine heard: one utterance of two seconds for each text, its words spread evenly, all certain."""
    utterances = []
    for number, text in enumerate(texts or ("I rang her first.", "Then I asked about the rent.")):
        start, words = number * 2000, text.split()
        step = 2000 // max(len(words), 1)
        spoken = tuple(Word(start + at * step, start + (at + 1) * step, word, 0.9) for at, word in enumerate(words))
        utterances.append(Utterance(start, start + 2000, text, spoken))
    return Transcript.objects.create(
        **{
            "organization_id": recording.organization_id,
            "recording": recording,
            "language": "en",
            "state": TranscriptState.READY,
            "engine": "by hand",
            "machine": as_json(utterances),
            "settled_at": timezone.now(),
            **fields,
        }
    )
