from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0009_live_kind"),
    ]

    operations = [
        migrations.AddField(
            model_name="spokentext",
            name="speakers",
            field=models.JSONField(
                help_text="who says each line, as `Utterance` has it; null: not told apart", null=True
            ),
        ),
    ]
