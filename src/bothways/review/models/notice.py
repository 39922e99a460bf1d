import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow
from bothways.review.models.comment import Comment


class Mention(OrganizationRow):
    """A comment names a member. Found when it is written, so that a later change of name changes nothing."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "member"], name="review_mention_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.comment_id}"


class ThreadRead(OrganizationRow):
    """Up to which moment a member has read what is said about one answer, or about the interview as a whole."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey("kits.Question", null=True, on_delete=models.PROTECT, related_name="+")
    read_until = models.DateTimeField(help_text="when the newest comment that was seen was written")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "interview", "question"],
                condition=Q(question__isnull=False),
                name="review_thread_read_of_answer",
            ),
            models.UniqueConstraint(
                fields=["member", "interview"], condition=Q(question__isnull=True), name="review_thread_read_of_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} until {self.read_until}"


class NoticeKind(models.TextChoices):
    """Why somebody is told of a comment. Only the first that fits counts."""

    MENTIONED = "mentioned", _("You are mentioned")
    ANSWERED = "answered", _("Somebody writes in a thread where you wrote")
    RATED = "rated", _("Somebody writes about an interview that you rated")


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never by mail")


class Notice(OrganizationRow):
    """One member is to know of one comment: in the list “Talk” until it is read, and by a mail when `due_at` is past.

    Without `due_at` no mail is planned. Who has still to rate gets no more than a hint, once, and the notice itself
    after handing in.
    """

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    due_at = models.DateTimeField(null=True)
    hinted_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "comment"], name="review_notice_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="review_notice_kind"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="review_notice_due"),
            models.Index(fields=["member", "read_at"], name="review_notice_new"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"


class NoticeSettings(OrganizationRow):
    """How often a member wants which mail, and when none. Whoever has no row has what stands here as the default."""

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="+")
    mentioned = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    answered = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    rated = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    quiet_from = models.TimeField(default=dt.time(20), help_text="the same as the end: no quiet hours")
    quiet_until = models.TimeField(default=dt.time(7))
    quiet_on_free_days = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mentioned__in=Rhythm.values, answered__in=Rhythm.values, rated__in=Rhythm.values)
                & ~Q(rated=Rhythm.AT_ONCE),
                name="review_notice_rhythms",
            )
        ]

    def __str__(self) -> str:
        return f"notices of {self.member_id}"
