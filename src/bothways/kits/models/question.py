from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow

ANSWER_LIMIT_S = 180
SHORTEST_ANSWER_LIMIT_S = 15
LONGEST_ANSWER_LIMIT_S = 600
SHORTEST_THINK_LIMIT_S = 60
LONGEST_THINK_LIMIT_S = 3600
TAKES = 3
MOST_TAKES = 10
FEWEST_OPTIONS = 2
MOST_OPTIONS = 10
LONGEST_OPTION = 200
MOST_FILES = 5


class AnswerKind(models.TextChoices):
    """What candidates give. Who is asked to speak may always write instead."""

    RECORDED = "recorded", _("speak, sign or write")
    CHOICE = "choice", _("choose from a list")
    NUMBER = "number", _("give a number")
    FILES = "files", _("send files")


class AskedQuestion(OrganizationRow):
    """What a question consists of, wherever it stands: in a kit version or in the library."""

    text = models.TextField(_("question"), max_length=600, blank=True)
    asker = models.ForeignKey(
        "accounts.Member", verbose_name=_("who asks"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prompt = models.ForeignKey("media.Recording", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    captions = models.ForeignKey("kits.Captions", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sign = models.ForeignKey("media.Recording", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    competency = models.ForeignKey(
        "kits.Competency",
        verbose_name=_("competency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    anchor_1 = models.TextField(_("anchor for 1"), max_length=600, blank=True)
    anchor_3 = models.TextField(_("anchor for 3"), max_length=600, blank=True)
    anchor_5 = models.TextField(_("anchor for 5"), max_length=600, blank=True)
    think_limit_s = models.PositiveIntegerField(
        _("think time in seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(SHORTEST_THINK_LIMIT_S), MaxValueValidator(LONGEST_THINK_LIMIT_S)],
        help_text=_("Empty means as long as the candidate likes."),
    )
    answer_limit_s = models.PositiveIntegerField(
        _("answer limit in seconds"),
        default=ANSWER_LIMIT_S,
        validators=[MinValueValidator(SHORTEST_ANSWER_LIMIT_S), MaxValueValidator(LONGEST_ANSWER_LIMIT_S)],
    )
    takes_allowed = models.PositiveSmallIntegerField(
        _("takes"), default=TAKES, validators=[MinValueValidator(1), MaxValueValidator(MOST_TAKES)]
    )
    reason = models.TextField(
        _("why it differs from the default"),
        max_length=300,
        blank=True,
        help_text=_("Needed when candidates get less than the default: a think limit, a shorter answer, fewer takes."),
    )
    answer_kind = models.CharField(
        _("kind of answer"), max_length=10, choices=AnswerKind.choices, default=AnswerKind.RECORDED
    )
    options = models.JSONField(_("options"), default=list, blank=True)
    picks_several = models.BooleanField(_("several options may be chosen"), default=False)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    number_min = models.DecimalField(_("smallest number"), null=True, blank=True, max_digits=15, decimal_places=4)
    number_max = models.DecimalField(_("largest number"), null=True, blank=True, max_digits=15, decimal_places=4)
    files_most = models.PositiveSmallIntegerField(
        _("files"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_FILES)]
    )
    no_prompt_reason = models.TextField(_("why nobody asks this on video"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    answer_limit_s__gte=SHORTEST_ANSWER_LIMIT_S, answer_limit_s__lte=LONGEST_ANSWER_LIMIT_S
                ),
                name="%(app_label)s_%(class)s_answer_limit",
            ),
            models.CheckConstraint(
                condition=models.Q(think_limit_s__isnull=True)
                | models.Q(think_limit_s__gte=SHORTEST_THINK_LIMIT_S, think_limit_s__lte=LONGEST_THINK_LIMIT_S),
                name="%(app_label)s_%(class)s_think_limit",
            ),
            models.CheckConstraint(
                condition=models.Q(takes_allowed__gte=1, takes_allowed__lte=MOST_TAKES),
                name="%(app_label)s_%(class)s_takes",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_kind__in=AnswerKind.values), name="%(app_label)s_%(class)s_answer_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(files_most__gte=1, files_most__lte=MOST_FILES), name="%(app_label)s_%(class)s_files"
            ),
        ]

    @property
    def is_recorded(self) -> bool:
        return self.answer_kind == AnswerKind.RECORDED

    @property
    def is_worse_than_default(self) -> bool:
        """Whether a candidate gets less than the defaults of the product give. Times and takes are for recordings."""
        if not self.is_recorded:
            return False
        return self.think_limit_s is not None or self.answer_limit_s < ANSWER_LIMIT_S or self.takes_allowed < TAKES

    def __str__(self) -> str:
        return self.text[:60]


class Question(AskedQuestion):
    """A question of one kit version, at one place."""

    kit_version = models.ForeignKey("kits.KitVersion", on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta(AskedQuestion.Meta):
        abstract = False
        constraints = [
            *AskedQuestion.Meta.constraints,
            models.UniqueConstraint(fields=["kit_version", "place"], name="kits_question_place_once"),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="kits_question_place"),
        ]
        ordering = ["place"]


class LibraryQuestion(AskedQuestion):
    """A question kept for the next kit."""

    class Meta(AskedQuestion.Meta):
        abstract = False
        indexes = [models.Index(fields=["organization", "-created_at"], name="kits_library_recent")]
