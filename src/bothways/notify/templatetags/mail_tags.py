"""Parts of an HTML mail. Mail programs know neither our stylesheets nor our layout, so each part carries its own.

A mail extends ``mail/base.html`` and fills its block ``letter``::

    {% mail_heading %}Hello Châu. Marta has four questions for you.{% endmail_heading %}
    {% mail_text %}Thank you for applying.{% endmail_text %}
    {% mail_button links.link %}See the questions{% endmail_button %}
    {% mail_facts %}{% mail_fact "Open until" %}Tuesday 10 March, 23:59{% endmail_fact %}{% endmail_facts %}
    {% mail_note %}The link is yours alone.{% endmail_note %}
"""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bothways.lib.contrast import is_hex, nearest_readable

register = template.Library()

SERIF = "Georgia,'Times New Roman',serif"
SANS = "Verdana,Geneva,sans-serif"
HOUSE_ACCENT = "#1d5f4c"


@register.simple_block_tag
def mail_heading(content: str) -> SafeString:
    """The first line of the letter."""
    return _row(
        "pad",
        "padding:28px 32px 0;",
        format_html(
            '<h1 class="ink h" style="margin:0;font:400 32px/1.18 {};color:#1f2621;">{}</h1>',
            mark_safe(SERIF),  # noqa: S308
            content,
        ),
    )


@register.simple_block_tag
def mail_text(content: str) -> SafeString:
    """A paragraph in the words of a person."""
    return _row("pad ink", f"padding:20px 32px 0;font:400 18px/1.6 {SERIF};color:#1f2621;", content)


@register.simple_block_tag
def mail_note(content: str) -> SafeString:
    """A quiet paragraph in the words of the product."""
    return _row("pad soft", f"padding:24px 32px 0;font:400 15px/1.6 {SANS};color:#464d48;", content)


@register.simple_block_tag(takes_context=True)
def mail_button(context: Context, content: str, url: str) -> SafeString:
    """The one next step, in the organization's color, darkened where white on it could not be read."""
    color = button_color(getattr(context.get("organization"), "accent", ""))
    button = format_html(
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>'
        '<td class="btn" bgcolor="{0}" style="background:{0};border-radius:14px;">'
        '<a href="{1}" style="display:inline-block;padding:16px 28px;font:600 17px/1.2 {2};color:#ffffff;'
        'text-decoration:none;">{3}</a></td></tr></table>',
        color,
        url,
        mark_safe(SANS),  # noqa: S308
        mark_safe(content.strip()),  # noqa: S308 - rendered and escaped by the template
    )
    return _row("pad", "padding:28px 32px 0;", button)


@register.simple_block_tag
def mail_facts(content: str) -> SafeString:
    """A table of facts; its rows are ``mail_fact``."""
    table = format_html(
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="soft" '
        'style="font:400 15px/1.5 {};color:#464d48;">{}</table>',
        mark_safe(SANS),  # noqa: S308
        content,
    )
    return _row("pad", "padding:28px 32px 0;", table)


@register.simple_block_tag
def mail_fact(content: str, label: str) -> SafeString:
    """One fact: what it is about, then what it says."""
    return format_html(
        '<tr><td class="rule soft" width="38%" valign="top" '
        'style="padding:12px 0;border-top:1px solid #dedcd6;color:#464d48;">{}</td>'
        '<td class="rule ink" valign="top" style="padding:12px 0;border-top:1px solid #dedcd6;color:#1f2621;">{}</td>'
        "</tr>",
        label,
        mark_safe(content.strip()),  # noqa: S308 - rendered and escaped by the template
    )


def button_color(accent: str) -> str:
    """The organization's accent where white words can be read on it, else the nearest darker one."""
    return nearest_readable(accent, "#ffffff") if is_hex(accent) else HOUSE_ACCENT


def _row(classes: str, style: str, content: str) -> SafeString:
    return format_html(
        '<tr><td class="{}" style="{}">{}</td></tr>\n',
        classes,
        mark_safe(style),  # noqa: S308 - written in this file
        content,
    )
