"""Talking about answers: what is new for me, all that is said about one interview, and one thread."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.review.actions.comments import Place, edit_comment, withdraw_comment, write_comment
from bothways.review.actions.notices import mark_read
from bothways.review.models import Comment
from bothways.review.policies import (
    may_edit_comment,
    may_read_comments,
    may_watch_interview,
    may_withdraw_comment,
)
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.notices import news
from bothways.review.queries.talking import thread_heads, written_since
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.talk import CommentForm, EditCommentForm
from bothways.web.team.talking import talk


@require_safe
@member_required()
def talk_list(request: TeamRequest) -> HttpResponse:
    """What is new for this member, and what waits until their own ratings are in."""
    return render(request, "team/talk/list.html", {"news": news(request.actor)})


@require_safe
@member_required()
def talk_interview(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """One interview: where something is said, and what about it as a whole."""
    interview = interview_to_talk_about(request, interview_id)
    questions = list(Question.objects.filter(kit_version=interview.kit_version_id))
    page = {
        "interview": interview,
        "who": interview.shown_name,
        "heads": thread_heads(request.actor, interview, questions)[1:],
        "may_watch": may_watch_interview(request.actor, interview),
        **talk(request, interview, None),
    }
    return render(request, "team/talk/interview.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required()
def talk_thread(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """What is said about one answer, 0 is the interview as a whole. A POST says something."""
    interview = interview_to_talk_about(request, interview_id)
    question = _question(interview, place)
    if request.method != "POST":
        return _thread(request, interview, question)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _thread(request, interview, question, form)
    try:
        comment = _write(request, interview, question, form)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, refused.words)
        return _thread(request, interview, question, form)
    if request.htmx:
        return _thread(request, interview, question)
    back = _back(request, interview, place)
    return redirect(f"{back}#comment-{comment.id}")


@require_safe
@member_required()
def talk_news(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """Asked from time to time by an open page: whether others have written since."""
    interview = interview_to_talk_about(request, interview_id)
    many = written_since(request.actor, interview, _question(interview, place), _moment(request.GET.get("since", "")))
    url = reverse("team:talk-thread", args=[request.organization.slug, interview.id, place])
    return render(request, "team/talk/news.html", {"many": many, "url": url})


@require_POST
@member_required()
def talk_read(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """The page was seen down to its newest comment."""
    interview = interview_to_talk_about(request, interview_id)
    until = _moment(request.POST.get("until", ""))
    if until is not None:
        mark_read(actor=request.actor, interview=interview, question=_question(interview, place), until=until)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(_back(request, interview, place))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required()
def talk_edit(request: TeamRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Say a comment in other words. Who may only withdraw it has that alone on this page."""
    comment = _comment(request, comment_id)
    may_edit = may_edit_comment(request.actor, comment)
    require(may_edit or may_withdraw_comment(request.actor, comment), _("Only who wrote a comment changes it."))
    form = EditCommentForm(request.POST or None, initial={"words": comment.words})
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(actor=request.actor, comment=comment, words=form.cleaned_data["words"])
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            return redirect(_where(request, comment))
    page = {"comment": comment, "form": form, "may_edit": may_edit, "back": _where(request, comment)}
    return render(request, "team/talk/edit.html", page, status=422 if form.errors else 200)


@require_POST
@member_required()
def talk_withdraw(request: TeamRequest, comment_id: uuid.UUID) -> HttpResponse:
    comment = _comment(request, comment_id)
    withdraw_comment(actor=request.actor, comment=comment)
    messages.success(request, _("Withdrawn. The words are gone, the place stays."))
    return redirect(_where(request, comment))


def interview_to_talk_about(request: TeamRequest, interview_id: uuid.UUID) -> Interview:
    """404 for another organization's, 403 with words before the own ratings are in."""
    interviews = Interview.objects.filter(organization=request.organization, is_preview=False)
    shown = with_shown_name(interviews, request.actor.id).select_related("position", "stage", "organization")
    interview = get_object_or_404(shown, id=interview_id)
    require(may_read_comments(request.actor, interview), _("Comments are for those whose own ratings are in."))
    return interview


def _question(interview: Interview, place: int) -> Question | None:
    if place == 0:
        return None
    return get_object_or_404(Question, kit_version=interview.kit_version_id, place=place)


def _comment(request: TeamRequest, comment_id: uuid.UUID) -> Comment:
    found = Comment.objects.filter(organization=request.organization, withdrawn_at=None)
    comment = get_object_or_404(found.select_related("organization", "question"), id=comment_id)
    comment.interview = interview_to_talk_about(request, comment.interview_id)
    return comment


def _write(request: TeamRequest, interview: Interview, question: Question | None, form: CommentForm) -> Comment:
    parent_id = form.cleaned_data["parent"]
    at_ms, until_ms = form.cleaned_data["when"]
    return write_comment(
        actor=request.actor,
        interview=interview,
        words=form.cleaned_data["words"],
        client_key=form.cleaned_data["key"],
        place=Place(question and question.id, at_ms, until_ms),
        parent=get_object_or_404(Comment, interview=interview, id=parent_id) if parent_id else None,
    )


def _thread(
    request: TeamRequest, interview: Interview, question: Question | None, refused: CommentForm | None = None
) -> HttpResponse:
    page = {"interview": interview, "who": interview.shown_name, "question": question}
    page |= talk(request, interview, question, refused)
    template = "team/talk/thread.html" if request.htmx else "team/talk/alone.html"
    return render(request, template, page, status=422 if refused else 200)


def _back(request: TeamRequest, interview: Interview, place: int) -> str:
    """To the page on which the form stood: the answer's own, the interview's, or the thread's."""
    slug = [request.organization.slug, interview.id]
    if request.POST.get("on") == "answer" and place and may_watch_interview(request.actor, interview):
        return reverse("team:review-question", args=[*slug, place])
    return reverse("team:talk-thread", args=[*slug, place]) if place else reverse("team:talk-interview", args=slug)


def _where(request: TeamRequest, comment: Comment) -> str:
    place = comment.question.place if comment.question else 0
    return f"{_back(request, comment.interview, place)}#comment-{comment.id}"


def _moment(text: str) -> dt.datetime | None:
    """What a page said it has seen; None for anything else."""
    try:
        moment = parse_datetime(text)
        return moment.astimezone(dt.UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
