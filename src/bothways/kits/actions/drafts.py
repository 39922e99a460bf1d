"""The gate of every change: only a draft can be changed, and only while nobody publishes it."""

from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.kits.models import KitVersion, KitVersionState
from bothways.kits.policies import may_change
from bothways.lib.errors import Refused, require
from bothways.lib.rows import OrganizationRow


def require_change(actor: Actor, thing: OrganizationRow) -> None:
    require(may_change(actor, thing), _("Only owners and recruiters prepare kits."))


def locked_draft(actor: Actor, version: KitVersion) -> KitVersion:
    """The version, held against others until the caller's transaction ends.

    Raises:
        NotAllowed: the actor does not prepare kits here.
        Refused: `not_a_draft`; what people may already have met stays as it is.
    """
    require_change(actor, version)
    held = KitVersion.objects.select_for_update().get(id=version.id)
    if held.state != KitVersionState.DRAFT:
        words = _("Version %(n)d is published and stays as it is. Begin a new version to change something.")
        raise Refused("not_a_draft", words % {"n": held.number})
    return held
