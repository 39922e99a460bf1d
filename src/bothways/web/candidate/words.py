"""Sentences that several of the candidate's pages say."""

from django.utils.translation import gettext as _

from bothways.interviews.models import Interview
from bothways.interviews.queries.window import open_until
from bothways.web.templatetags.candidate_tags import moment, zone


def deadline_words(interview: Interview) -> str:
    """Until when the candidate can come back, for pages on which something did not work."""
    return _("Your link stays the same. You can answer until %(moment)s %(zone)s.") % {
        "moment": moment(open_until(interview)),
        "zone": zone(),
    }


def made_up_words(interview: Interview) -> str:
    """That the deadline was moved because of something technical, and until when it is now."""
    return _(
        "Something technical got in your way, so you have more time: you can answer until %(moment)s %(zone)s. "
        "You need not do anything for it."
    ) % {"moment": moment(interview.deadline), "zone": zone()}
