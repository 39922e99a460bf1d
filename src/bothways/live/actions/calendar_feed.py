"""A member's own feed: a secret address under which their calendar program reads their live interviews."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.lib.errors import require
from bothways.lib.sealing import seal
from bothways.lib.tokens import digest, new_token
from bothways.live.models import CalendarFeed
from bothways.live.policies import may_keep_calendars


@transaction.atomic
def make_feed(*, actor: Actor, member: Member) -> CalendarFeed:
    """A new address; the one before stops working."""
    require(may_keep_calendars(actor, member), _("You make an address for your own interviews only."))
    Member.objects.select_for_update().get(id=member.id)
    CalendarFeed.objects.filter(member=member).delete()
    token = new_token()
    feed = CalendarFeed.objects.create(
        organization_id=member.organization_id, member=member, token_digest=digest(token), sealed_token=seal(token)
    )
    record(organization=member.organization, actor=actor, verb="calendar_feed.made", thing=feed)
    return feed


@transaction.atomic
def close_feed(*, actor: Actor, member: Member) -> None:
    """The address opens nothing any more. Closing twice changes nothing."""
    require(may_keep_calendars(actor, member), _("You close your own address only."))
    feed = CalendarFeed.objects.select_for_update().filter(member=member).first()
    if feed is not None:
        record(organization=member.organization, actor=actor, verb="calendar_feed.closed", thing=feed)
        feed.delete()
