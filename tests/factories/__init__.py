"""Rows for tests, made directly, with the fixed cast.

Ada is the owner, Rafael recruits, Bo and Inês review, Audrey audits, Cleo is the outsider, Dee the candidate.
"""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member, Organization, Role, User
from bothways.interviews.models import (
    AccessToken,
    Answer,
    AnswerFile,
    Interview,
    InterviewState,
    Origin,
    Request,
    RequestKind,
    Take,
    WrittenAnswer,
)
from bothways.interviews.queries.reading import reading_ms
from bothways.kits.models import Competency, Kit, KitVersion, KitVersionState, Question
from bothways.lib.ids import new_id
from bothways.lib.tokens import digest, new_token
from bothways.media.models import Recording, RecordingState
from bothways.media.store import get_store
from bothways.positions.models import Application, Candidate, Position, Stage, StageReviewer

_count = itertools.count(1)
PASSWORD = "correct horse battery"


def make_organization(name: str = "Kestrel Housing", **fields: Any) -> Organization:
    slug = fields.pop("slug", f"{name.split()[0].lower()}-{next(_count)}")
    return Organization.objects.create(**{"name": name, "slug": slug, "retention_profile": "eu", **fields})


def make_member(organization: Organization, name: str, role: str, title: str = "") -> Member:
    email = f"{name.split()[0].lower()}.{next(_count)}@example.org"
    user = User.objects.create_user(email=email, name=name, password=PASSWORD)
    return Member.objects.create(organization=organization, user=user, role=role, title=title)


def make_position(replies_by: Member, title: str = "Tenant support adviser", **fields: Any) -> Position:
    return Position.objects.create(organization=replies_by.organization, title=title, replies_by=replies_by, **fields)


def make_kit_version(asker: Member, questions: int = 4, state: str = KitVersionState.PUBLISHED) -> KitVersion:
    organization = asker.organization
    kit = Kit.objects.create(organization=organization, name=f"Kit {next(_count)}")
    version = KitVersion.objects.create(
        organization=organization,
        kit=kit,
        number=1,
        state=state,
        welcome_text="I lead the team you would join.",
        welcome_by=asker,
        closing_text="Thank you for your time.",
        published_at=timezone.now(),
    )
    competency, _ = Competency.objects.get_or_create(organization=organization, name="Judgement")
    for place in range(1, questions + 1):
        Question.objects.create(
            organization=organization,
            kit_version=version,
            place=place,
            text=f"Question number {place}?",
            asker=asker,
            no_prompt_reason="Written for a test.",
            competency=competency,
            anchor_1="Nothing of it.",
            anchor_3="Some of it.",
            anchor_5="All of it.",
        )
    return version


def make_stage(position: Position, kit_version: KitVersion, reviewers: tuple[Member, ...] = (), **fields: Any) -> Stage:
    place = position.stages.count() + 1
    stage = Stage.objects.create(
        organization=position.organization,
        position=position,
        place=place,
        name=fields.pop("name", "Recorded interview"),
        kit=kit_version.kit,
        **fields,
    )
    for member in reviewers:
        StageReviewer.objects.create(organization=position.organization, stage=stage, member=member)
    return stage


def make_interview(stage: Stage, kit_version: KitVersion, name: str = "Dee Okafor", **fields: Any) -> Interview:
    organization = stage.organization
    candidate = Candidate.objects.create(
        organization=organization, name=name, email=f"{name.split()[0].lower()}.{next(_count)}@example.net"
    )
    application = Application.objects.create(
        organization=organization, position=stage.position, candidate=candidate, stage=stage
    )
    return Interview.objects.create(
        **{
            "organization": organization,
            "application": application,
            "position": stage.position,
            "stage": stage,
            "kit_version": kit_version,
            "origin": Origin.SINGLE,
            "code_name": f"Heron {next(_count)}",
            "deadline": timezone.now() + dt.timedelta(days=7),
            **fields,
        }
    )


def make_token(interview: Interview) -> str:
    token = new_token()
    AccessToken.objects.create(
        organization=interview.organization,
        interview=interview,
        token_digest=digest(token),
        purpose="invitation",
        expires_at=timezone.now() + dt.timedelta(days=60),
    )
    return token


def make_answer(interview: Interview, question: Question, duration_ms: int = 30_000) -> Answer:
    """An answer with one ready, chosen take. The recording has no bytes in the store."""
    recording = Recording.objects.create(
        organization=interview.organization,
        kind="video",
        state=RecordingState.READY,
        duration_ms=duration_ms,
        size=1000,
        settled_at=timezone.now(),
    )
    answer = Answer.objects.create(organization=interview.organization, interview=interview, question=question)
    take = Take.objects.create(
        organization=interview.organization,
        answer=answer,
        number=1,
        recording=recording,
        client_key=new_id(),
        finished_at=timezone.now(),
        device_duration_ms=duration_ms,
    )
    answer.chosen_take = take
    answer.save()
    return answer


def make_written_answer(
    interview: Interview, question: Question, text: str = "In my own words.", **given: Any
) -> Answer:
    """An answer that was written, picked or given as a number, and kept."""
    answer = Answer.objects.create(organization=interview.organization, interview=interview, question=question)
    fields = {"text": "" if given else text, "reading_ms": reading_ms(text), "revision": 1, **given}
    answer.chosen_written = WrittenAnswer.objects.create(organization=interview.organization, answer=answer, **fields)
    answer.save()
    return answer


def make_file(answer: Answer, content: bytes = b"%PDF-1.7", **fields: Any) -> AnswerFile:
    """A file of a written answer, with its bytes in the store."""
    key = f"{answer.organization_id}/{new_id()}/file"
    with get_store().write_at(key, 0) as writer:
        writer.write(content)
        writer.sync()
    given = {"name": "CV.pdf", "mime": "application/pdf", "size": len(content), "store_key": key, **fields}
    return AnswerFile.objects.create(organization=answer.organization, written=answer.chosen_written, **given)


def make_submitted_interview(stage: Stage, kit_version: KitVersion, name: str = "Dee Okafor") -> Interview:
    now = timezone.now()
    interview = make_interview(
        stage,
        kit_version,
        name,
        state=InterviewState.SUBMITTED,
        opened_at=now,
        started_at=now,
        submitted_at=now,
        reply_by=now.date() + dt.timedelta(days=14),
    )
    for question in kit_version.questions.all():
        make_answer(interview, question)
    return interview


def make_request(interview: Interview, **fields: Any) -> Request:
    """What a candidate asked a person for, open, with the day of the answer in two days."""
    return Request.objects.create(
        **{
            "organization": interview.organization,
            "interview": interview,
            "kind": RequestKind.PERSON,
            "owner": interview.position.replies_by,
            "due": timezone.localdate() + dt.timedelta(days=2),
            **fields,
        }
    )


class Cast:
    """One organization with its people and a running position; Cleo owns another organization."""

    def __init__(self) -> None:
        self.organization = make_organization()
        self.ada = make_member(self.organization, "Ada Lindqvist", Role.OWNER, "head of tenant services")
        self.rafael = make_member(self.organization, "Rafael Moreno", Role.RECRUITER)
        self.bo = make_member(self.organization, "Bo Osei", Role.REVIEWER)
        self.ines = make_member(self.organization, "Inês Carvalho", Role.REVIEWER)
        self.audrey = make_member(self.organization, "Audrey Blum", Role.AUDITOR)
        self.other_organization = make_organization("Plover Works")
        self.cleo = make_member(self.other_organization, "Cleo Outsider", Role.OWNER)
        self.position = make_position(self.ada)
        self.kit_version = make_kit_version(self.ada)
        self.stage = make_stage(self.position, self.kit_version, (self.bo, self.ines))

    def actor(self, member: Member) -> Actor:
        return member_actor(member)
