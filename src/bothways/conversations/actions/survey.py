"""Taking the survey: once at each moment, and never with a name."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.conversations.models import LEVELS, SurveyReply, SurveyTaken
from bothways.conversations.queries.survey import mode_of, moment_of
from bothways.interviews.models import Interview
from bothways.interviews.policies import may_take_part
from bothways.lib.errors import Refused, require


@transaction.atomic
def take_survey(*, actor: Actor, interview: Interview, moment: str, fair: int, respected: int) -> bool:
    """Keep what the candidate thinks, and apart from it that they said so. False where they have before.

    Nothing is written to the audit log: it would say when.

    Raises:
        Refused: `survey_closed` when this is not the moment, `survey_levels` for what no form offers.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    if not {fair, respected} <= set(range(1, LEVELS + 1)):
        raise Refused("survey_levels", _("Choose one of the five for each question. Nothing was kept."))
    if moment_of(interview) != moment:
        raise Refused("survey_closed", _("This question has had its time. Nothing was kept, and nothing is missing."))
    _taken, is_new = SurveyTaken.objects.get_or_create(
        organization=interview.organization, interview=interview, moment=moment
    )
    if is_new:
        SurveyReply.objects.create(
            organization=interview.organization,
            stage=interview.stage,
            moment=moment,
            mode=mode_of(interview),
            fair=fair,
            respected=respected,
        )
    return is_new
