"""Answers that are not recorded: words, a choice, a number."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.interviews.actions.written import MOST_DECIMALS, Given
from bothways.interviews.models import WrittenAnswer
from bothways.interviews.queries.written import number_bounds, number_words
from bothways.kits.models import AnswerKind, Question


class DraftForm(forms.Form):
    """What the page sends while somebody writes. How long it may be, the verb says in words."""

    text = forms.CharField(required=False, strip=False)
    revision = forms.IntegerField(min_value=0)


class WriteForm(forms.Form):
    """Words. Without a script the form carries the revision that it started from."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def given(self) -> Given:
        return Given(text=self.cleaned_data["text"])


class ChoiceForm(forms.Form):
    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(enumerate(question.options))
        required = _("Nothing is chosen yet. Choose what fits, then keep it.")
        common = {"choices": choices, "coerce": int, "error_messages": {"required": required}}
        if question.picks_several:
            self.fields["options"] = forms.TypedMultipleChoiceField(
                label=_("Choose all that fit"), widget=forms.CheckboxSelectMultiple, **common
            )
        else:
            self.fields["options"] = forms.TypedChoiceField(label=_("Choose one"), widget=forms.RadioSelect, **common)

    def given(self) -> Given:
        options = self.cleaned_data["options"]
        return Given(options=options if isinstance(options, list) else [options])


class NumberForm(forms.Form):
    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Your answer, in %(unit)s") % {"unit": question.unit} if question.unit else _("Your answer")
        self.fields["number"] = forms.DecimalField(
            label=label,
            help_text=number_bounds(question),
            max_digits=15,
            decimal_places=MOST_DECIMALS,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}),
            error_messages={"required": _("There is no number yet. Write one, then keep it.")},
        )

    def given(self) -> Given:
        return Given(number=self.cleaned_data["number"])


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. What they are, the verb looks at."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class FilesForm(forms.Form):
    files = FilesField(label=gettext_lazy("Add files"), required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget = FilesInput(
            attrs={"multiple": question.files_most > 1, "accept": ".pdf,.docx,.odt,.png,.jpg,.jpeg,.txt"}
        )

    def given(self) -> Given:
        return Given()


AnswerForm = WriteForm | ChoiceForm | NumberForm | FilesForm


def answer_form(question: Question, written: WrittenAnswer | None, data: Any = None, files: Any = None) -> AnswerForm:
    """The form that this kind of question asks for, with what is there already."""
    if question.answer_kind == AnswerKind.CHOICE:
        own = list(written.options) if written else []
        return ChoiceForm(
            data, question=question, initial={"options": own if question.picks_several else next(iter(own), None)}
        )
    if question.answer_kind == AnswerKind.FILES:
        return FilesForm(data, files, question=question)
    if question.answer_kind == AnswerKind.NUMBER:
        number = number_words(written.number) if written and written.number is not None else None
        return NumberForm(data, question=question, initial={"number": number})
    return WriteForm(
        data, initial={"text": written.text if written else "", "revision": written.revision if written else 0}
    )
