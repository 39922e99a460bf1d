"""What is done on the page "Who rates whom" for those who are ticked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import Member
from bothways.web.team.forms.members_field import MemberChoiceField

ASSIGN, TAKE, HAND_OVER, KNOWS, KNOWS_NOT = "assign", "take", "hand_over", "knows", "knows_not"


class AssignmentForm(forms.Form):
    do = forms.ChoiceField(choices=[(one, one) for one in (ASSIGN, TAKE, HAND_OVER, KNOWS, KNOWS_NOT)])
    member = MemberChoiceField(queryset=None, label=_("Reviewer"), empty_label=_("Pick somebody"))
    to = MemberChoiceField(queryset=None, label=_("Instead"), required=False, empty_label=_("Nobody"))

    def __init__(self, *args: object, members: list[Member], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        own = Member.objects.filter(id__in=[one.id for one in members]).select_related("user").order_by("user__name")
        self.fields["member"].queryset = self.fields["to"].queryset = own

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("do") == HAND_OVER and not given.get("to"):
            self.add_error("to", _("Pick who rates instead. Nothing was changed."))
        return given
