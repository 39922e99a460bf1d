"""Inviting a list of people from a file: choose it, read what would happen, then say yes."""

import uuid
from collections import Counter
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.interviews.actions.csv_import import check_list, invite_list, rows_of
from bothways.interviews.actions.people_counts import forget_counts
from bothways.interviews.models import CsvImport, CsvImportState
from bothways.interviews.people_file import MOST_BYTES, OK
from bothways.interviews.queries.batches import what_holds_a_batch
from bothways.interviews.queries.inviting import Obstacle
from bothways.lib.csv_text import line
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import Position, Stage
from bothways.web.streaming import streamed
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.invitations import ListForm, inviting_stages
from bothways.web.team.import_words import VERDICTS, row_words
from bothways.web.team.views.invitations import what_is_missing
from bothways.web.team.views.people import position_of
from bothways.web.team.views.positions import MAKERS

SHOWN_ROWS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def imports_new(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Choose a file. It is only read: nobody is invited by this."""
    position = position_of(request, position_id)
    form = ListForm(request.POST or None, request.FILES or None, position=position)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            checked = check_list(
                actor=request.actor,
                stage=form.cleaned_data["stage"],
                file_name=file.name,
                data=file.read(MOST_BYTES + 1),
            )
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("file", refused.words)
        else:
            return redirect(
                "team:imports-detail", organization=request.organization.slug, position_id=position.id,
                import_id=checked.id,
            )  # fmt: skip
    page = {"position": position, "form": form, "held": _held(inviting_stages(position)), **what_is_missing(position)}
    return render(request, "team/imports/new.html", page, status=422 if form.errors else 200)


@require_safe
@never_cache
@member_required(*MAKERS)
def imports_detail(request: TeamRequest, position_id: uuid.UUID, import_id: uuid.UUID) -> HttpResponse:
    """What would happen to each row, or what has happened. Rows that need a look come first."""
    position = position_of(request, position_id)
    checked = _import_of(position, import_id)
    rows = rows_of(checked)
    counts = Counter(row.verdict for row in rows)
    looks = [row for row in rows if row.verdict != OK or row.note]
    page = {
        "position": position,
        "checked": checked,
        "is_done": checked.state == CsvImportState.DONE,
        "total": len(rows),
        "ready": counts[OK],
        "verdicts": [(VERDICTS[verdict], count) for verdict, count in counts.most_common() if verdict != OK],
        "looks": [(row, row_words(row)) for row in looks[:SHOWN_ROWS]],
        "more_looks": max(0, len(looks) - SHOWN_ROWS),
        "first": [row for row in rows if row.verdict == OK][:5],
        "held": [] if checked.state == CsvImportState.DONE else _held([checked.stage]),
    }
    return render(request, "team/imports/detail.html", page)


@require_POST
@member_required(*MAKERS)
def imports_confirm(request: TeamRequest, position_id: uuid.UUID, import_id: uuid.UUID) -> HttpResponse:
    """Invite them all. Pressing twice invites once."""
    position = position_of(request, position_id)
    checked = _import_of(position, import_id)
    try:
        done = invite_list(actor=request.actor, csv_import=checked)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        forget_counts(position)
        count = done.invited_count
        words = ngettext("One person is invited.", "%(n)d people are invited. The mails are on their way.", count)
        messages.success(request, words % {"n": count})
    return redirect(
        "team:imports-detail", organization=request.organization.slug, position_id=position.id, import_id=checked.id
    )


@require_safe
@member_required(*MAKERS)
def imports_report(request: TeamRequest, position_id: uuid.UUID, import_id: uuid.UUID) -> HttpResponseBase:
    """The report of every row, as CSV: to be corrected and chosen again."""
    checked = _import_of(position_of(request, position_id), import_id)
    head = line([_("Line"), _("Name"), _("E-mail"), _("Language"), _("Result")])
    lines = (line([row.line, row.name, row.email, row.language, row_words(row)]) for row in rows_of(checked))
    response = streamed(request, iter(["\ufeff" + head, "".join(lines)]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="report-{checked.created_at:%Y-%m-%d-%H%M}.csv"'
    return response


@require_safe
@member_required(*MAKERS)
def imports_example(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """A file to start from."""
    position_of(request, position_id)
    text = "\ufeff" + line(["name", "e-mail", "language"]) + line(["Dee Okafor", "dee@example.org", "en"])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


def _held(stages: Iterable[Stage]) -> list[tuple[Stage, Obstacle]]:
    """Those of some steps to which a list cannot be invited now, with why."""
    return [(stage, held) for stage in stages if (held := what_holds_a_batch(stage)) is not None]


def _import_of(position: Position, import_id: uuid.UUID) -> CsvImport:
    rows = CsvImport.objects.select_related("stage", "created_by__user", "organization")
    found = rows.filter(stage__position=position, organization=position.organization_id, id=import_id).first()
    if found is None:
        raise Http404
    return found
