"""Writing a question, in a kit or in the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bothways.accounts.models import Organization
from bothways.interviews.queries.written import number_words
from bothways.kits.actions.wording import Wording
from bothways.kits.models import AnswerKind, AskedQuestion
from bothways.kits.models.question import ANSWER_LIMIT_S, MOST_FILES, TAKES
from bothways.web.durations import duration_words
from bothways.web.team.forms.members_field import MemberChoiceField, choosable

ANSWER_LIMITS_S = (15, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600)
THINK_LIMITS_S = (60, 120, 180, 300, 600)
TAKES_ALLOWED = (1, 2, 3, 5, 10)


KINDS = [
    (AnswerKind.RECORDED, gettext_lazy("They speak, sign or write")),
    (AnswerKind.CHOICE, gettext_lazy("They choose from a list")),
    (AnswerKind.NUMBER, gettext_lazy("They give a number")),
    (AnswerKind.FILES, gettext_lazy("They send files")),
]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _select(usual: int | str, worse: str) -> forms.Select:
    """A select that tells the script what is usual, and which side of it gives candidates less (reason.js)."""
    return forms.Select(attrs={"data-usual": usual, "data-worse": worse})


class QuestionForm(forms.Form):
    """Everything of a question but its prompt. What is still missing may stay empty until the kit is published."""

    text = forms.CharField(label=gettext_lazy("The question"), max_length=600, required=False, widget=_area(3))
    asker = MemberChoiceField(
        queryset=None,
        label=gettext_lazy("Who asks"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
        help_text=gettext_lazy("Candidates read the name and the title."),
    )
    competency = forms.CharField(
        label=gettext_lazy("What it looks for"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("One thing, for example: clear and kind. Only raters read it."),
        widget=forms.TextInput(attrs={"list": "competencies", "autocomplete": "off"}),
    )
    anchor_1 = forms.CharField(
        label=gettext_lazy("What a 1 sounds like"), max_length=600, required=False, widget=_area(3)
    )
    anchor_3 = forms.CharField(
        label=gettext_lazy("What a 3 sounds like"), max_length=600, required=False, widget=_area(3)
    )
    anchor_5 = forms.CharField(
        label=gettext_lazy("What a 5 sounds like"), max_length=600, required=False, widget=_area(3)
    )
    answer_kind = forms.ChoiceField(
        label=gettext_lazy("What candidates give"),
        choices=KINDS,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Who is asked to speak can always choose video, voice, sign or writing."),
    )
    options = forms.CharField(
        label=gettext_lazy("The options, one on each line"),
        required=False,
        widget=_area(4),
        help_text=gettext_lazy("Two to ten. Add “None of these” where that can be true."),
    )
    picks_several = forms.BooleanField(label=gettext_lazy("Several may be chosen"), required=False)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("For example: hours a week. May stay empty."),
    )
    number_min = forms.DecimalField(
        label=gettext_lazy("Smallest number"), required=False, max_digits=15, decimal_places=4, localize=True
    )
    number_max = forms.DecimalField(
        label=gettext_lazy("Largest number"), required=False, max_digits=15, decimal_places=4, localize=True
    )
    files_most = forms.TypedChoiceField(
        label=gettext_lazy("Files at most"),
        coerce=int,
        choices=[(count, str(count)) for count in range(1, MOST_FILES + 1)],
        required=False,
        empty_value=1,
        help_text=gettext_lazy("PDF, Word, OpenDocument, pictures or plain text, up to 10 MB each."),
    )
    answer_limit_s = forms.TypedChoiceField(
        label=gettext_lazy("An answer may take"), coerce=int, widget=_select(ANSWER_LIMIT_S, "less")
    )
    think_limit_s = forms.TypedChoiceField(
        label=gettext_lazy("Time to think before it"),
        coerce=int,
        required=False,
        empty_value=None,
        widget=_select("", "other"),
    )
    takes_allowed = forms.TypedChoiceField(
        label=gettext_lazy("Takes"),
        coerce=int,
        widget=_select(TAKES, "less"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why candidates get less than usual"),
        max_length=300,
        required=False,
        widget=_area(2),
        help_text=gettext_lazy(
            "Usual is: 3 minutes, 3 takes, as long to think as they like. Your team reads it beside the question."
        ),
    )
    no_prompt_reason = forms.CharField(
        label=gettext_lazy("Nobody asks it on video? Say why"),
        max_length=300,
        required=False,
        widget=_area(2),
        help_text=gettext_lazy("A face that asks makes people feel expected. Some questions are better read."),
    )

    def __init__(self, *args: Any, organization: Organization, row: AskedQuestion | None = None, **kwargs: Any) -> None:
        usual = {"answer_limit_s": ANSWER_LIMIT_S, "takes_allowed": TAKES, "answer_kind": AnswerKind.RECORDED}
        initial = _initial(row) if row is not None else usual
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["asker"].queryset = choosable(organization, row.asker_id if row else None)
        self.fields["answer_limit_s"].choices = _with(ANSWER_LIMITS_S, initial["answer_limit_s"], duration_words)
        self.fields["takes_allowed"].choices = _with(TAKES_ALLOWED, initial["takes_allowed"], _takes)
        self.fields["think_limit_s"].choices = [
            ("", _("As long as they like")),
            *_with(THINK_LIMITS_S, initial.get("think_limit_s"), duration_words),
        ]

    def clean_answer_kind(self) -> str:
        return self.cleaned_data["answer_kind"] or AnswerKind.RECORDED

    def clean_options(self) -> list[str]:
        return self.cleaned_data["options"].splitlines()

    def wording(self) -> Wording:
        """The question as the verbs take it. Only for a valid form."""
        return Wording(**self.cleaned_data)


def _initial(row: AskedQuestion) -> dict[str, Any]:
    names = (name for name in QuestionForm.base_fields if name not in ("asker", "competency"))
    competency = row.competency.name if row.competency else ""
    values = {name: getattr(row, name) for name in names}
    numbers = {name: number_words(values[name]) for name in ("number_min", "number_max") if values[name] is not None}
    return {**values, **numbers, "asker": row.asker_id, "competency": competency, "options": "\n".join(row.options)}


def _with(usual: tuple[int, ...], own: int | None, words: Any) -> list[tuple[int, str]]:
    """The usual values, and the one that is set already should it be another."""
    return [(value, words(value)) for value in sorted({*usual, own} - {None})]


def _takes(count: int) -> str:
    return ngettext("%(n)d take", "%(n)d takes", count) % {"n": count}
