"""Who rates whom in a step: who is on each interview, how far they are, and changing it for one or for several."""

import uuid
from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.interviews.queries.people import Cursor
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.positions.models import Assigning, Stage
from bothways.review.actions.assignments import assign, hand_over, take_away
from bothways.review.actions.conflicts import flag_conflict, lift_conflict
from bothways.review.policies import may_assign
from bothways.review.queries.assigning import reviewing_members
from bothways.review.queries.assignments import who_rates
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.assignments import ASSIGN, HAND_OVER, KNOWS, TAKE, AssignmentForm
from bothways.web.team.navigation import MAKERS
from bothways.web.team.views.compare import ids_in


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def assignments_stage(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """One page of the list, and the form below it. Each of those who are ticked is changed for itself."""
    stages = Stage.objects.select_related("position", "organization")
    stage = get_object_or_404(stages, id=stage_id, organization=request.organization)
    require(may_assign(request.actor, stage), _("Owners and recruiters say who rates whom."))
    only_missing = request.GET.get("missing") == "1"
    after = request.GET.get("after", "")
    members = reviewing_members(stage)
    form = AssignmentForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        _change(request, stage, form)
        query = {name: value for name, value in (("missing", "1" if only_missing else ""), ("after", after)) if value}
        address = reverse("team:assignments-stage", args=[request.organization.slug, stage.id])
        return redirect(f"{address}?{urlencode(query)}" if query else address)
    cursor = Cursor.read(after) if after else None
    page = {
        "stage": stage,
        "who": who_rates(request.actor, stage, cursor, timezone.localdate(), only_missing=only_missing),
        "form": form,
        "only_missing": only_missing,
        "is_later_page": cursor is not None,
        "shares_out": stage.assignment != Assigning.EVERYBODY,
        "ticked": request.POST.getlist("with"),
    }
    return render(request, "team/assignments/stage.html", page, status=422 if form.errors else 200)


def _change(request: TeamRequest, stage: Stage, form: AssignmentForm) -> None:
    """Do it for each that is ticked. What was refused is told with its reason, and how many of the same."""
    ids = ids_in(request.POST.getlist("with"))
    interviews = Interview.objects.filter(stage=stage, organization=request.organization, is_preview=False, id__in=ids)
    done, refused = 0, Counter()
    for interview in interviews.select_related("stage", "organization", "application").order_by("submitted_at", "id"):
        try:
            _change_one(request, interview, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as error:
            refused[error.words] += 1
        else:
            done += 1
    if done:
        words = ngettext("Changed for one candidate.", "Changed for %(n)d candidates.", done) % {"n": done}
        messages.success(request, words)
    for words in list(refused)[:5]:
        messages.warning(request, words)
    if len(refused) > 5:
        left = len(refused) - 5
        words = ngettext("One more was not changed.", "%(n)d more were not changed.", left) % {"n": left}
        messages.warning(request, words)
    if not done and not refused:
        messages.warning(request, _("Tick the people first, then pick what to do. Nothing was changed."))


def _change_one(request: TeamRequest, interview: Interview, do: str, member: Member, to: Member | None) -> None:
    who = {"actor": request.actor, "interview": interview, "member": member}
    if do == ASSIGN:
        assign(**who)
    elif do == TAKE:
        take_away(**who)
    elif do == HAND_OVER and to is not None:
        hand_over(**who, to=to)
    elif do == KNOWS:
        flag_conflict(**who)
    elif not lift_conflict(**who):
        raise Refused("not_flagged", _("Nobody said that they know this person. Nothing was changed."))
