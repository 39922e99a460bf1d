from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

DAYS = 7
MOST_DAYS = 30
VIEWS = 5
MOST_VIEWS = 50
LONGEST_RECIPIENT = 120
MOST_INTERVIEWS = 50


class NameShown(models.TextChoices):
    """What a guest reads in place of the candidate's name."""

    NONE = "none", _("No name: a bird’s name stands for it")
    FIRST = "first", _("The first name only")
    WHOLE = "whole", _("The whole name")


class Share(OrganizationRow):
    """A link by which one person without an account sees interviews of one stage: for some days, some times, in part.

    Everything is hidden that is not said to be shown.
    """

    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="shares")
    made_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=LONGEST_RECIPIENT, help_text="who it is for; stands on the page they see")
    email = models.EmailField(blank=True, help_text="where the link goes; empty: it is told once and sent by hand")
    token_digest = models.BinaryField(max_length=32, unique=True)
    places = models.JSONField(default=list, help_text="which questions, by their places in the kit; empty: all")
    shows_answers = models.BooleanField(default=False)
    shows_transcript = models.BooleanField(default=False)
    shows_scorecards = models.BooleanField(default=False)
    shows_notes = models.BooleanField(default=False)
    lets_comment = models.BooleanField(default=False, help_text="the guest may write about the answers")
    shows_comments = models.BooleanField(default=False, help_text="those of others, too")
    name_shown = models.CharField(max_length=10, choices=NameShown.choices, default=NameShown.NONE)
    expires_at = models.DateTimeField()
    most_views = models.PositiveSmallIntegerField(default=VIEWS)
    views = models.PositiveSmallIntegerField(default=0)
    first_viewed_at = models.DateTimeField(null=True)
    last_viewed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_answers=True) | Q(shows_scorecards=True), name="review_share_of_something"
            ),
            models.CheckConstraint(
                condition=Q(shows_answers=True) | Q(shows_transcript=False), name="review_share_text_of_answers"
            ),
            models.CheckConstraint(
                condition=Q(shows_scorecards=True) | Q(shows_notes=False), name="review_share_notes_of_scorecards"
            ),
            models.CheckConstraint(
                condition=Q(shows_answers=True) | Q(lets_comment=False, shows_comments=False),
                name="review_share_comments_on_answers",
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="review_share_for_somebody"),
            models.CheckConstraint(condition=Q(name_shown__in=NameShown.values), name="review_share_name_shown"),
            models.CheckConstraint(
                condition=Q(most_views__gte=1, most_views__lte=MOST_VIEWS, views__lte=models.F("most_views")),
                name="review_share_views",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-created_at"], name="review_share_newest")]

    def __str__(self) -> str:
        return f"share for {self.recipient}"

    def shows_question(self, place: int) -> bool:
        return not self.places or place in self.places


class SharedInterview(OrganizationRow):
    """One interview that a share shows, or has shown: what a guest has opened is never forgotten by narrowing."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="shared")
    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="shared")
    closed_at = models.DateTimeField(null=True, help_text="since when this one is shown no more")
    first_opened_at = models.DateTimeField(null=True, help_text="when the guest first had the answers before them")
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "interview"], name="review_shared_once")]

    def __str__(self) -> str:
        return f"{self.interview_id} in {self.share_id}"
