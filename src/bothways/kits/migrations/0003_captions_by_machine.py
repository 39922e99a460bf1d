from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kits", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="captions",
            name="by_machine",
            field=models.BooleanField(default=False, help_text="begun from what a machine heard, and not read since"),
        ),
    ]
