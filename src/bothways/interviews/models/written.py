from django.db import models

from bothways.lib.rows import OrganizationRow

LONGEST_TEXT = 10_000
"""Characters. Three minutes of speech are about 2,700."""

LONGEST_NOTE = 2_000


class WrittenAnswer(OrganizationRow):
    """An answer that is not recorded: words, a choice or a number, as the question asks for it.

    A draft, saved while it is written, until the answer names it as the chosen one.
    """

    answer = models.OneToOneField("interviews.Answer", on_delete=models.CASCADE, related_name="written")
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    options = models.JSONField(default=list, help_text="what was picked, by place from 0")
    number = models.DecimalField(null=True, max_digits=15, decimal_places=4)
    reading_ms = models.PositiveIntegerField(default=0, help_text="how long it takes to read")
    revision = models.PositiveIntegerField(default=0, help_text="counts the saves, so that an old draft is noticed")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"written for {self.answer_id}"


class AnswerFile(OrganizationRow):
    """One file of an answer. The name is the candidate's own and is never a path; raters do not read it."""

    written = models.ForeignKey(WrittenAnswer, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    store_key = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"file {self.id}"


class NoteToReviewers(OrganizationRow):
    """What a candidate wants those who rate to know first, in the candidate's own words."""

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="note_to_reviewers")
    text = models.TextField(max_length=LONGEST_NOTE)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"note of {self.interview_id}"
