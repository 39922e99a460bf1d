from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class MaskKind(models.TextChoices):
    NAME = "name", _("name")
    SCHOOL = "school", _("school")
    EMPLOYER = "employer", _("employer")
    PLACE = "place", _("place")
    CONTACT = "contact", _("contact")
    OTHER = "other", _("hidden")


class HiddenWords(OrganizationRow):
    """Which words of an interview raters do not read, where they read text only, and who has checked that.

    `added` and `kept` are what people changed about what is proposed: words to hide, and words that may be read after
    all. `masks` is what was hidden in all when somebody checked it: raters read by this and nothing else. Other words
    in the interview take the check away.
    """

    interview = models.OneToOneField("interviews.Interview", on_delete=models.CASCADE, related_name="hidden_words")
    added = models.JSONField(default=list, help_text="[words, kind] each")
    kept = models.JSONField(default=list, help_text="keys of proposals that are not hidden")
    masks = models.JSONField(default=list, help_text="[words, kind] each, as checked")
    checked_by = models.ForeignKey("accounts.Member", null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    files_released_at = models.DateTimeField(null=True, help_text="raters may open files, which nobody can mask")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True) | Q(checked_by__isnull=False), name="interviews_words_checked_by"
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.masks)} hidden in {self.interview_id}"
