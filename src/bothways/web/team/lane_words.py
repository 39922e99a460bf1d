"""Work in the background, in words for those who look after the server: what each job does, and why one failed."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.media.steps.failure import CODES
from bothways.work.actions.jobs import WORKER_DIED
from bothways.work.models import Lane

LANES: dict[str, str | Promise] = {
    Lane.SHORT: _("Short steps"),
    Lane.MEDIA: _("Long steps with sound and picture"),
    Lane.WORDS: _("Speech into words"),
}

JOBS: dict[str, str | Promise] = {
    "media.settle": _("Make a recording watchable"),
    "media.join": _("Join the parts of a recording"),
    "media.poster": _("Take a still picture"),
    "media.measurement": _("Measure how loud it is"),
    "media.sprites": _("Take small pictures for the timeline"),
    "media.universal": _("Make a version that plays everywhere"),
    "media.voice": _("Make a version with the voice alone"),
    "media.listen": _("Put into words what is being recorded"),
    "media.words": _("Put a recording into words"),
    "live.put_together": _("Wait for all sides of a talk"),
    "live.compose": _("Put a talk together"),
    "notify.deliver": _("Send a mail"),
    "interviews.erase_unchosen": _("Delete takes that were not chosen"),
    "interviews.erase_all": _("Delete the recordings of an interview"),
    "review.assign": _("Share out who rates"),
    "review.progress": _("Count how far people have come"),
    "review.question_figures": _("Work out how questions have worked"),
    "review.figures": _("Work out how far raters agree"),
    "live.read_calendar": _("Read when a member is busy"),
    "interviews.recount": _("Count the people of a position"),
}

MEDIA_REASONS: dict[str, str | Promise] = {
    "empty": _("Nothing had arrived: the file has no bytes."),
    "not_media": _("What arrived is not a recording."),
    "nothing_playable": _("No sound or picture in it could be read."),
    "picture_too_large": _("The picture is larger than is allowed."),
    "too_long": _("It is longer, or the file larger, than is allowed."),
    "too_slow": _("It took longer than a step may take. The machine may have been very busy: trying again may help."),
    "out_of_memory": _("It needs more memory than a step may use. BOTHWAYS_MEDIA_MEMORY_MB allows more."),
    "crashed": _("The step broke off in the middle. Everybody else’s recordings are untouched by it."),
    "disk_full": _("The disk was full. Make room, then try again."),
}

OTHER_REASONS: list[tuple[str, str | Promise]] = [
    (r"StoreFull|No space left", MEDIA_REASONS["disk_full"]),
    (r"NoSuchObject", _("The file is not in the store any more.")),
    (r"SMTP|smtplib|ConnectionRefused|gaierror", _("The mail server did not answer, or did not take it.")),
    (r"OperationalError|InterfaceError", _("The database did not answer.")),
    (r"TimeoutException|TimeoutError", _("It took longer than a job may take.")),
    (re.escape(WORKER_DIED), _("The worker ended in the middle each time. The machine may be short of memory.")),
]
"""What the end of an error looks like, and what it means."""

UNEXPECTED = _("Something that nobody expected. If trying again does not help, tell us what stands below.")

_CODE = re.compile(rf"(?:^|MediaFailure: )({'|'.join(sorted(CODES))})\b")


def lane_words(lane: str) -> str | Promise:
    return LANES.get(lane, lane)


def job_words(name: str) -> str | Promise:
    return JOBS.get(name, name)


def reason_words(error: str) -> str | Promise:
    """Why a job failed, from the error that it left."""
    said = last_line(error)
    code = _CODE.search(said)
    if code:
        return MEDIA_REASONS[code[1]]
    return next((words for looks, words in OTHER_REASONS if re.search(looks, said)), UNEXPECTED)


def last_line(error: str) -> str:
    """What was said in the end, at most 300 characters: enough to search for."""
    return error.strip().rpartition("\n")[2][:300]
