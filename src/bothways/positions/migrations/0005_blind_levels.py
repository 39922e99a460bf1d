from django.db import migrations, models

LEVELS = [
    ("nothing", "raters see who it is"),
    ("identity", "no name, photo or CV for raters"),
    ("voice", "raters hear and do not see"),
]


def keep_choice(apps, schema_editor):
    apps.get_model("positions", "Stage").objects.filter(is_blind=False).update(blind_level="nothing")


def give_back(apps, schema_editor):
    apps.get_model("positions", "Stage").objects.filter(blind_level="nothing").update(is_blind=False)


class Migration(migrations.Migration):
    dependencies = [("positions", "0004_assignment")]

    operations = [
        migrations.AddField(
            model_name="stage",
            name="blind_level",
            field=models.CharField(
                choices=LEVELS, default="identity", max_length=10, verbose_name="what is hidden from raters"
            ),
        ),
        migrations.RunPython(keep_choice, give_back),
        migrations.RemoveField(model_name="stage", name="is_blind"),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(("blind_level__in", ["nothing", "identity", "voice"])),
                name="positions_stage_blind_level",
            ),
        ),
    ]
