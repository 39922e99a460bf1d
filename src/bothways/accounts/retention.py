"""Retention profiles: how long each kind of record is kept, counted from the decision.

The organization must choose one when it is set up; there is no default, because a recording may be an employment
record that has to be kept (29 CFR 1602.14) or personal data that has to go (GDPR Art. 5(1)(e)). Sources: 29 CFR
1602.14, 41 CFR 60-300.80, 2 CCR 11013, the CNIL recruitment guide 2023, UK ICO recruitment guidance. Not legal advice.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class RetentionProfile:
    """Days after the decision. `records` are ratings, notes, decisions and messages."""

    code: str
    name: Promise
    explanation: Promise
    recording_days: int
    records_days: int


_PROFILES = [
    RetentionProfile(
        "eu",
        _("European Union"),
        _("Recordings go 180 days after the decision, ratings and notes as well. Long enough to answer a complaint."),
        180,
        180,
    ),
    RetentionProfile(
        "de",
        _("Germany"),
        _("Everything goes 180 days after the decision, which covers the time limits of the equal treatment act."),
        180,
        180,
    ),
    RetentionProfile(
        "fr",
        _("France"),
        _("Recordings go 180 days after the decision, ratings and notes after 2 years at the latest."),
        180,
        730,
    ),
    RetentionProfile(
        "uk",
        _("United Kingdom"),
        _("Everything goes 180 days after the decision, when the time to bring a claim has passed."),
        180,
        180,
    ),
    RetentionProfile(
        "us",
        _("United States, 1 year"),
        _("Everything is kept 365 days after the decision, as the record-keeping rules for employers ask."),
        365,
        365,
    ),
    RetentionProfile(
        "us-contractor",
        _("United States, federal contractor, 2 years"),
        _("Everything is kept 730 days after the decision, as contractors of the government must."),
        730,
        730,
    ),
    RetentionProfile(
        "us-california",
        _("California, 4 years"),
        _("Everything is kept 1461 days after the decision, as the state's rules ask since October 2025."),
        1461,
        1461,
    ),
]

RETENTION_PROFILES: dict[str, RetentionProfile] = {profile.code: profile for profile in _PROFILES}
