from django.db import models
from django.db.models import F, Q

from bothways.lib.rows import OrganizationRow
from bothways.review.models.share import Share

LONGEST_COMMENT = 5000


class Comment(OrganizationRow):
    """What somebody says to the others about one answer, or about the interview as a whole.

    Without `parent` it begins a thread; replies stand one level below it. The author is a member, or a guest by the
    link that let them in. One that was taken back keeps its place and loses its words, earlier wordings included.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(
        "kits.Question", null=True, on_delete=models.PROTECT, related_name="+", help_text="null: the whole interview"
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    member = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    share = models.ForeignKey(Share, null=True, on_delete=models.CASCADE, related_name="comments")
    client_key = models.UUIDField(help_text="made with the form, so that sending twice writes one comment")
    at_ms = models.PositiveIntegerField(null=True, help_text="in the recording of the answer")
    until_ms = models.PositiveIntegerField(null=True, help_text="null: one moment, no stretch")
    words = models.TextField(max_length=LONGEST_COMMENT, blank=True)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, share__isnull=True) | Q(member__isnull=True, share__isnull=False),
                name="review_comment_one_author",
            ),
            models.UniqueConstraint(fields=["interview", "client_key"], name="review_comment_once"),
            models.CheckConstraint(
                condition=Q(at_ms__isnull=True, until_ms__isnull=True)
                | Q(at_ms__isnull=False, question__isnull=False, until_ms__isnull=True)
                | Q(until_ms__gt=F("at_ms"), question__isnull=False),
                name="review_comment_stretch",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & ~Q(words="") | Q(withdrawn_at__isnull=False, words=""),
                name="review_comment_words",
            ),
        ]
        indexes = [models.Index(fields=["interview", "question", "created_at"], name="review_comment_of")]

    def __str__(self) -> str:
        return f"comment {self.id} on {self.interview_id}"

    @property
    def author_name(self) -> str:
        """As readers see it. Asks the database unless `member__user` or `share` was selected along."""
        return self.member.user.name if self.member else self.share.recipient


class CommentWording(OrganizationRow):
    """How a comment read before it was changed, until the moment of this row."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="wordings")
    words = models.TextField(max_length=LONGEST_COMMENT)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"earlier wording of {self.comment_id}"
