from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="turn_at",
            field=models.DateTimeField(
                default=timezone.now,
                help_text="of all that is due in a lane, the earliest goes first: when asked, and how far it yields",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["lane", "state", "turn_at"], name="work_job_turn"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["organization", "state", "-ended_at"], name="work_job_ended"),
        ),
    ]
