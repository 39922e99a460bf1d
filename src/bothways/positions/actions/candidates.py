"""Candidates: one row a person and organization, found by the address."""

from django.db import transaction

from bothways.accounts.models import Organization
from bothways.lib.person_text import normalized_email, normalized_name
from bothways.positions.models import Application, ApplicationState, Candidate, Stage


@transaction.atomic
def get_or_create_candidate(*, organization: Organization, name: str, email: str, language: str) -> Candidate:
    """The candidate with this address in the organization. One who is known keeps name and language as they are."""
    candidate, _ = Candidate.objects.get_or_create(
        organization=organization,
        email=normalized_email(email),
        defaults={"name": normalized_name(name), "language": language},
    )
    return candidate


@transaction.atomic
def get_or_create_application(*, candidate: Candidate, stage: Stage) -> Application:
    """The candidate's application for the stage's position; a new one begins in this stage."""
    application, _ = Application.objects.get_or_create(
        organization_id=stage.organization_id,
        position_id=stage.position_id,
        candidate=candidate,
        defaults={"stage": stage},
    )
    return application


@transaction.atomic
def withdraw_application(*, application: Application) -> None:
    """The application goes no further, because its invitation was taken back."""
    Application.objects.filter(id=application.id).update(state=ApplicationState.WITHDRAWN)
