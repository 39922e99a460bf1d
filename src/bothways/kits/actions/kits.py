"""Beginning and naming kits."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Organization
from bothways.kits.actions.drafts import require_change
from bothways.kits.actions.wording import Wording, put_onto
from bothways.kits.models import Kit, KitVersion, Question
from bothways.kits.policies import may_prepare
from bothways.kits.starters import Starter, StarterQuestion
from bothways.lib.errors import Refused, require


@transaction.atomic
def create_kit(
    *, actor: Actor, organization: Organization, name: str, starter: Starter, welcome_by: Member | None = None
) -> Kit:
    """A new kit whose first version is a draft with the starter's questions, asked by `welcome_by` where given."""
    require(may_prepare(actor, organization), _("Only owners and recruiters prepare kits."))
    if welcome_by is not None and welcome_by.organization_id != organization.id:
        raise Refused("not_a_member", _("The one who welcomes must be a member of your organization."))
    kit = Kit.objects.create(organization=organization, name=_named(name))
    with translation.override(organization.language):
        version = KitVersion.objects.create(
            organization=organization,
            kit=kit,
            number=1,
            language=organization.language,
            welcome_text=str(starter.welcome),
            welcome_by=welcome_by,
            closing_text=str(starter.closing),
        )
        for place, begun in enumerate(starter.questions, start=1):
            question = Question(organization=organization, kit_version=version, place=place)
            put_onto(question, _wording(begun, welcome_by))
            question.save()
    detail = {"starter": starter.code, "questions": len(starter.questions)}
    record(organization=organization, actor=actor, verb="kit.created", thing=kit, detail=detail)
    return kit


@transaction.atomic
def rename_kit(*, actor: Actor, kit: Kit, name: str) -> Kit:
    """Give a kit another name. Candidates never read it."""
    require_change(actor, kit)
    kit.name = _named(name)
    kit.save(update_fields=["name"])
    record(organization=kit.organization, actor=actor, verb="kit.renamed", thing=kit)
    return kit


def _wording(begun: StarterQuestion, asker: Member | None) -> Wording:
    return Wording(
        text=str(begun.text),
        asker=asker,
        competency=str(begun.competency),
        anchor_1=str(begun.anchor_1),
        anchor_3=str(begun.anchor_3),
        anchor_5=str(begun.anchor_5),
        answer_kind=begun.answer_kind,
        options=[str(option) for option in begun.options],
        picks_several=begun.picks_several,
    )


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise Refused("kit_name", _("A kit needs a name of at most 120 characters."))
    return name
