"""What a guest says about an answer: written, changed, taken back. Without scripts, and without an account."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.lib.rate_limits import within_limit
from bothways.review.actions.comments import Place, edit_comment, withdraw_comment, write_comment
from bothways.review.actions.share_views import actor_of
from bothways.review.models import Comment, Share, SharedInterview
from bothways.review.queries.guest_comments import own_comment
from bothways.web.public.forms.guest_comment import GuestCommentForm
from bothways.web.public.share_access import sealed
from bothways.web.public.views.share import Refusal, admitted, interview_page

MOST = 60
PER_S = 600


@require_POST
def guest_comment(request: HttpRequest, token: str, ticket: str, shown_id: uuid.UUID, place: int) -> HttpResponse:
    """Say something about one answer."""
    try:
        share, row = admitted(request, token, ticket, shown_id)
    except Refusal as refusal:
        return refusal.response
    question = Question.objects.filter(kit_version=row.interview.kit_version_id, place=place).first()
    form = GuestCommentForm(request.POST)

    def write() -> None:
        at_ms, until_ms = form.cleaned_data["when"]
        write_comment(
            actor=actor_of(share),
            interview=row.interview,
            words=form.cleaned_data["words"],
            client_key=form.cleaned_data["key"] or new_id(),
            place=Place(question.id if question else None, at_ms, until_ms),
        )

    return _done(request, (share, row, token, ticket), place, form, write)


@require_POST
def guest_comment_change(
    request: HttpRequest, token: str, ticket: str, shown_id: uuid.UUID, comment_id: uuid.UUID
) -> HttpResponse:
    """Say an own one in other words, or take it back."""
    try:
        share, row = admitted(request, token, ticket, shown_id)
    except Refusal as refusal:
        return refusal.response
    comment = own_comment(share, comment_id)
    if comment is None or comment.interview_id != row.interview_id or comment.question is None:
        return interview_page(request, share, row, token, ticket, status=404)
    form = GuestCommentForm(request.POST)
    if request.POST.get("do") == "withdraw":
        form = GuestCommentForm({"words": "-"})

    def change() -> Comment:
        if request.POST.get("do") == "withdraw":
            return withdraw_comment(actor=actor_of(share), comment=comment)
        return edit_comment(actor=actor_of(share), comment=comment, words=form.cleaned_data["words"])

    return _done(request, (share, row, token, ticket), comment.question.place, form, change, comment)


def _done(
    request: HttpRequest,
    where: tuple[Share, SharedInterview, str, str],
    place: int,
    form: GuestCommentForm,
    do: Callable[[], object],
    comment: Comment | None = None,
) -> HttpResponse:
    """Back to the answer; or the page again with why it was not done, and with the words that were typed."""
    share, row, token, ticket = where
    status, wrong = _try(share, form, do)
    if not wrong:
        page = reverse("public:share-interview", args=[token, ticket, row.id])
        return sealed(redirect(f"{page}#question-{place}"))
    refused = {"place": place, "comment": comment.id if comment else None, "words": wrong, "typed": form.data}
    if status == 403:
        # The answer may not be on the page any more, so that this stands above all of it.
        refused |= {"place": 0, "comment": None}
    return interview_page(request, share, row, token, ticket, refused=refused, status=status)


def _try(share: Share, form: GuestCommentForm, do: Callable[[], object]) -> tuple[int, str]:
    """Do it. Returns a status and why it was not done; no words when it was."""
    if not within_limit(what="guest-comment", who=str(share.id), amount=MOST, per_s=PER_S):
        return 429, _("That was a lot at once. Nothing was sent. Your words stand here; try again in some minutes.")
    if not form.is_valid():
        return 422, form.wrong
    try:
        do()
    except NotAllowed:
        return 403, _("Your link does not let you write about this answer, or no longer. Nothing was changed.")
    except Refused as refused:
        return 409, refused.words
    return 302, ""
