from django.utils.translation import gettext_lazy as _

from bothways.kits.starters.shape import Starter

EMPTY = Starter(
    code="empty",
    name=_("An empty kit"),
    hint=_("You write every question yourself."),
    welcome="",
    closing="",
    questions=(),
)
