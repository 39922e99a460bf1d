from django.db import migrations, models
from django.db.models import F, Func, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce


def say_it_again(apps, schema_editor):
    """What ratings say already."""
    rated = apps.get_model("review", "Rating").objects.filter(
        Q(value__isnull=False) | Q(not_enough_evidence=True), scorecard=OuterRef("pk")
    )
    bit = Cast(Value(1), IntegerField()).bitleftshift(F("question__place"))
    places = Subquery(rated.order_by().values(bits=Func(bit, function="SUM")), output_field=IntegerField())
    apps.get_model("review", "Scorecard").objects.update(rated_places=Coalesce(places, 0))


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0018_changed_cells"),
    ]

    operations = [
        migrations.AddField(
            model_name="scorecard",
            name="rated_places",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="which questions have a rating: 1 << place of each, added up"
            ),
        ),
        migrations.RunPython(say_it_again, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="scorecard",
            index=models.Index(fields=["interview", "member", "submitted_at"], name="review_scorecard_handed_in"),
        ),
        migrations.AddIndex(
            model_name="summarycell",
            index=models.Index(fields=["summary", "place", "mean"], name="review_summary_cell_means"),
        ),
    ]
