"""What questions look for. A competency comes into being by being named."""

from bothways.accounts.models import Organization
from bothways.kits.models import Competency
from bothways.lib.lengths import require_lengths


def named_competency(organization: Organization, name: str) -> Competency | None:
    """The organization's competency of this name, made where it is new; None for an empty name.

    "clear and kind" finds "Clear and kind", so that one thing is not looked for under two names.
    """
    name = " ".join(name.split())
    if not name:
        return None
    found = Competency.objects.filter(organization=organization, name__iexact=name).first()
    if found is not None:
        return found
    require_lengths(Competency(organization=organization, name=name))
    return Competency.objects.get_or_create(organization=organization, name=name)[0]
