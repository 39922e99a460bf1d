"""Inviting one person, and changing invitations of one or of several."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from bothways.interviews.actions.invitations import extend, invite, resend, withdraw
from bothways.interviews.actions.people_counts import forget_counts
from bothways.interviews.models import Interview
from bothways.interviews.queries.inviting import obstacle
from bothways.interviews.queries.people import PAGE_SIZE, chosen
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.queries.sending import sending_words
from bothways.positions.models import Position
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.invitations import ExtendForm, InviteForm, inviting_stages
from bothways.web.team.views.people import position_of
from bothways.web.team.views.positions import MAKERS

CHANGES = ("resend", "extend", "withdraw")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def invitations_new(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Invite one person by name and address."""
    position = position_of(request, position_id)
    form = InviteForm(request.POST or None, position=position)
    if request.method == "POST" and form.is_valid():
        try:
            interview = invite(actor=request.actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(_FIELDS.get(refused.code), refused.words)
        else:
            forget_counts(position)
            told = _("%(name)s is invited, as %(code_name)s for those who rate.") % {
                "name": interview.application.candidate.name,
                "code_name": interview.code_name,
            }
            messages.success(request, f"{told} {sending_words()}")
            return redirect("team:people-list", organization=request.organization.slug, position_id=position.id)
    page = {"position": position, "form": form, **what_is_missing(position)}
    return render(request, "team/invitations/new.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def invitations_change(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Send again, give more days or take back, for those who are chosen. The latter two ask once more before."""
    position = position_of(request, position_id)
    change, people = _what_and_whom(request, position)
    back = redirect("team:people-list", organization=request.organization.slug, position_id=position.id)
    if len(people) == 1 and "from_person" in request.POST:
        back = redirect(
            "team:people-detail", organization=request.organization.slug, position_id=position.id,
            interview_id=people[0].id,
        )  # fmt: skip
    if change not in CHANGES or not people:
        messages.warning(request, _("Choose the people first, then what to do. Nothing was changed."))
        return back
    form = ExtendForm(request.POST if "sure" in request.POST else None)
    if change != "resend" and ("sure" not in request.POST or (change == "extend" and not form.is_valid())):
        page = {"position": position, "people": people, "change": change, "form": form}
        page["from_person"] = "from_person" in request.POST
        return render(request, "team/invitations/change.html", page, status=422 if form.errors else 200)
    _change_all(request, change, people, form.cleaned_data["days"] if change == "extend" else 0)
    forget_counts(position)
    return back


def what_is_missing(position: Position) -> dict[str, object]:
    """For the pages that invite: the stages that take people, and why nobody can be invited to the first one, if so."""
    stages = list(inviting_stages(position))
    obstacles = [obstacle(stage) for stage in stages]
    return {"stages": stages, "missing": obstacles[0] if obstacles and all(obstacles) else None}


_FIELDS = {"bad_name": "name", "bad_email": "email", "already_invited": "email"}


def _what_and_whom(request: TeamRequest, position: Position) -> tuple[str, list[Interview]]:
    """From a button of one line ("resend:<id>"), or from the bar below with those that are ticked."""
    change, _colon, one = request.POST.get("one", "").partition(":")
    ticked = [one] if change else request.POST.getlist("person")[:PAGE_SIZE]
    ids = []
    for text in ticked:
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    return change or request.POST.get("change", ""), chosen(position, ids)


def _change_all(request: TeamRequest, change: str, people: list[Interview], days: int) -> None:
    """Each one on its own: one who cannot be changed is named and does not stop the others."""
    done = 0
    for interview in people:
        try:
            if change == "resend":
                resend(actor=request.actor, interview=interview)
            elif change == "extend":
                extend(actor=request.actor, interview=interview, days=days)
            else:
                withdraw(actor=request.actor, interview=interview)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.warning(request, refused.words)
        else:
            done += 1
    if done:
        messages.success(request, _done_words(change, done))


def _done_words(change: str, count: int) -> str:
    if change == "resend":
        return ngettext("The link is sent again to one person.", "The link is sent again to %(n)d people.", count) % {
            "n": count
        }
    if change == "extend":
        return ngettext(
            "One person has more time, and reads so in a mail.",
            "%(n)d people have more time, and read so in a mail.",
            count,
        ) % {"n": count}
    return ngettext(
        "One invitation is taken back. The person reads so in a mail.",
        "%(n)d invitations are taken back. The people read so in a mail.",
        count,
    ) % {"n": count}
