from django.db import models
from django.db.models import F, Q

from bothways.lib.rows import OrganizationRow


class GoldAnswer(OrganizationRow):
    """An answer that a member acted for a question, with the rating the lead gives it and why.

    First it is one try of the recorder. It is *kept* when its maker chose it, *ready* once it has its rating and can be
    played, and *retired* when no new run takes it. Once somebody has met it, rating and words stay as they are.
    """

    question = models.ForeignKey("kits.Question", on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(help_text="made on the device, so that asking twice opens one")
    recording = models.OneToOneField(
        "media.Recording", null=True, on_delete=models.PROTECT, related_name="+", help_text="null once it is erased"
    )
    made_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    value = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(max_length=2000, blank=True, help_text="why this value fits, for who rated it")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "client_key"], name="review_gold_key_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, words="") | (Q(value__gte=1, value__lte=5) & ~Q(words="")),
                name="review_gold_value_with_words",
            ),
        ]
        indexes = [models.Index(fields=["question", "kept_at"], name="review_gold_of")]

    def __str__(self) -> str:
        return f"gold answer to {self.question_id}"


class CalibrationRun(OrganizationRow):
    """One member's way through some gold answers of a kit. A member has one open run of a kit at most."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    kit = models.ForeignKey("kits.Kit", on_delete=models.CASCADE, related_name="+")
    finished_at = models.DateTimeField(null=True)
    has_passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kit"], condition=Q(finished_at__isnull=True), name="review_calibration_run_open_once"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, has_passed__isnull=True)
                | Q(finished_at__isnull=False, has_passed__isnull=False),
                name="review_calibration_run_finished",
            ),
        ]
        indexes = [models.Index(fields=["member", "kit", "-created_at"], name="review_calibration_runs_of")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.kit_id}"


class GoldRating(OrganizationRow):
    """What a member gives one gold answer in a run: a draft until it is locked, and then for good."""

    run = models.ForeignKey(CalibrationRun, on_delete=models.CASCADE, related_name="ratings")
    gold = models.ForeignKey(GoldAnswer, on_delete=models.PROTECT, related_name="ratings")
    place = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField(null=True)
    not_enough_evidence = models.BooleanField(default=False)
    note = models.TextField(max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="counts the saves, so that an old draft is noticed")
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="review_gold_rating_place_once"),
            models.UniqueConstraint(fields=["run", "gold"], name="review_gold_rating_gold_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5, not_enough_evidence=False),
                name="review_gold_rating_value",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(value__isnull=False) | Q(not_enough_evidence=True),
                name="review_gold_rating_locked",
            ),
        ]

    def __str__(self) -> str:
        return str(self.value or "-")


class CalibrationPass(OrganizationRow):
    """A member may rate in the stages of a kit, for some days and answers: by a run, or let in by the lead."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    kit = models.ForeignKey("kits.Kit", on_delete=models.CASCADE, related_name="+")
    run = models.OneToOneField(CalibrationRun, null=True, on_delete=models.CASCADE, related_name="+")
    let_in_by = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000, blank=True)
    passed_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(run__isnull=False, let_in_by__isnull=True, reason="")
                | (Q(run__isnull=True, let_in_by__isnull=False) & ~Q(reason="")),
                name="review_calibration_pass_by",
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("passed_at")), name="review_calibration_pass_days"),
        ]
        indexes = [models.Index(fields=["member", "kit", "-passed_at"], name="review_calibration_passes_of")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.kit_id} until {self.valid_until}"
