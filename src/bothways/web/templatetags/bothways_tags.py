"""Template tags of the house: icons, the mark, form fields, the organization's colour.

Load them with ``{% load bothways_tags %}``.
"""

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.web.icons import paths_of
from bothways.web.modules import imports_of

register = template.Library()

_FIELD_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "pick"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)


@register.simple_tag
def icon(name: str, label: str = "", turns: bool = False, classes: str = "") -> SafeString:
    """One Lucide icon, inline, in the colour of the text around it.

    An icon without a `label` is hidden from screen readers, because a word stands beside it. `turns` mirrors it in
    right-to-left languages (arrows, chevrons).
    """
    kinds = " ".join(filter(None, ("icon", "turns" if turns else "", classes)))
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round" {}>{}</svg>',
        kinds,
        said,
        mark_safe(paths_of(name)),  # noqa: S308 - shipped with the product, never from a person
    )


@register.inclusion_tag("components/mark.html")
def mark(classes: str = "mark") -> dict[str, str]:
    """The mark of Bothways as inline SVG; `classes` picks the drawing (mark, art, drawing)."""
    return {"classes": classes}


@register.simple_tag(takes_context=True)
def current_organization(context: Context) -> Any:
    """The organization whose page this is: from the context, else the request. May be None."""
    if context.get("organization") is not None:
        return context["organization"]
    request = context.get("request")
    found = getattr(request, "organization", None)
    if found is None:
        found = getattr(getattr(request, "interview", None), "organization", None)
    return found


@register.simple_tag(takes_context=True)
def candidate_talk_url(context: Context) -> str:
    """Where a candidate asks for a person, on pages that know no interview: faults. Empty for everybody else.

    A page behind a link that opens nothing has no such door: the request was never let in.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or match.app_name != "candidate" or getattr(request, "is_shut_out", False):
        return ""
    return reverse("candidate:talk", kwargs={"token": match.kwargs["token"]})


@register.simple_tag(takes_context=True)
def accent_link(context: Context) -> SafeString:
    """The stylesheet that sets the organization's accent: a file of its own, because the CSP allows no inline style."""
    accent = getattr(current_organization(context), "accent", "")
    if not accent:
        return mark_safe("")
    return format_html('<link rel="stylesheet" href="{}">', reverse("public:accent", args=[accent.removeprefix("#")]))


@register.simple_tag
def module(name: str) -> SafeString:
    """The script `name` and all that it imports, asked for at once. For the head: modules wait for the page."""
    preloads = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((static(imported),) for imported in imports_of(name))
    )
    return format_html('{}<script type="module" src="{}"></script>', preloads, static(name))


@register.simple_tag
def countdown(left: int) -> str:
    """How far a promised day is, in working days: negative once it has passed."""
    if left < 0:
        return ngettext("%(n)d working day late", "%(n)d working days late", -left) % {"n": -left}
    if left == 0:
        return _("today")
    return ngettext("in %(n)d working day", "in %(n)d working days", left) % {"n": left}


@register.filter
def initials(name: str) -> str:
    """Up to two letters for a face without a picture: José Luis Fernández gives JF."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    if not words:
        return "?"
    chosen = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


@register.filter
def get_item(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key that the template only knows at run time; None where there is none."""
    return mapping.get(key)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", placeholder: bool = True) -> dict[str, Any]:
    """A form field with its label, hint and error, tied together for screen readers.

    `label` and `hint` replace the form's own words; `placeholder` False leaves out what only repeats the label.
    """
    kind = _kind(bound)
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "widget": bound.as_widget(attrs=_attributes(bound, kind, own_hint=bool(hint), placeholder=placeholder)),
    }


@register.simple_tag
def control(bound: BoundField) -> str:
    """A form field's control alone, for a page that lays out its label and what stands beside it."""
    return bound.as_widget(attrs=_attributes(bound, _kind(bound), own_hint=False, placeholder=True))


@register.inclusion_tag("components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones included, without the error summary."""
    return {"form": form}


@register.inclusion_tag("components/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary above a form: how many things need another look, each a link to its field."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


def _kind(bound: BoundField) -> str:
    return next((kind for widget_type, kind in _FIELD_KINDS if isinstance(bound.field.widget, widget_type)), "input")


def _attributes(bound: BoundField, kind: str, *, own_hint: bool, placeholder: bool) -> dict[str, str | bool]:
    attributes: dict[str, str | bool] = {} if placeholder else {"placeholder": False}
    if kind in ("input", "textarea", "select") and not isinstance(bound.field.widget, forms.ClearableFileInput):
        own = bound.field.widget.attrs.get("class", "")
        attributes["class"] = f"{kind} {own}".strip()
    if (kind == "textarea" or bound.widget_type == "text") and "dir" not in bound.field.widget.attrs:
        attributes["dir"] = "auto"
    if own_hint and not bound.help_text and bound.auto_id:
        described = [f"{bound.auto_id}_helptext"] + ([f"{bound.auto_id}_error"] if bound.errors else [])
        attributes["aria-describedby"] = " ".join(described)
    return attributes
