"""What candidates say about the interviews of a position, all together."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bothways.conversations.policies import may_see_survey
from bothways.conversations.queries.survey import FEWEST, QUESTIONS, Result, results
from bothways.lib.errors import require
from bothways.positions.models import Position
from bothways.web.survey_words import LEVEL_WORDS, QUESTION_WORDS
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.views.positions import READERS


@require_safe
@member_required(*READERS)
def survey_position(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    require(may_see_survey(request.actor, position), _("Your role does not include this page."))
    page = {
        "position": position,
        "results": [{"result": result, "tables": _tables(result)} for result in results(position)],
        "levels": LEVEL_WORDS,
        "fewest": FEWEST,
    }
    return render(request, "team/survey/position.html", page)


def _tables(result: Result) -> list[dict[str, object]]:
    """For each question its words, and for each level how many and what share of all, in percent."""
    if result.replies < FEWEST:
        return []
    return [
        {
            "question": QUESTION_WORDS[question],
            "levels": [(people, round(100 * people / result.replies)) for people in getattr(result, question)],
        }
        for question in QUESTIONS
    ]
