"""Reading organizations."""

from bothways.accounts.models import Organization


def is_set_up() -> bool:
    """True as soon as one organization exists; the first-run page is open only before."""
    return Organization.objects.exists()
