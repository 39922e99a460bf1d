"""Lists of people: read whatever programs write, say what is wrong with each row, invite all or nobody."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bothways.accounts.models import AuditEntry
from bothways.accounts.queries.audit import flaws
from bothways.interviews.actions import csv_import
from bothways.interviews.actions.csv_import import check_list, forget_old_lists, invite_list, rows_of
from bothways.interviews.actions.invitations import invite
from bothways.interviews.models import AccessToken, CsvImport, CsvImportState, Interview, PersonWord
from bothways.interviews.people_file import MOST_ROWS, PersonRow, read_people
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.tokens import digest
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message
from bothways.positions.models import Application, Candidate, PositionState
from bothways.work.models import Job

TWO = "name,e-mail\nDee Okafor,dee@example.net\nJosé Núñez,jose@example.net\n"


def people(text, encoding="utf-8"):
    return [(row.name, row.email, row.verdict) for row in read_people(text.encode(encoding))]


def check(cast, text=TWO, **changes):
    data = text if isinstance(text, bytes) else text.encode()
    return check_list(
        **{"actor": cast.actor(cast.rafael), "stage": cast.stage, "file_name": "people.csv", "data": data} | changes
    )


def confirm(cast, checked):
    return invite_list(actor=cast.actor(cast.rafael), csv_import=checked)


def test_it_reads_every_encoding_that_spreadsheets_write():
    expected = [("Dee Okafor", "dee@example.net", "ok"), ("José Núñez", "jose@example.net", "ok")]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        assert people(TWO, encoding) == expected, encoding


def test_a_name_in_arabic_survives():
    text = "الاسم;البريد الإلكتروني\nليلى حداد;leila@example.net\n"
    for encoding in ("utf-8", "utf-16"):
        assert people(text, encoding) == [("ليلى حداد", "leila@example.net", "ok")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_it_reads_every_delimiter_and_line_end(delimiter, newline):
    text = TWO.replace(",", delimiter).replace("\n", newline)
    assert [row[1] for row in people(text)] == ["dee@example.net", "jose@example.net"]


@pytest.mark.parametrize(
    "heading",
    [
        "Name,Email", "FULL NAME , E-Mail Address", "e_mail;Name", "Vollständiger Name;E-Mail-Adresse",
        "Candidate\tMail", "\n\nname,email",
    ],
)  # fmt: skip
def test_columns_have_several_spellings(heading):
    delimiter = next(sign for sign in ",;\t" if sign in heading)
    row = ["dee@example.net", "Dee"] if heading.startswith("e_mail") else ["Dee", "dee@example.net"]
    assert people(f"{heading}\n{delimiter.join(row)}\n") == [("Dee", "dee@example.net", "ok")]


def test_first_and_last_names_are_put_together():
    assert people("Vorname;Nachname;E-Mail\nDee;Okafor;dee@example.net\n")[0][0] == "Dee Okafor"


def test_quoted_cells_may_hold_commas_and_new_lines():
    rows = read_people(b'name,email\n"Okafor,\nDee",dee@example.net\nBo,bo@example.net\n')
    assert [(row.line, row.name) for row in rows] == [(3, "Okafor, Dee"), (4, "Bo")]


def test_an_address_may_be_written_as_mail_programs_do():
    assert people("name,email\nDee,Dee Okafor <DEE@Example.net>\n") == [("Dee", "dee@example.net", "ok")]


def test_each_wrong_row_is_named():
    rows = read_people(
        b"name,email\nDee,dee@example.net\n,no-name@example.net\nNo Mail,\nBad,not an address\n"
        b"Again,DEE@example.net\n" + b"x" * 161 + b",long@example.net\nShort\n"
    )
    assert [(row.line, row.verdict) for row in rows] == [
        (2, "ok"), (3, "no_name"), (4, "no_email"), (5, "bad_email"), (6, "twice"), (7, "long_name"), (8, "no_email"),
    ]  # fmt: skip
    assert rows[4].first_line == 2


@pytest.mark.parametrize(
    ("written", "language", "note"),
    [("de", "de", ""), ("DE-at", "de", ""), ("German", "de", ""), ("Deutsch", "de", ""), ("العربية", "ar", ""),
     ("", "", ""), ("Klingon", "", "unknown_language")],
)  # fmt: skip
def test_languages_are_understood_or_noted(written, language, note):
    [row] = read_people(f"name,email,language\nDee,dee@example.net,{written}\n".encode())
    assert (row.language, row.note, row.verdict) == (language, note, "ok")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_columns"),
        (b"Dee,dee@example.net\n", "no_columns"),
        (b"name,email\n\n", "no_people"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + b"\x00\x01" * 20 + b"x" * 200, "not_csv"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_csv"),
        (b'name,email\n"' + b"x" * 200_000, "not_csv"),
        (b"name,email\n" + b"x" * (5 * 1024 * 1024), "file_too_large"),
        (b"name,email\n" + b"Dee,dee@example.net\n" * (MOST_ROWS + 1), "too_many_people"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(data, code):
    with pytest.raises(Refused) as caught:
        read_people(data)
    assert (caught.value.code, bool(caught.value.words)) == (code, True)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data):
    for whole in (data, b"name,email\n" + data, "name;email\n".encode("utf-16") + data):
        try:
            rows = read_people(whole)
        except Refused as refused:
            assert refused.words
        else:
            assert all(isinstance(row, PersonRow) and len(row.name) <= 160 and "\x00" not in row.name for row in rows)


@given(st.lists(st.text(max_size=30), max_size=6))
def test_no_cells_break_the_reading(cells):
    data = ("name,email\n" + ",".join(f'"{cell}"' for cell in cells)).encode("utf-8", "surrogatepass")
    try:
        read_people(data)
    except Refused as refused:
        assert refused.words


def test_a_dry_run_invites_nobody(cast):
    checked = check(cast)
    assert checked.state == CsvImportState.CHECKED
    assert [row.verdict for row in rows_of(checked)] == ["ok", "ok"]
    assert not Interview.objects.exists() and not Candidate.objects.exists() and not Message.objects.exists()


def test_who_is_in_the_stage_already_is_named(cast):
    invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee", email="dee@example.net")
    assert [row.verdict for row in rows_of(check(cast))] == ["invited", "ok"]


def test_confirming_invites_everybody_with_link_mail_words_and_record(cast):
    done = confirm(cast, check(cast))
    assert (done.state, done.invited_count) == (CsvImportState.DONE, 2)
    interviews = list(Interview.objects.select_related("application__candidate").order_by("created_at", "id"))
    assert [interview.application.candidate.name for interview in interviews] == ["Dee Okafor", "José Núñez"]
    assert len({interview.code_name for interview in interviews}) == 2
    for interview in interviews:
        message = Message.objects.get(about_id=str(interview.id))
        text, html = with_links(message)
        assert interview.application.candidate.name in text and interview.application.candidate.name in html
        link = next(word for word in text.split() if "/i/" in word and not word.endswith("/talk/"))
        token = AccessToken.objects.get(token_digest=digest(link.rstrip("/").rpartition("/")[2]))
        assert token.interview == interview
        assert AuditEntry.objects.filter(thing_id=str(interview.id), verb="interview.invited").count() == 1
        assert PersonWord.objects.filter(interview=interview).exists()
    assert list(flaws(cast.organization)) == []


def test_a_letter_to_many_reads_like_a_letter_to_one(cast):
    confirm(cast, check(cast))
    invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee Okafor", email="other@example.net")
    many, one = Message.objects.filter(to_name="Dee Okafor").order_by("created_at")
    assert (many.subject, many.body_text, many.body_html) == (one.subject, one.body_text, one.body_html)


def test_names_are_escaped_in_letters_to_many(cast):
    confirm(cast, check(cast, "name,email\n<b>Dee</b> & Co,dee@example.net\n"))
    message = Message.objects.get()
    assert "<b>Dee</b> & Co" in message.body_text
    assert "&lt;b&gt;Dee&lt;/b&gt; &amp; Co" in message.body_html and "<b>Dee" not in message.body_html


def test_each_person_gets_their_language(cast):
    confirm(cast, check(cast, "name,email,language\nDee,dee@example.net,ar\nBo,bo@example.net,\n"))
    assert dict(Message.objects.values_list("to_email", "language")) == {
        "dee@example.net": "ar",
        "bo@example.net": "en",
    }
    assert 'dir="rtl"' in Message.objects.get(to_email="dee@example.net").body_html


def test_confirming_twice_is_once(cast):
    checked = check(cast)
    confirm(cast, checked)
    again = confirm(cast, checked)
    assert again.invited_count == 2
    assert Interview.objects.count() == Message.objects.count() == 2


def test_rows_that_are_wrong_are_left_out_and_stay_in_the_report(cast):
    done = confirm(cast, check(cast, TWO + "Nobody,nowhere\n"))
    assert done.invited_count == 2
    assert [row.verdict for row in rows_of(done)] == ["ok", "ok", "bad_email"]


def test_who_was_invited_in_between_is_left_out(cast):
    checked = check(cast)
    invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee", email="dee@example.net")
    done = confirm(cast, checked)
    assert done.invited_count == 1
    assert [row.verdict for row in rows_of(done)] == ["invited", "ok"]


def test_known_candidates_keep_their_name(cast):
    Candidate.objects.create(organization=cast.organization, name="Deirdre Okafor", email="dee@example.net")
    confirm(cast, check(cast))
    assert Message.objects.get(to_email="dee@example.net").to_name == "Deirdre Okafor"


@pytest.mark.parametrize("step", ["keep_many", "record_many", "freeze"])
def test_when_anything_goes_wrong_nobody_is_invited(cast, monkeypatch, step):
    checked = check(cast)

    def fail(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(csv_import, step, fail)
    with pytest.raises(OSError):
        confirm(cast, checked)
    assert not any(
        model.objects.exists() for model in (Interview, Candidate, Application, AccessToken, PersonWord, Message)
    )
    checked.refresh_from_db()
    assert checked.state == CsvImportState.CHECKED
    monkeypatch.undo()
    assert confirm(cast, checked).invited_count == 2


def test_a_list_with_nobody_in_order_is_refused(cast):
    with pytest.raises(Refused) as caught:
        confirm(cast, check(cast, "name,email\nNobody,nowhere\n"))
    assert caught.value.code == "nobody_to_invite"


def test_a_closed_position_takes_no_list(cast):
    checked = check(cast)
    cast.position.state = PositionState.CLOSED
    cast.position.save()
    with pytest.raises(Refused) as caught:
        confirm(cast, checked)
    assert caught.value.code == "position_closed"


def test_a_check_is_good_for_a_day_and_then_forgotten(cast):
    checked = check(cast)
    with time_machine.travel(checked.expires_at + dt.timedelta(seconds=1)):
        with pytest.raises(Refused) as caught:
            confirm(cast, checked)
        assert caught.value.code == "list_expired"
        assert forget_old_lists() == 1
    assert not CsvImport.objects.exists()


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_only_owners_and_recruiters_of_the_organization_invite_lists(cast, who):
    actor = cast.actor(getattr(cast, who))
    with pytest.raises(NotAllowed):
        check(cast, actor=actor)
    with pytest.raises(NotAllowed):
        invite_list(actor=actor, csv_import=check(cast))


def test_the_number_of_queries_does_not_grow_with_the_list(cast, django_assert_max_num_queries):
    rows = "".join(f"Person {n},person{n}@example.net\n" for n in range(60))
    checked = check(cast, "name,email\n" + rows)
    with django_assert_max_num_queries(60):
        confirm(cast, checked)
    assert Interview.objects.count() == 60


def test_mails_of_a_list_are_delivered_by_jobs(cast, settings):
    settings.SENDS_MAIL = True
    confirm(cast, check(cast))
    assert Job.objects.filter(name="notify.deliver").count() == 2
