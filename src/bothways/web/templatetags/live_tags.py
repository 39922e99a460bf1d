"""Template tags of live interviews.

Load them with ``{% load live_tags %}``.
"""

from django import template

from bothways.accounts.models import Member
from bothways.live.models import Slot

register = template.Library()


@register.filter
def hosts(slot: Slot) -> list[Member]:
    """Who sits in a slot, in the order in which they were named."""
    return [host.member for host in slot.hosts.all()]
