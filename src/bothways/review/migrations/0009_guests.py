import django.db.models.deletion
from django.db import migrations, models

import bothways.lib.ids


def carry_over(apps, schema_editor):
    """Each share was of one interview, and showed a whole name or none."""
    shared = apps.get_model("review", "SharedInterview")
    for share in apps.get_model("review", "Share").objects.select_related("interview"):
        opened = {"first_opened_at": share.first_viewed_at} if share.shows_answers else {}
        shared.objects.create(
            organization_id=share.organization_id,
            share=share,
            interview=share.interview,
            last_opened_at=share.last_viewed_at,
            **opened,
        )
        share.stage_id = share.interview.stage_id
        share.name_shown = "whole" if share.shows_name else "none"
        share.save(update_fields=["stage", "name_shown"])
    if schema_editor.connection.vendor == "postgresql":
        # Else the tables cannot be altered in this transaction, because checks of the new rows are still to come.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("interviews", "0005_spoken_texts"),
        ("positions", "0001_initial"),
        ("review", "0008_read_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedInterview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bothways.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(help_text="since when this one is shown no more", null=True)),
                (
                    "first_opened_at",
                    models.DateTimeField(help_text="when the guest first had the answers before them", null=True),
                ),
                ("last_opened_at", models.DateTimeField(null=True)),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shared", to="interviews.interview"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.organization"
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shared", to="review.share"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="sharedinterview",
            constraint=models.UniqueConstraint(fields=("share", "interview"), name="review_shared_once"),
        ),
        migrations.AddField(
            model_name="share",
            name="stage",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="positions.stage"
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="email",
            field=models.EmailField(
                blank=True,
                default="",
                help_text="where the link goes; empty: it is told once and sent by hand",
                max_length=254,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="share",
            name="places",
            field=models.JSONField(default=list, help_text="which questions, by their places in the kit; empty: all"),
        ),
        migrations.AddField(
            model_name="share",
            name="name_shown",
            field=models.CharField(
                choices=[
                    ("none", "No name: a bird’s name stands for it"),
                    ("first", "The first name only"),
                    ("whole", "The whole name"),
                ],
                default="none",
                max_length=10,
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="share",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="positions.stage"
            ),
        ),
        migrations.RemoveIndex(model_name="share", name="review_share_of"),
        migrations.RemoveField(model_name="share", name="interview"),
        migrations.RemoveField(model_name="share", name="shows_name"),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["organization", "-created_at"], name="review_share_newest"),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("name_shown__in", ["none", "first", "whole"])), name="review_share_name_shown"
            ),
        ),
    ]
