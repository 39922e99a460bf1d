from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("live", "0005_not_met"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="is_captioned",
            field=models.BooleanField(default=True, help_text="their own words may stand in the captions of others"),
        ),
        migrations.AddField(
            model_name="participant",
            name="reads_captions",
            field=models.BooleanField(default=False),
        ),
    ]
