"""A comment as a plain form, and how one wants to be told of others'."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.models import NoticeKind, NoticeSettings, Rhythm
from bothways.review.models.comment import LONGEST_COMMENT
from bothways.web.team.pins import when_of

_STALE = _("This form does not fit the page any more. Your words are kept; send them again.")


class CommentForm(forms.Form):
    """One comment. Its key was made with the page, so that sending twice writes it once."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _STALE, "required": _STALE})
    parent = forms.UUIDField(widget=forms.HiddenInput, required=False, error_messages={"invalid": _STALE})
    words = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write what you want to say. Nothing was sent.")},
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


class EditCommentForm(forms.Form):
    words = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("How it read before is kept, and others can look it up."),
    )


def _hours() -> list[tuple[str, str]]:
    """Half hours of a day, as a clock shows them."""
    times = (dt.time(hour, minute) for hour in range(24) for minute in (0, 30))
    return [(f"{time:%H:%M}", f"{time:%H:%M}") for time in times]


class NoticesForm(forms.Form):
    mentioned = forms.ChoiceField(label=NoticeKind.MENTIONED.label, choices=Rhythm.choices)
    answered = forms.ChoiceField(label=NoticeKind.ANSWERED.label, choices=Rhythm.choices)
    rated = forms.ChoiceField(
        label=NoticeKind.RATED.label, choices=[choice for choice in Rhythm.choices if choice[0] != Rhythm.AT_ONCE]
    )
    quiet_from = forms.TypedChoiceField(
        label=_("Quiet from"),
        choices=_hours,
        coerce=dt.time.fromisoformat,
        help_text=_("By the clock of your time zone. The same hour twice: no quiet hours."),
    )
    quiet_until = forms.TypedChoiceField(label=_("Quiet until"), choices=_hours, coerce=dt.time.fromisoformat)
    quiet_on_free_days = forms.BooleanField(
        label=_("Also on weekends and public holidays, until the next working morning"), required=False
    )

    @staticmethod
    def values_of(settings: NoticeSettings) -> dict[str, object]:
        return {
            "mentioned": settings.mentioned,
            "answered": settings.answered,
            "rated": settings.rated,
            "quiet_from": f"{settings.quiet_from:%H:%M}",
            "quiet_until": f"{settings.quiet_until:%H:%M}",
            "quiet_on_free_days": settings.quiet_on_free_days,
        }
