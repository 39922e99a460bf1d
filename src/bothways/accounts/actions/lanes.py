"""An owner has what failed in the background done again."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization
from bothways.accounts.policies import may_see_lanes
from bothways.lib.errors import require
from bothways.work.actions.retrying import retry_jobs


@transaction.atomic
def retry_failed(*, actor: Actor, organization: Organization, job_id: uuid.UUID | None = None, name: str = "") -> int:
    """Try a failed job again, or all failed ones of one kind. Returns how many that were; none the second time."""
    require(may_see_lanes(actor, organization), _("Only owners may have failed work done again."))
    again = retry_jobs(organization_id=organization.id, job_id=job_id, name=name)
    if not again:
        return 0
    things = [(job, {"name": job.name, "key": job.key}) for job in again]
    audit.record_many(organization=organization, actor=actor, verb="job.retried", things=things)
    return len(again)
