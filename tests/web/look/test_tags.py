"""The house's template tags: icons that exist, fields that screen readers understand, an accent of its own."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory

from bothways.notify.templatetags.mail_tags import HOUSE_ACCENT, button_color
from bothways.web import icons
from bothways.web.team.views.styles import PARTS, styles
from bothways.web.templatetags.bothways_tags import initials

TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


def render(source: str, **context: object) -> str:
    return Template("{% load bothways_tags %}" + source).render(Context(context))


class Sample(forms.Form):
    email = forms.EmailField(label="Your e-mail", help_text="We write three times at most.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I agree")
    role = forms.ChoiceField(choices=[("a", "Owner"), ("b", "Reviewer")], widget=forms.RadioSelect)


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    assert 'role="img" aria-label="Done &amp; sent"' in render('{% icon "check" label=words %}', words="Done & sent")
    assert 'class="icon turns"' in render('{% icon "chevron-right" turns=True %}')


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="no icon is named 'nope'"):
        icons.paths_of("nope")


def test_every_icon_named_in_a_template_exists() -> None:
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'\{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert named <= set(icons.names())


def test_no_template_writes_inline_style_or_script() -> None:
    for path in TEMPLATES.rglob("*.html"):
        if "mail" in path.relative_to(TEMPLATES).parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'\sstyle="', text), path
        assert not re.search(r"\son\w+=\"", text), path
        assert not re.search(r"<script(?![^>]*(\ssrc=|application/json|importmap))[^>]*>", text), path


def test_a_field_ties_label_hint_and_error_together() -> None:
    form = Sample({"email": "nonsense", "role": "a", "agree": "on"})
    form.is_valid()
    html = render("{% field form.email %}", form=form)
    assert '<label for="id_email">Your e-mail</label>' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'class="input"' in html


def test_choices_are_a_fieldset_with_a_legend() -> None:
    html = render("{% field form.role %}", form=Sample())
    assert "<fieldset" in html
    assert "<legend>Role</legend>" in html
    assert html.count('type="radio"') == 2


def test_the_summary_counts_and_links() -> None:
    form = Sample({})
    form.is_valid()
    html = render("{% errors form %}", form=form)
    assert "3 things need another look" in html
    assert 'href="#id_email"' in html
    assert 'role="alert"' in html
    assert render("{% errors form %}", form=Sample()).strip() == ""


def test_the_accent_is_a_stylesheet_of_its_own() -> None:
    organization = SimpleNamespace(accent="#7a2f5a")
    assert 'href="/accent/7a2f5a.css"' in render("{% accent_link %}", organization=organization)
    assert render("{% accent_link %}") == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("José Luis Fernández de la Vega Ruiz", "JR"),
        ("Bo", "B"),
        ("ليلى حداد", "لح"),
        ("  ", "?"),
        ("3com 7", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_mail_button_is_readable_and_never_foreign_text() -> None:
    assert button_color("#1d5f4c") == "#1d5f4c"
    assert button_color("#d9a400") != "#d9a400"
    assert button_color('red"><script>') == HOUSE_ACCENT


def test_mail_words_are_escaped_once() -> None:
    source = "{% load mail_tags %}{% mail_fact label %}{{ value }}{% endmail_fact %}"
    html = Template(source).render(Context({"label": "A & B", "value": "<b>Tom & Jo</b>"}))
    assert "A &amp; B" in html
    assert "&lt;b&gt;Tom &amp; Jo&lt;/b&gt;" in html


def test_the_living_style_page_shows_every_component_in_both_directions(rf: RequestFactory) -> None:
    page = styles(rf.get("/team/_styles/")).content.decode()
    assert page.count('<section class="spec">') == len(PARTS) + 1
    assert page.count('data-theme="dark" dir="rtl"') >= 14
    shipped = {path.stem for path in (TEMPLATES / "team/styles/parts").glob("*.html")}
    assert shipped == set(PARTS)
