from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "bothways.positions"
    label = "positions"
    default_auto_field = "django.db.models.BigAutoField"
