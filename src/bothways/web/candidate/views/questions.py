"""The questions: all of them with how far each is, and the page on which one is answered."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bothways.interviews.actions.passages import open_question
from bothways.interviews.models import AnswerMode, StopReason
from bothways.interviews.queries.candidate_page import CandidatePage
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.limits import GRACE_S, NOTICE_S
from bothways.interviews.queries.passages import stopped_at
from bothways.interviews.queries.settings import settings_of
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.devices import device_of
from bothways.web.candidate.recorder_config import question_config
from bothways.web.candidate.ticks import ticks
from bothways.web.candidate.words import deadline_words
from bothways.web.finding_words import finding_words
from bothways.web.recorder_strings import question_words, recorder_strings


@require_safe
@candidate_page(answering=True)
def overview(request: CandidateRequest) -> HttpResponse:
    """How far one is. Who comes from a question with `?left=` is asked what made them stop, and need not say it."""
    left = _place(request.GET.get("left", ""))
    stopped = stopped_at(request.interview, left) if left else None
    context = {
        "page": page_of(request.interview),
        "left": left if stopped and not stopped.stop_reason else None,
        "told": _place(request.GET.get("told", "")),
        "reasons": StopReason.choices,
    }
    return render(request, "candidate/questions/questions.html", context)


@require_safe
@candidate_page(answering=True)
def question(request: CandidateRequest, place: int) -> HttpResponse:
    """Answer one question. Without consent there is nothing to record yet: that comes first."""
    token = request.token
    page = page_of(request.interview)
    shown = next((one for one in page.questions if one.place == place), None)
    if shown is None:
        raise Http404
    if not page.has_consented:
        return redirect("candidate:consent", token=token)
    if not shown.question.is_recorded or (_likes_writing(request) and "record" not in request.GET):
        return redirect("candidate:write", token=token, place=place)
    open_question(interview=request.interview, question=shown.question, device=device_of(request), actor=request.actor)
    asker = shown.question.asker
    context = {
        "config": question_config(request, token, shown, reverse("candidate:question-next", args=[token, place])),
        "strings": recorder_strings(asker=asker.user.name if asker else "", notice_s=NOTICE_S, grace_s=GRACE_S),
        "finding_words": finding_words(),
        "words": question_words(answer_limit_s=shown.limit_s, think_limit_s=shown.question.think_limit_s),
        "ticks": ticks(page, place),
        "place": place,
        "of": len(page.questions),
        "leave_url": f"{reverse('candidate:questions', args=[token])}?left={place}",
        "practice_url": reverse("candidate:practice", args=[token]),
        "deadline_words": deadline_words(request.interview),
    }
    return render(request, "candidate/question/page.html", context)


@require_safe
@candidate_page(answering=True)
def go_on(request: CandidateRequest, place: int) -> HttpResponse:
    """From one question to what comes next, asked when somebody goes there: the next question, after a break for those
    who want one, or the page that looks all over."""
    following = following_place(page_of(request.interview), place)
    if following is None:
        return redirect("candidate:review", token=request.token)
    if settings_of(request.interview).breaks:
        return redirect("candidate:break", token=request.token, place=place)
    return redirect("candidate:question", token=request.token, place=following)


@require_safe
@candidate_page(answering=True)
def rest(request: CandidateRequest, place: int) -> HttpResponse:
    """A break after an answer, as long as one likes."""
    page = page_of(request.interview)
    context = {"page": page, "place": place, "following": following_place(page, place)}
    return render(request, "candidate/questions/break.html", context)


def following_place(page: CandidatePage, place: int) -> int | None:
    """The next question that waits for an answer, from here on and then from the first; None when none does."""
    others = [one.place for one in page.questions if one.place != place and one.progress.state in ("open", "failed")]
    return next((other for other in others if other > place), others[0] if others else None)


def _place(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 3 else None


def _likes_writing(request: CandidateRequest) -> bool:
    return settings_of(request.interview).mode == AnswerMode.WRITING
