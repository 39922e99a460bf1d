"""On whose clock a member's days are counted."""

from django.core.exceptions import ObjectDoesNotExist

from bothways.accounts.models import Member


def zone_of_member(member: Member) -> str:
    """The zone of the hours in which they may be booked, else the one in which they read."""
    try:
        return member.availability.time_zone
    except ObjectDoesNotExist:
        return member.user.time_zone
