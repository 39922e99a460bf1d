"""Template tags of the candidate's pages: days and moments in words, lengths, names in a row.

Load them with ``{% load candidate_tags %}``.
"""

import datetime as dt
from typing import Any

import segno
from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from bothways.interviews.models import CandidateSettings
from bothways.interviews.queries.answers import Progress
from bothways.interviews.queries.consent_words import listed
from bothways.interviews.queries.settings import settings_of
from bothways.interviews.queries.transcripts import OwnWords
from bothways.interviews.queries.window import open_until, stands_still
from bothways.kits.models import AnswerKind, Captions
from bothways.lib.zones import zone_words
from bothways.media.models import MediaKind
from bothways.media.utterances import spoken_by
from bothways.web.captions import candidate_tracks, own_tracks
from bothways.web.durations import clock, duration_words
from bothways.web.finding_words import finding_words

register = template.Library()
register.filter("listed", lambda items: listed([str(item) for item in items]))
register.filter("clock", clock)
register.filter("duration", duration_words)
register.filter("finding_words", finding_words)
register.filter("spoken_by", spoken_by)
register.filter("open_until", open_until)
register.filter("stands_still", stands_still)


@register.filter
def day(value: dt.date | dt.datetime) -> str:
    """Tuesday 24 March, in the reader's language; the year is said only when it is another."""
    date = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    is_this_year = date.year == timezone.localdate().year
    return pgettext("a date", "%(weekday)s %(day)s") % {
        "weekday": date_format(date, "l"),
        "day": date_format(date, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT"),
    }


@register.filter
def moment(value: dt.datetime) -> str:
    """Tuesday 10 March, 23:59, in the zone of the page."""
    local = timezone.localtime(value)
    return pgettext("a date and a time", "%(day)s, %(time)s") % {"day": day(local), "time": date_format(local, "H:i")}


@register.filter
def given_as(progress: Progress) -> str:
    """How one answer was given, in words, for the candidate's own eyes."""
    if progress.written:
        kinds = {
            AnswerKind.CHOICE: _("Chosen from a list"),
            AnswerKind.NUMBER: _("A number"),
            AnswerKind.FILES: _("Files"),
        }
        return kinds.get(AnswerKind(progress.question.answer_kind), _("In writing"))
    if progress.recording is None:
        return ""
    return _("On video") if progress.recording.kind == MediaKind.VIDEO else _("By voice")


@register.filter
def given_at(progress: Progress) -> dt.datetime | None:
    """When the answer was complete: finished on the device, or saved in writing."""
    if progress.written:
        return progress.written.updated_at
    return progress.chosen.finished_at if progress.chosen else None


@register.filter
def paragraphs(body: str) -> list[tuple[str, str]]:
    """Heading and words of each paragraph of a consent text (interviews/queries/consent_words.py)."""
    parted = (paragraph.partition("\n") for paragraph in body.split("\n\n"))
    return [(heading, words) for heading, _newline, words in parted]


@register.simple_tag(takes_context=True)
def caption_tracks(context: Context, captions: Captions | None) -> list[dict[str, Any]]:
    """The `<track>`s of somebody who asks, for the page of this candidate."""
    return candidate_tracks(captions, context["request"].token)


@register.simple_tag(takes_context=True)
def own_caption_tracks(context: Context, own: OwnWords | None, place: int) -> list[dict[str, Any]]:
    """The `<track>`s of the candidate's own answer."""
    return own_tracks(own, context["request"].token, place)


@register.simple_tag(takes_context=True)
def own_settings(context: Context) -> CandidateSettings:
    """What the candidate has set."""
    return settings_of(context["request"].interview)


@register.simple_tag
def zone() -> str:
    """How a sentence names the zone of the page: Lisbon time."""
    return zone_words(timezone.get_current_timezone_name(), get_language() or "en")


@register.simple_tag(takes_context=True)
def own_qr_code(context: Context) -> SafeString:
    """The address of the candidate's own page as a QR code: SVG in the page, black on white in every theme."""
    request = context["request"]
    address = settings.BASE_URL + reverse("candidate:landing", args=[request.token])
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return mark_safe(drawing)  # noqa: S308 - drawn from an address of ours


@register.simple_tag
def local_time(value: dt.datetime) -> SafeString:
    """A moment with its zone; a script says it in the zone of the reader's device."""
    return format_html(
        '<bw-local-time zone="{}"><time datetime="{}">{}</time></bw-local-time>',
        timezone.get_current_timezone_name(),
        value.astimezone(dt.UTC).isoformat(timespec="seconds"),
        _("%(moment)s %(zone)s") % {"moment": moment(value), "zone": zone()},
    )
