"""Inviting a whole list: looked at first, then everybody in it, or nobody."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record, record_many
from bothways.accounts.actors import Actor
from bothways.interviews.actions.invitations import first_deadline, locked_stage
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import LINK_LIFE
from bothways.interviews.code_names import free_names
from bothways.interviews.models import AccessToken, CsvImport, CsvImportState, Interview, Origin, PersonWord
from bothways.interviews.people_file import INVITED, OK, PersonRow, read_people
from bothways.interviews.policies import may_invite
from bothways.interviews.queries.batches import require_batch
from bothways.interviews.queries.inviting import version_to_invite_with
from bothways.interviews.queries.letters import letter_context, stage_facts, zone_of
from bothways.interviews.queries.person_words import words_of
from bothways.kits.actions.versions import freeze
from bothways.kits.models import KitVersion
from bothways.lib.errors import Refused, require
from bothways.lib.ids import new_id
from bothways.lib.many_rows import insert_objects, insert_rows
from bothways.lib.tokens import digest, new_token
from bothways.notify.actions.mailings import Recipient, keep_many, letters_to_many
from bothways.positions.models import Application, Candidate, Stage

CHECKED_LIFE = dt.timedelta(days=1)
DONE_LIFE = dt.timedelta(days=30)
"""How long the rows of a list, which are personal data, are kept for the report: before and after inviting."""

CHUNK = 500

T = TypeVar("T")


@transaction.atomic
def check_list(*, actor: Actor, stage: Stage, file_name: str, data: bytes) -> CsvImport:
    """Read a file and say what would happen to each row. Nobody is invited yet.

    Raises:
        Refused: the file cannot be read, or nobody can be invited to this stage at all.
    """
    require(may_invite(actor, stage), _("Your role does not include inviting people."))
    version_to_invite_with(stage)
    rows = _compared(stage, read_people(data))
    checked = CsvImport.objects.create(
        organization=stage.organization,
        stage=stage,
        created_by_id=actor.id,
        file_name=file_name[-120:],
        rows=[asdict(row) for row in rows],
        expires_at=timezone.now() + CHECKED_LIFE,
    )
    record(
        organization=stage.organization,
        actor=actor,
        verb="list.checked",
        thing=checked,
        detail={"rows": len(rows), "ready": _ready(rows)},
    )
    return checked


@transaction.atomic
def invite_list(*, actor: Actor, csv_import: CsvImport) -> CsvImport:
    """Invite everybody whose row is in order: all of them in this one transaction, or nobody. Asking twice is once.

    Who was invited by other means since the check is left out, and the report says so.

    Raises:
        Refused: `nobody_to_invite`, `list_expired`, or what stands in the way of any invitation or of a batch.
    """
    checked = CsvImport.objects.select_for_update().get(id=csv_import.id, organization=csv_import.organization_id)
    stage = locked_stage(checked.stage)
    require(may_invite(actor, stage), _("Your role does not include inviting people."))
    if checked.state == CsvImportState.DONE:
        return checked
    if checked.expires_at <= timezone.now():
        raise Refused("list_expired", _("This check is older than a day. Please choose the file once more."))
    version = version_to_invite_with(stage)
    require_batch(stage)
    rows = _compared(stage, rows_of(checked))
    ready = [row for row in rows if row.verdict == OK]
    if not ready:
        raise Refused("nobody_to_invite", _("There is nobody left in this list who could be invited."))
    _invite_all(actor, stage, version, ready)
    checked.rows = [asdict(row) for row in rows]
    checked.state, checked.done_at, checked.invited_count = CsvImportState.DONE, timezone.now(), len(ready)
    checked.expires_at = timezone.now() + DONE_LIFE
    checked.save()
    record(
        organization=stage.organization,
        actor=actor,
        verb="list.invited",
        thing=checked,
        detail={"rows": len(rows), "invited": len(ready)},
    )
    return checked


def rows_of(csv_import: CsvImport) -> list[PersonRow]:
    return [PersonRow(**row) for row in csv_import.rows]


def forget_old_lists() -> int:
    """Delete lists whose time is over. Returns how many rows of the database went."""
    return CsvImport.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _ready(rows: Iterable[PersonRow]) -> int:
    return sum(row.verdict == OK for row in rows)


def _compared(stage: Stage, rows: list[PersonRow]) -> list[PersonRow]:
    """The rows, with those marked who are in the stage already."""
    in_stage = Interview.objects.filter(stage=stage, is_preview=False)
    invited: set[str] = set()
    for emails in _chunks([row.email for row in rows if row.verdict == OK]):
        known = in_stage.filter(application__candidate__email__in=emails)
        invited.update(known.values_list("application__candidate__email", flat=True))
    return [replace(row, verdict=INVITED) if row.verdict == OK and row.email in invited else row for row in rows]


def _invite_all(actor: Actor, stage: Stage, version: KitVersion, rows: list[PersonRow]) -> None:
    candidates = _candidates(stage, version, rows)
    applications = _applications(stage, candidates)
    in_stage = Interview.objects.filter(stage=stage, is_preview=False)
    names = free_names(
        lambda some: in_stage.filter(code_name__in=some).values_list("code_name", flat=True), in_stage.count()
    )
    deadline = first_deadline(stage)
    interviews = [
        Interview(
            organization=stage.organization,
            application=application,
            position_id=stage.position_id,
            stage_id=stage.id,
            kit_version_id=version.id,
            origin=Origin.CSV,
            kind=stage.kind,
            code_name=next(names),
            language=row.language or application.candidate.language,
            invited_by_id=actor.id,
            deadline=deadline,
        )
        for row, application in zip(rows, applications, strict=True)
    ]
    insert_objects(Interview, interviews)
    _keep_words(stage, interviews)
    freeze(actor=actor, kit_version=version)
    detail = {"origin": Origin.CSV, "stage": stage.id, "kit_version": version.id, "deadline": deadline}
    record_many(
        organization=stage.organization,
        actor=actor,
        verb="interview.invited",
        things=[(interview, detail) for interview in interviews],
    )
    _mail_all(stage, version, interviews)


def _candidates(stage: Stage, version: KitVersion, rows: list[PersonRow]) -> list[Candidate]:
    """One candidate a row, in the same order. Those who are known keep name and language as they are."""
    known: dict[str, Candidate] = {}
    for emails in _chunks([row.email for row in rows]):
        found = Candidate.objects.filter(organization=stage.organization, email__in=emails)
        known.update((candidate.email, candidate) for candidate in found)
    new = {
        row.email: Candidate(
            organization_id=stage.organization_id,
            name=row.name,
            email=row.email,
            language=row.language or version.language,
        )
        for row in rows
        if row.email not in known
    }
    insert_objects(Candidate, new.values())
    return [known.get(row.email) or new[row.email] for row in rows]


def _applications(stage: Stage, candidates: list[Candidate]) -> list[Application]:
    """One application a candidate, in the same order."""
    known: dict[object, Application] = {}
    for ids in _chunks([candidate.id for candidate in candidates]):
        found = Application.objects.filter(position=stage.position, candidate__in=ids)
        known.update((application.candidate_id, application) for application in found)
    new = {
        candidate.id: Application(
            organization_id=stage.organization_id, position_id=stage.position_id, candidate=candidate, stage_id=stage.id
        )
        for candidate in candidates
        if candidate.id not in known
    }
    insert_objects(Application, new.values())
    applications = [known.get(candidate.id) or new[candidate.id] for candidate in candidates]
    for application, candidate in zip(applications, candidates, strict=True):
        application.candidate = candidate
    return applications


def _keep_words(stage: Stage, interviews: list[Interview]) -> None:
    candidates = ((interview.id, interview.application.candidate) for interview in interviews)
    insert_rows(
        PersonWord,
        same={"organization": stage.organization_id, "position": stage.position_id, "created_at": timezone.now()},
        columns=("id", "interview", "word"),
        rows=(
            (new_id(), interview_id, word)
            for interview_id, candidate in candidates
            for word in words_of(candidate.name, candidate.email)
        ),
    )


def _mail_all(stage: Stage, version: KitVersion, interviews: list[Interview]) -> None:
    """A link and a letter for each. The letter is rendered once a language and zone."""
    tokens = {interview.id: new_token() for interview in interviews}
    now = timezone.now()
    insert_rows(
        AccessToken,
        same={
            "organization": stage.organization_id, "purpose": "invitation", "expires_at": now + LINK_LIFE,
            "revoked_at": None, "created_at": now,
        },
        columns=("id", "interview", "token_digest"),
        rows=((new_id(), interview_id, digest(token)) for interview_id, token in tokens.items()),
    )  # fmt: skip
    facts = stage_facts(stage, version)
    groups: dict[tuple[str, str], list[Interview]] = {}
    for interview in interviews:
        groups.setdefault((interview.language, zone_of(interview)), []).append(interview)
    for (language, zone), group in groups.items():
        context = letter_context(facts, deadline=group[0].deadline, language=language, zone=zone)
        recipients = [
            Recipient(
                email=interview.application.candidate.email,
                name=interview.application.candidate.name,
                links=links_to(settings.BASE_URL + reverse("candidate:landing", args=[tokens[interview.id]])),
                about=interview,
            )
            for interview in group
        ]
        keep_many(
            letters_to_many(
                organization=stage.organization,
                kind="interviews.invitation",
                language=language,
                context={"interview": group[0], **context},
                recipients=recipients,
            )
        )


def _chunks(values: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
