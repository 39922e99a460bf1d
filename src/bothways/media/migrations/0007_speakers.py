from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_watchers_shown"),
        ("media", "0006_sources"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rendition",
            name="media_rendition_kind",
        ),
        migrations.AddField(
            model_name="recording",
            name="speakers",
            field=models.JSONField(
                default=list,
                help_text="names of those whose tracks are in VOICES; an empty one is who was asked to speak",
            ),
        ),
        migrations.AlterField(
            model_name="rendition",
            name="kind",
            field=models.CharField(
                choices=[
                    ("playable", "Playable"),
                    ("universal", "Universal"),
                    ("poster", "Poster"),
                    ("peaks", "Peaks"),
                    ("sprites", "Sprites"),
                    ("voice", "Voice"),
                    ("voices", "Voices"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["playable", "universal", "poster", "peaks", "sprites", "voice", "voices"])
                ),
                name="media_rendition_kind",
            ),
        ),
    ]
