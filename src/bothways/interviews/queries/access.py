"""Looking up what a link opens."""

from bothways.interviews.models import AccessToken
from bothways.lib.tokens import digest


def open_link(token: str) -> AccessToken | None:
    """The link with this token, open or over, with all that the candidate's pages need of its interview. One query."""
    links = AccessToken.objects.select_related(
        "interview__organization",
        "interview__candidate_settings",
        "interview__application__candidate",
        "interview__position__replies_by__user",
        "interview__stage",
        "interview__kit_version__welcome_by__user",
        "interview__kit_version__welcome_prompt",
        "interview__kit_version__welcome_captions",
        "interview__kit_version__welcome_sign",
    )
    return links.filter(token_digest=digest(token)).first()
