"""What a guest writes about an answer, as a plain form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.models.comment import LONGEST_COMMENT
from bothways.web.stretches import when_of

_STALE = _("This form does not fit the page any more. Your words are kept; send them again.")


class GuestCommentForm(forms.Form):
    """A new one has a key that was made with the page, so that sending twice writes it once."""

    key = forms.UUIDField(required=False, error_messages={"invalid": _STALE})
    words = forms.CharField(
        max_length=LONGEST_COMMENT, error_messages={"required": _("Write what you want to say. Nothing was sent.")}
    )
    when = forms.CharField(required=False, max_length=30)

    def clean_when(self) -> tuple[int | None, int | None]:
        """Milliseconds from and to, as far as they were typed."""
        when = self.cleaned_data["when"]
        if not when:
            return None, None
        found = when_of(when)
        if found is None:
            raise forms.ValidationError(_("Write the time as 0:42, or a stretch as 0:42-1:05."))
        return found

    @property
    def wrong(self) -> str:
        """The first thing that is wrong, in words."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")
