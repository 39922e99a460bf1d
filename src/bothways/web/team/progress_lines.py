"""How far the people of a stage have come, as its page and its file say it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bothways.conversations.models import Effort
from bothways.interviews.models import AnswerMode, Device
from bothways.live.queries.missed import TalkCounts
from bothways.review.agreement.figures import FEWEST
from bothways.review.progress import Group, Milestone, Progress
from bothways.web.team.agreement_words import rounded

NAMES: dict[Milestone, str | Promise] = {
    Milestone.INVITED: gettext_lazy("Invited"),
    Milestone.OPENED: gettext_lazy("Opened the page"),
    Milestone.STARTED: gettext_lazy("Began to answer"),
    Milestone.SUBMITTED: gettext_lazy("Sent"),
    Milestone.REVIEWED: gettext_lazy("Rated by as many as are wanted"),
    Milestone.DECIDED: gettext_lazy("Decided"),
    Milestone.REPLIED: gettext_lazy("Replied to"),
}

TALKING: dict[Milestone, str | Promise] = {
    Milestone.STARTED: gettext_lazy("Picked a time"),
    Milestone.SUBMITTED: gettext_lazy("Talked with us"),
}
"""What the same milestones are called where people talk."""

_HOUR, _DAY = 3600, 86_400


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone: how many, their share of the invited, the median time from the one before. `width` is a bar."""

    name: str
    people: int
    percent: str
    width: str
    took: str
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class GroupLine:
    name: str
    began: str
    sent: str


def milestone_lines(progress: Progress, *, is_live: bool = False) -> list[MilestoneLine]:
    """The milestones in their order, with the questions between beginning and sending, which a talk has not."""
    found = []
    names = {**NAMES, **(TALKING if is_live else {})}
    for one in progress.milestones:
        if one.milestone == Milestone.SUBMITTED and not is_live:
            found += [
                _line(_("Answered question %(n)d") % {"n": place}, people, progress, is_question=True)
                for place, people in progress.questions
            ]
        took = span_words(one.seconds) if one.seconds is not None else ""
        found.append(_line(str(names[one.milestone]), one.people, progress, took))
    return found


def device_lines(progress: Progress) -> list[GroupLine]:
    return [_group(str(Device(one.key).label), one) for one in progress.devices]


def mode_lines(progress: Progress) -> list[GroupLine]:
    return [_group(str(AnswerMode(one.key).label), one) for one in progress.modes]


def is_anything_told(groups: Iterable[Group]) -> bool:
    return any(one.began is not None for one in groups)


def minutes_words(seconds: int) -> str:
    """Whole minutes; over ten hours whole hours, because the sums are no more exact than that."""
    if seconds >= 10 * _HOUR:
        return _in_hours(seconds)
    minutes = round(seconds / 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def effort_words(effort: Effort | None) -> dict[str, object] | None:
    """What was asked and given in a position, as its set-up page says it; None before anybody has sent."""
    if effort is None:
        return None
    return {
        "people": effort.people,
        "asked": minutes_words(effort.asked_s),
        "given": minutes_words(effort.given_s),
        "watched": minutes_words(effort.watched_s),
        "answered": minutes_words(effort.answered_s),
        "recorded": minutes_words(effort.recorded_s),
        "at": effort.counted_at,
    }


def span_words(seconds: float) -> str:
    """A time between two milestones, as coarse as it matters: minutes, hours under two days, else days."""
    if seconds < _HOUR:
        minutes = max(1, round(seconds / 60))
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * _DAY:
        return _in_hours(seconds)
    days = round(seconds / _DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def file_rows(progress: Progress, talks: TalkCounts) -> Iterator[tuple[object, ...]]:
    """What the page shows, one row for each figure; what is not told is empty."""
    yield (
        _("Part"),
        _("What"),
        _("People"),
        _("Percent of the invited"),
        _("Median hours since the milestone before"),
        _("Sent, or minutes"),
    )
    milestones = _("Milestones")
    for one in progress.milestones:
        hours = "" if one.seconds is None else f"{one.seconds / _HOUR:.2f}"
        if one.milestone == Milestone.SUBMITTED:
            for place, people in progress.questions:
                yield (_("Questions"), place, people, _share(people, progress), "", "")
        yield (milestones, NAMES[one.milestone], one.people, _share(one.people, progress), hours, "")
    for part, labels, groups in (
        (_("Devices"), Device, progress.devices),
        (_("Ways of answering"), AnswerMode, progress.modes),
    ):
        for group in groups:
            told = ["" if number is None else number for number in (group.began, group.sent)]
            yield (part, labels(group.key).label, told[0], "", "", told[1])
    yield (_("Minutes"), _("Asked of those who sent"), "", "", "", round(progress.asked_s / 60))
    yield (_("Minutes"), _("Watched or read by the team"), "", "", "", round(progress.given_s / 60))
    if talks:
        for what, number in (
            (_("Took place"), talks.held),
            (_("The candidate did not come"), talks.missed),
            (_("We did not come"), talks.let_down),
            (_("Cancelled"), talks.cancelled),
        ):
            yield (_("Live talks"), what, number, "", "", "")


def _line(name: str, people: int, progress: Progress, took: str = "", is_question: bool = False) -> MilestoneLine:
    share = 100 * people / progress.people if progress.people else 0
    percent = _("%(percent)s %%") % {"percent": rounded(share, 0)}
    return MilestoneLine(name, people, percent, f"{share:.1f}%", took, is_question)


def _group(name: str, group: Group) -> GroupLine:
    if group.began is None:
        return GroupLine(name, _too_few(), "")
    if group.sent is None:
        return GroupLine(name, str(group.began), _("not told: too few did, or did not"))
    words = _("%(sent)s, %(percent)s %%") % {
        "sent": group.sent,
        "percent": rounded(100 * group.sent / group.began, 0),
    }
    return GroupLine(name, str(group.began), words)


def _too_few() -> str:
    return _("fewer than %(fewest)s, or hidden with others") % {"fewest": FEWEST}


def _share(people: int, progress: Progress) -> str:
    return f"{100 * people / progress.people:.1f}" if progress.people else ""


def _in_hours(seconds: float) -> str:
    hours = round(seconds / _HOUR)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
