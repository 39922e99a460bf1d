"""What candidates set for themselves. Raters never learn any of it."""

from typing import Any, TypedDict, Unpack
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import CandidateSettings, Interview
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.settings import settings_of
from bothways.interviews.queries.window import is_answering
from bothways.lib.errors import Refused, require


class SettingsChange(TypedDict, total=False):
    """What is to be another way from now on. Whatever is left out stays."""

    mode: str
    answer_time: str
    picture: str
    timer: str
    captions: bool
    breaks: bool
    language: str
    time_zone: str


_CHOICES = ("mode", "answer_time", "picture", "timer")
_OF_ANSWERING = (*_CHOICES, "captions", "breaks")


@transaction.atomic
def change_settings(*, interview: Interview, actor: Actor, **wanted: Unpack[SettingsChange]) -> Interview:
    """Change some of the settings, at any time, also in the middle of the interview. Gives the interview as it is now.

    The audit log learns that settings were changed, not which and not to what: they can tell about a disability.

    Raises:
        Refused: `unknown_language`; `unknown_setting` for a value that no page offers; `submitted` when the answers
            have been sent and the time for answering would change.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    _require_known(wanted)
    interview = (
        Interview.objects.select_related("organization", "application__candidate", "candidate_settings")
        .select_for_update(of=("self",))
        .get(id=interview.id)
    )
    own = settings_of(interview)
    values: dict[str, Any] = dict(wanted)
    changed = [name for name in _OF_ANSWERING if name in values and getattr(own, name) != values[name]]
    if "answer_time" in changed and not is_answering(interview):
        raise Refused("submitted", _("Your answers have been sent, so their time cannot be changed any more."))
    if changed:
        interview.candidate_settings = _put(interview, own, {name: values[name] for name in changed})
    if values.get("language", interview.language) != interview.language:
        interview.language = values["language"]
        interview.save(update_fields=["language"])
        changed.append("language")
    if "time_zone" in wanted and note_time_zone(interview=interview, time_zone=wanted["time_zone"], actor=actor):
        changed.append("time_zone")
    if changed:
        audit.record(
            organization=interview.organization, actor=actor, verb="interview.settings_changed", thing=interview
        )
    return interview


@transaction.atomic
def note_time_zone(*, interview: Interview, time_zone: str, actor: Actor) -> bool:
    """Keep the zone that the candidate's browser told. An unknown one, or a preview's, changes nothing.

    Returns whether it is another one than before.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    if interview.application is None or time_zone not in available_timezones():
        return False
    candidate = interview.application.candidate
    if candidate.time_zone == time_zone:
        return False
    candidate.time_zone = time_zone
    candidate.save(update_fields=["time_zone"])
    return True


def _require_known(wanted: SettingsChange) -> None:
    if "language" in wanted and wanted["language"] not in dict(settings.LANGUAGES):
        raise Refused("unknown_language", _("We do not have this language yet. Nothing was changed."))
    for name in _CHOICES:
        offered = {value for value, _words in CandidateSettings._meta.get_field(name).choices or ()}
        if name in wanted and wanted.get(name) not in offered:
            raise Refused("unknown_setting", _("This setting does not exist. Nothing was changed."))


def _put(interview: Interview, own: CandidateSettings, values: dict[str, Any]) -> CandidateSettings:
    for name, value in values.items():
        setattr(own, name, value)
    own.save()
    return own
