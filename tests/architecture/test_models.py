"""Every row belongs to one organization; the few that cannot are named."""

import pytest
from django.apps import apps
from django.db import models

WITHOUT = {"accounts.User", "accounts.Organization", "work.Uptime"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("bothways.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_row_has_its_organization(model):
    if model._meta.label in WITHOUT:
        return
    field = model._meta.get_field("organization")
    assert isinstance(field, models.ForeignKey)
    assert not field.null
    assert field.related_model._meta.label == "accounts.Organization"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_choice_is_held_by_the_database(model):
    """A column with choices has a check constraint, unless its choices are open (languages)."""
    constrained = " ".join(
        str(constraint.condition) for constraint in model._meta.constraints if hasattr(constraint, "condition")
    )
    for field in model._meta.local_fields:
        if field.choices and field.name not in ("origin",):
            assert field.name in constrained, f"{model._meta.label}.{field.name}"
