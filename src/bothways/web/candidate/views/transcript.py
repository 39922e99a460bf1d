"""What a machine wrote down of an answer, for whoever gave it: to read, to correct, to switch off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.interviews.actions.transcripts import LONGEST_TEXT, correct_own_words, switch_own_words
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.transcripts import OwnWords, words_of_take
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.actions.transcripts import CorrectedElsewhere
from bothways.web.candidate.access import CandidateRequest, candidate_page


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def transcript(request: CandidateRequest, place: int) -> HttpResponse:
    """The text of the chosen take of one question, part by part. A take without a text leads to one's own data."""
    own = words_of_take(request.interview, place)
    if own is None:
        return redirect("candidate:data", token=request.token)
    if request.method != "POST":
        return _page(request, place, own)
    if "switch" in request.POST:
        _switch(request, place)
        return redirect("candidate:transcript", token=request.token, place=place)
    return _save(request, place, own)


def _switch(request: CandidateRequest, place: int) -> None:
    on = request.POST["switch"] == "on"
    switch_own_words(interview=request.interview, place=place, on=on, actor=request.actor)
    said = _("The text is on. Who rates may read it.") if on else _("The text is off. Nobody but you can read it.")
    messages.success(request, said)


def _save(request: CandidateRequest, place: int, own: OwnWords) -> HttpResponse:
    texts = request.POST.getlist("text")
    try:
        correct_own_words(
            interview=request.interview,
            place=place,
            texts=texts,
            seen=request.POST.get("seen", ""),
            actor=request.actor,
        )
    except NotAllowed:
        raise
    except CorrectedElsewhere as newer:
        now = words_of_take(request.interview, place) or own
        return _page(request, place, now, texts=texts, refused=newer.words, other=now, status=409)
    except Refused as refused:
        return _page(request, place, own, texts=texts, refused=refused.words, status=409)
    messages.success(request, _("Your words are saved. They are shown instead of what the machine wrote."))
    return redirect("candidate:transcript", token=request.token, place=place)


def _page(
    request: CandidateRequest,
    place: int,
    own: OwnWords,
    *,
    texts: list[str] | None = None,
    refused: str = "",
    other: OwnWords | None = None,
    status: int = 200,
) -> HttpResponse:
    """`texts` are what somebody has written and what is not saved: in the form, or beside it where its rows differ."""
    page = page_of(request.interview)
    kept = [row.text for row in own.rows]
    fits = texts is not None and len(texts) == len(kept)
    written = texts if texts is not None and fits else kept
    context = {
        "page": page,
        "shown": next(one for one in page.questions if one.place == place),
        "own": own,
        "rows": list(zip(own.rows, written, strict=True)),
        "refused": refused,
        "other": other,
        "unplaced": None if fits else texts,
        "most": LONGEST_TEXT,
    }
    return render(request, "candidate/transcript/transcript.html", context, status=status)
