"""Who may open a page of the team. Every view of the team states it in its first line.

A person who does not belong to the organization gets 404, because even its existence is not theirs to know; who used
to belong to it gets 404, too, with words. A member whose role does not include the page gets 403, with words.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Organization, User
from bothways.accounts.queries.members import closed_to, member_of
from bothways.lib.errors import require
from bothways.web.middleware import TurnedAway
from bothways.web.team.navigation import Navigation, navigation

View = Callable[..., HttpResponseBase]


class TeamRequest(HttpRequest):
    """What a view of the team receives: a request that knows for whom and where."""

    user: User
    actor: Actor
    organization: Organization
    navigation: Navigation


def member_required(*roles: str) -> Callable[[View], View]:
    """Let in active members of the organization in the address; with `roles`, only those.

    The view gets ``request.actor``, ``request.organization`` and ``request.navigation``; the slug of the organization
    is taken out of its arguments. The decorated view tells its roles in ``.roles``, for the walk over all addresses.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, organization: str, **arguments: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            member = member_of(organization, cast(User, request.user))
            if member is None:
                raise TurnedAway(former) if (former := closed_to(organization, cast(User, request.user))) else Http404
            admitted = cast(TeamRequest, request)
            admitted.actor = member_actor(member)
            admitted.organization = member.organization
            admitted.navigation = cast(Navigation, SimpleLazyObject(lambda: navigation(admitted)))
            require(not roles or member.role in roles, _("Your role does not include this page."))
            return view(admitted, **arguments)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate
