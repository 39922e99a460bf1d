"""Words hidden from raters: what they read of one interview, what is masked in it, and that a person checked it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bothways.interviews.models import AnswerFile, Interview, MaskKind
from bothways.interviews.queries.hidden_words import Text, hidden_words_of, masked, masks_now, texts_of, wording
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.lib.masking import Mask
from bothways.review.actions.hidden_words import check_hidden_words, hide_words, release_files, show_words
from bothways.review.policies import may_hide_words
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.views.people import person_of
from bothways.web.team.views.positions import MAKERS


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*MAKERS)
def hidden_words_edit(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Everything that raters could read, with signs in the place of what is hidden."""
    interview = person_of(request, position_id, interview_id)
    if not interview.stage.hides_voice or interview.submitted_at is None:
        messages.info(request, _("Words are hidden in steps in which raters read text only, once answers were sent."))
        return redirect(
            "team:people-detail",
            organization=request.organization.slug,
            position_id=position_id,
            interview_id=interview_id,
        )
    require(
        may_hide_words(request.actor, interview), _("Hand in your own ratings first: here the words stand unmasked.")
    )
    if request.method == "POST":
        try:
            _change(request, interview)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, refused.words)
        return redirect(request.path)
    row, texts = hidden_words_of(interview), texts_of(interview)
    masks = masks_now(interview, row, texts)
    page = {
        "position": interview.position,
        "interview": interview,
        "row": row,
        "texts": [(text, _lines(text, masks)) for text in texts],
        "masks": sorted(((mask, MaskKind(mask.kind).label) for mask in masks), key=lambda one: one[0].key),
        "kinds": MaskKind.choices,
        "seen": wording(texts, masks),
        "has_files": AnswerFile.objects.filter(written__answer__interview=interview).exists(),
    }
    return render(request, "team/hidden_words/edit.html", page)


def _change(request: TeamRequest, interview: Interview) -> None:
    words, what = request.POST.get("words", ""), request.POST.get("do", "")
    about = {"actor": request.actor, "interview": interview}
    if what == "hide":
        hide_words(**about, words=words, kind=request.POST.get("kind", ""))
        messages.success(request, _("Hidden wherever it stands. Check the text once more below."))
    elif what == "show":
        show_words(**about, words=words)
        messages.success(request, _("No longer hidden. Check the text once more below."))
    elif what == "check":
        check_hidden_words(**about, seen=request.POST.get("seen", ""))
        messages.success(request, _("Checked. Raters can read these answers now."))
    elif what == "release":
        release_files(**about)
        messages.success(request, _("Raters can open the files of this person now."))


def _lines(text: Text, masks: list[Mask]) -> list[str]:
    return [masked(line, masks) for line in text.plain if line.strip()]
