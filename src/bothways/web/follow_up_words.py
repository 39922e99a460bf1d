"""How a follow-up stands, in words: sign and sentence, for whoever asked and for whoever is asked."""

from django.utils.translation import gettext as _

from bothways.conversations.models import FollowUp
from bothways.conversations.queries.follow_ups import Standing
from bothways.web.templatetags.candidate_tags import day


def team_words(follow_up: FollowUp, standing: Standing) -> tuple[str, str]:
    """For the team. The sign is one of components/status.css; the words say the same."""
    by = {"day": day(follow_up.due)}
    return {
        Standing.ASKED: ("half", _("Asked, an answer by %(day)s") % by),
        Standing.OPENED: ("half", _("Seen by the candidate, an answer by %(day)s") % by),
        Standing.ANSWERED: ("done", _("Answered and heard"))
        if follow_up.heard_at
        else ("now", _("Answered, nobody has heard it yet")),
        Standing.EXPIRED: ("off", _("No answer by %(day)s; nothing follows from it") % by),
        Standing.TAKEN_BACK: ("off", _("Taken back")),
        Standing.CLOSED: ("off", _("Not needed any more")),
    }[standing]


def candidate_words(follow_up: FollowUp, standing: Standing) -> tuple[str, str]:
    """For the candidate."""
    by = {"day": day(follow_up.due)}
    return {
        Standing.ASKED: ("now", _("You can answer until %(day)s") % by),
        Standing.OPENED: ("now", _("You can answer until %(day)s") % by),
        Standing.ANSWERED: ("done", _("Answered")),
        Standing.EXPIRED: ("off", _("The day has passed, and nothing is held against you")),
        Standing.TAKEN_BACK: ("off", _("Taken back: you do not have to answer")),
        Standing.CLOSED: ("off", _("Not needed any more")),
    }[standing]
