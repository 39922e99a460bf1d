from django.db import models

from bothways.lib.rows import OrganizationRow


class SpokenText(OrganizationRow):
    """What others may read of a take, as one text to be found by its words: one line for each utterance.

    It is there exactly as long as it may be read. The number is what SQLite's index of words refers to. PostgreSQL has
    one column more, `search_vector`, which it fills by itself (migration 0004).
    """

    id = models.BigAutoField(primary_key=True)
    position = models.ForeignKey("positions.Position", on_delete=models.CASCADE, related_name="+")
    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="+")
    take = models.OneToOneField("interviews.Take", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, help_text="in which words are brought to their stems: en, de")
    text = models.TextField()
    starts_ms = models.JSONField(help_text="where each line begins in the recording")
    # Nullable, because SQLite makes the table anew for any other new column, and forgets what keeps the index in step.
    speakers = models.JSONField(null=True, help_text="who says each line, as `Utterance` has it; null: not told apart")

    def __str__(self) -> str:
        return f"text of {self.take_id}"
