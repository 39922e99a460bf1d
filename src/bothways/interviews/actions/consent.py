"""Agreeing to be recorded, to words that are kept exactly as they were read."""

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization
from bothways.interviews.models import Consent, ConsentText, Interview
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.consent_words import consent_words
from bothways.interviews.queries.window import is_answering
from bothways.lib.errors import Refused, require


def current_text(interview: Interview) -> ConsentText:
    """The text that this interview's candidate would agree to now, kept as a version once it has been shown."""
    body = consent_words(interview)
    return _kept(interview, body) or _keep(interview, body)


@transaction.atomic
def agree(*, interview: Interview, text_id: uuid.UUID, actor: Actor) -> Consent:
    """Keep that the candidate agreed to the text they read. Agreeing twice keeps the first.

    Raises:
        Refused: the words have changed since they were shown, or the interview is closed.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    interview = Interview.objects.select_for_update(of=("self",)).get(id=interview.id)
    existing = Consent.objects.filter(interview=interview).first()
    if existing:
        return existing
    if not is_answering(interview):
        raise Refused("closed", _("This interview is closed. Nothing was changed."))
    text = current_text(interview)
    if text.id != text_id:
        raise Refused(
            "text_changed",
            _("The text has changed since you opened this page. Nothing was recorded. Please read it once more."),
        )
    consent = Consent.objects.create(organization=interview.organization, interview=interview, text=text)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="consent.given",
        thing=interview,
        detail={"text": text.id, "language": text.language, "version": text.version},
    )
    return consent


def _kept(interview: Interview, body: str) -> ConsentText | None:
    texts = ConsentText.objects.filter(organization=interview.organization_id, language=interview.language, body=body)
    return texts.first()


@transaction.atomic
def _keep(interview: Interview, body: str) -> ConsentText:
    """A new version, unless somebody else made it meanwhile: versions of an organization come one after the other."""
    organization = Organization.objects.select_for_update().get(id=interview.organization_id)
    found = _kept(interview, body)
    if found:
        return found
    texts = ConsentText.objects.filter(organization=organization, language=interview.language)
    last = texts.aggregate(last=Max("version"))["last"] or 0
    return ConsentText.objects.create(
        organization=organization, language=interview.language, version=last + 1, body=body
    )
