"""What allauth asks us: who may sign up, and how its mails go out."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bothways.notify.actions.team_mail import mail_password_reset


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone, and every mail goes through our outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the one mail of allauth that we use.

        Raises:
            LookupError: a setting turned another one on; give it a template and a line here.
        """
        if template_prefix != "account/email/password_reset_key":
            raise LookupError(f"no mail is written for {template_prefix}")
        mail_password_reset(user=context["user"], link=context["password_reset_url"])
