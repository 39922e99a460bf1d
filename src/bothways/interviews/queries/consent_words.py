"""The words of the consent, as they stand for one interview today."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from bothways.accounts.retention import RETENTION_PROFILES
from bothways.interviews.models import Interview
from bothways.interviews.queries.watchers import watchers


def consent_words(interview: Interview) -> str:
    """The text in the interview's language: paragraphs apart by an empty line, each a heading and, below it, its words.

    It names the organization, who watches and how long recordings are kept.
    """
    with override(interview.language):
        organization = {"organization": interview.organization.name}
        paragraphs = [
            (
                _("What is recorded"),
                _(
                    "Your picture and your voice, or your voice alone if you choose so, from the moment you start a "
                    "recording until you press Stop. If you write instead, your words are saved as you type. Nothing "
                    "else on your device is read."
                ),
            ),
            (
                _("What it is for"),
                _(
                    "%(organization)s uses your answers to decide who comes further for this position, and for nothing "
                    "else. People rate them, each on their own, against criteria that were written down before. No "
                    "machine scores you, your face or your voice."
                )
                % organization,
            ),
            (_("Who may watch"), _who_watches(interview)),
            (_("How long it is kept"), _how_long(interview)),
            (
                _("It is your choice"),
                _(
                    "You can stop at any time, and you can ask for another way to take part, which is not held against "
                    "you. You can take your consent back on your page. If you do so before you send, your recordings "
                    "are deleted at once. If you do so later, nobody watches them any more."
                ),
            ),
            (
                _("What you can ask for"),
                _(
                    "You can see and download your recordings on your page, and ask %(organization)s what it keeps "
                    "about you, to correct it or to delete it."
                )
                % organization,
            ),
        ]
        return "\n\n".join(f"{heading}\n{words}" for heading, words in paragraphs)


def recording_days(interview: Interview) -> int:
    """Days after the decision until recordings go, by the organization's retention profile."""
    return RETENTION_PROFILES[interview.organization.retention_profile].recording_days


def _who_watches(interview: Interview) -> str:
    names = [str(watcher.name) for watcher in watchers(interview)]
    who = _who(names, interview.organization.name, is_named=interview.organization.names_watchers)
    return " ".join([who, *_how_blind(interview)])


def _how_blind(interview: Interview) -> list[str]:
    """What those who rate do not get at first, where it is more than the name."""
    if interview.stage is None or not interview.stage.hides_picture:
        return []
    if interview.stage.hides_voice:
        return [
            _(
                "Who rates reads what you say and write, and neither hears nor sees you before their own ratings are "
                "in; only what you sign is shown. Names, schools, employers and places are hidden in the text, which a "
                "person checks. Who chooses to see you afterwards is written down."
            )
        ]
    return [
        _(
            "Who rates hears you and does not see you before their own ratings are in; only what you sign is shown. "
            "Who chooses to see you afterwards is written down."
        )
    ]


def _who(names: list[str], organization: str, *, is_named: bool) -> str:
    if not names:
        return _(
            "Only people of %(organization)s and guests of theirs who take part in this selection. "
            "Your page says who watched, and when."
        ) % {"organization": organization}
    if not is_named:
        return _(
            "%(people)s your answers, the people of %(organization)s who run this selection, and guests whom they ask "
            "to take part in it. Nobody else. Your page says in which role somebody watched, guests too, and when."
        ) % {"people": listed(names), "organization": organization}
    return _(
        "%(names)s, who rate your answers, the people of %(organization)s who run this selection, and guests whom they "
        "ask to take part in it. Nobody else. Your page names everybody who watched, guests too, and says when."
    ) % {"names": listed(names), "organization": organization}


def _how_long(interview: Interview) -> str:
    days = recording_days(interview)
    return ngettext(
        "On the server of %(organization)s until %(days)d day after the decision. Takes that you "
        "did not choose are deleted as soon as you have sent your answers.",
        "On the server of %(organization)s until %(days)d days after the decision. Takes that you "
        "did not choose are deleted as soon as you have sent your answers.",
        days,
    ) % {"organization": interview.organization.name, "days": days}


def listed(names: list[str]) -> str:
    """Names as a sentence has them: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": _(", ").join(names[:-1]), "last": names[-1]}
