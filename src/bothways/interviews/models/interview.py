import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

EXTENSION_DAYS = 3
OWN_EXTENSIONS = 2


class InterviewState(models.TextChoices):
    INVITED = "invited", _("invited")
    OPENED = "opened", _("opened")
    STARTED = "started", _("answering")
    SUBMITTED = "submitted", _("sent")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNFINISHED = (InterviewState.INVITED, InterviewState.OPENED, InterviewState.STARTED)


class InterviewKind(models.TextChoices):
    RECORDED = "recorded", _("recorded interview")
    LIVE = "live", _("live interview")


class Origin(models.TextChoices):
    SINGLE = "single", _("invited one by one")
    CSV = "csv", _("invited from a list")
    OPEN_LINK = "open_link", _("came by the open link")
    PREVIEW = "preview", _("preview")


class Interview(OrganizationRow):
    """One candidate's way through one stage: invited, opened, answering, sent. Its state changes in one place only.

    A preview has no application; it shows a member what candidates meet and never appears in a list.
    """

    application = models.ForeignKey(
        "positions.Application", null=True, on_delete=models.CASCADE, related_name="interviews"
    )
    position = models.ForeignKey("positions.Position", null=True, on_delete=models.CASCADE, related_name="interviews")
    stage = models.ForeignKey("positions.Stage", null=True, on_delete=models.PROTECT, related_name="interviews")
    kit_version = models.ForeignKey("kits.KitVersion", on_delete=models.PROTECT, related_name="interviews")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    kind = models.CharField(
        max_length=8,
        choices=InterviewKind.choices,
        default=InterviewKind.RECORDED,
        help_text="live in a live stage, and where the candidate chose to talk instead of recording",
    )
    is_preview = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=InterviewState.choices, default=InterviewState.INVITED)
    code_name = models.CharField(max_length=40, help_text="what raters read instead of the name")
    language = models.CharField(max_length=10, default="en")
    invited_by = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateTimeField()
    own_extensions = models.PositiveSmallIntegerField(default=0, help_text="how often the candidate took more days")
    clock_stopped_at = models.DateTimeField(null=True, help_text="while somebody owes the candidate an answer")
    stood_still = models.DurationField(
        default=dt.timedelta(0), help_text="how long the clock was stopped in all, until it went on the last time"
    )
    made_up_at = models.DateTimeField(null=True, help_text="when the deadline was last moved because of trouble")
    faults_made_up = models.PositiveSmallIntegerField(default=0, help_text="how often that was for a device's fault")
    opened_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reply_by = models.DateField(null=True, help_text="promised when the answers were sent")
    rate_by = models.DateField(null=True, help_text="by when its raters are asked to be done")
    half_reminded_at = models.DateTimeField(null=True)
    last_day_reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage"], condition=Q(is_preview=False), name="interviews_once_a_stage"
            ),
            models.UniqueConstraint(
                fields=["stage", "code_name"], condition=Q(is_preview=False), name="interviews_code_name_once"
            ),
            models.CheckConstraint(condition=Q(state__in=InterviewState.values), name="interviews_state"),
            models.CheckConstraint(condition=Q(kind__in=InterviewKind.values), name="interviews_kind"),
            models.CheckConstraint(
                condition=Q(is_preview=True, application__isnull=True)
                | Q(is_preview=False, application__isnull=False, position__isnull=False, stage__isnull=False),
                name="interviews_preview_apart",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="interviews_submitted_when"
            ),
        ]
        indexes = [
            # The list of people: newest first, of one state, and sent ones by how long they have waited. The second
            # has all that counting by state asks for.
            models.Index(fields=["position", "-created_at", "-id"], name="interviews_list"),
            models.Index(
                fields=["position", "state", "-created_at", "-id", "is_preview"], name="interviews_list_state"
            ),
            models.Index(fields=["position", "state", "submitted_at", "id"], name="interviews_list_waiting"),
            models.Index(fields=["stage", "state"], name="interviews_stage_state"),
            models.Index(fields=["state", "deadline"], name="interviews_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code_name} {self.state}"


class AccessToken(OrganizationRow):
    """Opens one interview for whoever holds it. An interview has several: each mail carries its own."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="tokens")
    token_digest = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=20)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} for {self.interview_id}"


class OpenLink(OrganizationRow):
    """A link that anybody may use to take part in a stage. Sealed, because recruiters copy it again."""

    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="open_links")
    token_digest = models.BinaryField(max_length=32, unique=True)
    sealed_token = models.TextField()
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage"], condition=Q(closed_at__isnull=True), name="interviews_one_open_link"
            )
        ]

    def __str__(self) -> str:
        return f"open link of {self.stage_id}"


class PersonWord(OrganizationRow):
    """One word of a person's name or address, for finding people by the beginning of a word in both databases."""

    position = models.ForeignKey("positions.Position", on_delete=models.CASCADE, related_name="+", db_index=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=60)

    class Meta:
        # The operator classes let PostgreSQL find the beginning of a word under any collation.
        indexes = [
            models.Index(
                fields=["position", "word", "interview"],
                opclasses=["uuid_ops", "varchar_pattern_ops", "uuid_ops"],
                name="interviews_word",
            ),
            models.Index(
                fields=["interview", "word"], opclasses=["uuid_ops", "varchar_pattern_ops"], name="interviews_word_of"
            ),
        ]

    def __str__(self) -> str:
        return self.word
