"""Acting a gold answer: the page with the recorder of prompts, and the calls that its scripts make."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.kits.models import Question
from bothways.lib.errors import Refused
from bothways.media.queries.uploads import offset_of, uploads_of
from bothways.review.actions.gold import LONGEST_GOLD_S, MAX_BYTES, finish_gold, keep_gold, open_gold
from bothways.review.models import GoldAnswer
from bothways.review.queries.gold import kept_gold, may_have_gold, stage_with
from bothways.web.recorder_strings import recorder_strings
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.navigation import MAKERS
from bothways.web.team.views.prompts import GRACE_S, NOTICE_S, body_of, in_json, take_facts, upload_strings


@require_safe
@member_required(*MAKERS)
def gold_record(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    """The page with the recorder, and the way to use a file instead."""
    question = _question(request, question_id)
    slug = request.organization.slug
    calls = reverse("team:gold-open", args=[slug, question.id])
    config = {
        "open_url": calls,
        "takes_url": calls,
        "next_url": reverse("team:gold-kept", args=[slug, question.id]),
        "csrf_token": get_token(request),
        "answer_limit_s": LONGEST_GOLD_S,
        "now_ms": round(timezone.now().timestamp() * 1000),
        "notice_s": NOTICE_S,
        "grace_s": GRACE_S,
        "think_limit_s": None,
        "think_left_s": None,
        "think_url": None,
        "takes_left": None,
        "takes": [],
        "max_bytes": MAX_BYTES,
    }
    strings = {**recorder_strings(notice_s=NOTICE_S, grace_s=GRACE_S), **upload_strings()}
    strings["file_done"] = _("It can be played. Next, give it its rating.")
    page = {
        "question": question,
        "may": may_have_gold(question),
        "stage": stage_with(question.kit_version.kit_id),
        "config": config,
        "strings": strings,
        "most_mb": MAX_BYTES // (1024 * 1024),
        "longest_s": LONGEST_GOLD_S,
    }
    return render(request, "team/gold/record.html", page)


@require_safe
@member_required(*MAKERS)
def gold_kept(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    """To the rating of what was just kept."""
    question = _question(request, question_id)
    gold = kept_gold(question, request.actor.id)
    if gold is None:
        return redirect("team:gold-record", request.organization.slug, question.id)
    return redirect("team:gold-edit", request.organization.slug, gold.id)


@require_POST
@member_required(*MAKERS)
@in_json
def gold_open(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    """Make room for a try; the same key again gives the same one with a new token."""
    question = _question(request, question_id)
    asked = body_of(request)
    try:
        client_key = uuid.UUID(str(asked.get("client_key")))
    except ValueError:
        raise Refused("bad_request", _("This request makes no sense to us. Load the page again.")) from None
    opened = open_gold(
        actor=request.actor,
        question=question,
        client_key=client_key,
        kind=str(asked.get("kind")),
        mime=str(asked.get("mime")),
    )
    answer = {
        "take": str(opened.gold.id),
        "number": opened.number,
        "takes_left": None,
        "upload": {"url": f"/u/{opened.upload_id}", "token": opened.token},
        "take_url": reverse("team:gold-take", args=[request.organization.slug, question.id, opened.gold.id]),
        "max_bytes": opened.max_bytes,
    }
    return JsonResponse(answer, status=201)


@require_safe
@member_required(*MAKERS)
@in_json
def gold_take(request: TeamRequest, question_id: uuid.UUID, gold_id: uuid.UUID) -> HttpResponse:
    """How far a try is."""
    return _state(request, _try(request, question_id, gold_id))


@require_POST
@member_required(*MAKERS)
@in_json
def gold_finish(request: TeamRequest, question_id: uuid.UUID, gold_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    gold = _try(request, question_id, gold_id)
    size = body_of(request).get("bytes")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise Refused("bad_request", _("This request makes no sense to us. Load the page again."))
    finish_gold(actor=request.actor, gold=gold, size=size)
    return _state(request, _try(request, question_id, gold_id))


@require_POST
@member_required(*MAKERS)
@in_json
def gold_choose(request: TeamRequest, question_id: uuid.UUID, gold_id: uuid.UUID) -> HttpResponse:
    """This try is to be a gold answer."""
    keep_gold(actor=request.actor, gold=_try(request, question_id, gold_id))
    return _state(request, _try(request, question_id, gold_id))


def _question(request: TeamRequest, question_id: uuid.UUID) -> Question:
    questions = Question.objects.select_related("organization", "kit_version__kit", "competency")
    return get_object_or_404(questions, organization=request.organization, id=question_id)


def _try(request: TeamRequest, question_id: uuid.UUID, gold_id: uuid.UUID) -> GoldAnswer:
    """One of the member's own, that still has its recording."""
    tries = GoldAnswer.objects.filter(made_by=request.actor.id, recording__isnull=False)
    known = tries.select_related("organization", "recording").prefetch_related(
        "recording__uploads", "recording__renditions"
    )
    return get_object_or_404(known, organization=request.organization, question=question_id, id=gold_id)


def _state(request: TeamRequest, gold: GoldAnswer) -> JsonResponse:
    upload = next(iter(uploads_of(gold.recording)), None)
    facts = take_facts(
        request,
        gold.recording,
        offset=offset_of(upload) if upload else gold.recording.size or 0,
        length=upload.length if upload else gold.recording.size,
    )
    number = GoldAnswer.objects.filter(question=gold.question_id, made_by=gold.made_by_id, id__lte=gold.id).count()
    return JsonResponse({"take": str(gold.id), "number": number, "chosen": gold.kept_at is not None, **facts})
