from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

WINDOW_DAYS = 7
SHORTEST_WINDOW_DAYS = 3
LONGEST_WINDOW_DAYS = 60
REPLY_DAYS = 10
LONGEST_REPLY_DAYS = 20
RATERS_WANTED = 2
RATING_DAYS = 3
LONGEST_RATING_DAYS = 20
MOST_RATERS_WANTED = 5
WATCHED_SHARE = 50
"""Percent. With half of them watched, the team keeps pace: the rest is watched while the next ones record."""


class PositionState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Position(OrganizationRow):
    """A job to fill."""

    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what the work is"), max_length=5000, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    salary = models.CharField(
        _("pay"), max_length=120, blank=True, help_text=_("As candidates read it, for example €31,400–35,000 a year.")
    )
    replies_by = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("who answers for the reply"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("This person's name stands beside the promised date."),
    )
    state = models.CharField(max_length=10, choices=PositionState.choices, default=PositionState.OPEN)
    invitations_held_at = models.DateTimeField(
        null=True, help_text="since when nobody new is invited, because people wait for a reply that was promised"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=PositionState.values), name="positions_state")
        ]
        indexes = [models.Index(fields=["organization", "state", "-created_at"], name="positions_recent")]

    def __str__(self) -> str:
        return self.title


class StageKind(models.TextChoices):
    RECORDED = "recorded", _("recorded interview")
    LIVE = "live", _("live interview")


class ReviewOrder(models.TextChoices):
    """In which order raters hear the answers. One after the other to the same question, they are measured alike."""

    QUESTIONS = "questions", _("question by question")
    CANDIDATES = "candidates", _("candidate by candidate")


class Assigning(models.TextChoices):
    """Who rates whom: each reviewer of the stage everybody, or some of them each, picked by a rule or by a person."""

    EVERYBODY = "everybody", _("everybody rates everybody")
    BY_RULE = "by_rule", _("by rule")
    BY_HAND = "by_hand", _("by hand")


class BlindLevel(models.TextChoices):
    """What raters get of who somebody is, before their own ratings are in."""

    NOTHING = "nothing", _("raters see who it is")
    IDENTITY = "identity", _("no name, photo or CV for raters")
    VOICE = "voice", _("raters hear and do not see")
    TEXT = "text", _("raters read, with names hidden")


WITHOUT_PICTURE = (BlindLevel.VOICE, BlindLevel.TEXT)
"""The levels in which raters see nobody."""


class Stage(OrganizationRow):
    """One step of a position. A recorded stage has a kit; everybody in it meets the same one under the same rules."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="stages")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=StageKind.choices, default=StageKind.RECORDED)
    kit = models.ForeignKey("kits.Kit", verbose_name=_("kit"), null=True, blank=True, on_delete=models.PROTECT)
    window_days = models.PositiveSmallIntegerField(_("days to answer"), default=WINDOW_DAYS)
    reply_days = models.PositiveSmallIntegerField(_("working days until the reply"), default=REPLY_DAYS)
    raters_wanted = models.PositiveSmallIntegerField(_("people who rate each answer"), default=RATERS_WANTED)
    blind_level = models.CharField(
        _("what is hidden from raters"), max_length=10, choices=BlindLevel.choices, default=BlindLevel.IDENTITY
    )
    review_order = models.CharField(
        _("order of rating"), max_length=10, choices=ReviewOrder.choices, default=ReviewOrder.QUESTIONS
    )
    assignment = models.CharField(
        _("who rates whom"), max_length=10, choices=Assigning.choices, default=Assigning.EVERYBODY
    )
    rating_days = models.PositiveSmallIntegerField(_("working days until ratings are due"), default=RATING_DAYS)
    calibration = models.BooleanField(_("raters calibrate on gold answers first"), default=False)
    watched_share = models.PositiveSmallIntegerField(_("percent watched before the next batch"), default=WATCHED_SHARE)
    reason = models.TextField(_("why it differs from the default"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position", "place"], name="positions_stage_place_once"),
            models.CheckConstraint(
                condition=models.Q(window_days__gte=SHORTEST_WINDOW_DAYS, window_days__lte=LONGEST_WINDOW_DAYS),
                name="positions_window",
            ),
            models.CheckConstraint(
                condition=models.Q(reply_days__gte=1, reply_days__lte=LONGEST_REPLY_DAYS), name="positions_reply"
            ),
            models.CheckConstraint(condition=models.Q(raters_wanted__gte=1), name="positions_raters"),
            models.CheckConstraint(
                condition=models.Q(assignment__in=Assigning.values), name="positions_stage_assignment"
            ),
            models.CheckConstraint(
                condition=models.Q(rating_days__gte=1, rating_days__lte=LONGEST_RATING_DAYS),
                name="positions_stage_rating_days",
            ),
            models.CheckConstraint(condition=models.Q(watched_share__lte=100), name="positions_stage_watched_share"),
            models.CheckConstraint(condition=models.Q(kind__in=StageKind.values), name="positions_stage_kind"),
            models.CheckConstraint(
                condition=models.Q(review_order__in=ReviewOrder.values), name="positions_stage_review_order"
            ),
            models.CheckConstraint(
                condition=models.Q(blind_level__in=BlindLevel.values), name="positions_stage_blind_level"
            ),
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_people(self) -> bool:
        """A live step without a kit is only named, so that candidates know what comes."""
        return self.kind == StageKind.RECORDED or self.kit_id is not None

    @property
    def is_blind(self) -> bool:
        return self.blind_level != BlindLevel.NOTHING

    @property
    def hides_picture(self) -> bool:
        return self.blind_level in WITHOUT_PICTURE

    @property
    def hides_voice(self) -> bool:
        """Raters read what was said and written, with words masked that tell who somebody is."""
        return self.blind_level == BlindLevel.TEXT

    @property
    def is_worse_than_default(self) -> bool:
        """Whether candidates get less than the defaults of the product give: less time, a later reply, fewer eyes.

        More people invited than are watched is less for each of them, too. Whom one talks to, one sees and hears, and
        nobody is left unwatched in a talk.
        """
        is_worse_recorded = self.watched_share < WATCHED_SHARE or not self.is_blind
        return (
            self.window_days < WINDOW_DAYS
            or self.reply_days > REPLY_DAYS
            or self.raters_wanted < RATERS_WANTED
            or (self.kind == StageKind.RECORDED and is_worse_recorded)
        )


class StageReviewer(OrganizationRow):
    """A member who watches and rates in this stage. Candidates read these names before they start."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="reviewers")
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "member"], name="positions_reviewer_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.stage_id}"
