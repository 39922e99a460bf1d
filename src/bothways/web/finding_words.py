"""What is missing in an answer, in words. That it is safe and may be kept stands in the templates."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bothways.media.measurement import Finding


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What happened, and what to look at before recording again."""

    finding: Finding
    what: str
    look: str


def finding_words(findings: Iterable[Finding] = Finding) -> list[FindingWords]:
    """The words for some of them, or for all."""
    words = {
        Finding.NO_SOUND: (
            _("We cannot hear anything in this answer."),
            _("Is the microphone switched on, and is it the right one?"),
        ),
        Finding.NO_SPEECH: (
            _("We hear sound in this answer, but no speech."),
            _("Does the browser use the microphone that you speak into?"),
        ),
        Finding.BLACK_PICTURE: (
            _("The picture of this answer is black."),
            _("Does something cover the camera, or is it switched off?"),
        ),
    }
    return [FindingWords(finding, *words[finding]) for finding in findings]


def finding_strings() -> dict[str, str]:
    """What the recorder's page says aloud, once, when it learns of one."""
    found = {f"say_{words.finding}": words.what for words in finding_words()}
    return {**found, "say_missing": _("You can keep it or record again.")}
