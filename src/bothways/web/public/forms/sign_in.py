"""Forms of the sign-in pages, where those of allauth say something else than we do."""

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """E-mail and password. The way to a new password stands below the form, not between the fields."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = _("Your e-mail at work")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SendLinkForm(forms.Form):
    """The e-mail field of the sign-in page; it is named as allauth names it, because both buttons share it."""

    login = forms.EmailField(
        error_messages={
            "required": _("Write your e-mail address first, then press the button again."),
            "invalid": _("This is not an e-mail address. It looks like name@example.org."),
        }
    )


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey signs in alone unless the person decides that it only comes after the password."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("What do you call it?")
        self.fields["name"].help_text = _("For example: my phone, the grey key.")
        self.fields["name"].required = False
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("It signs me in alone, without a password")
            self.fields["passwordless"].help_text = ""
            self.fields["passwordless"].initial = True
