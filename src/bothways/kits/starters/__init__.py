"""Kits to begin from, so that nobody starts with an empty page."""

from bothways.kits.starters.any_position import ANY_POSITION
from bothways.kits.starters.apprentice import APPRENTICE
from bothways.kits.starters.care import CARE
from bothways.kits.starters.customers import CUSTOMERS
from bothways.kits.starters.empty import EMPTY
from bothways.kits.starters.shape import Starter, StarterQuestion
from bothways.kits.starters.software import SOFTWARE
from bothways.kits.starters.team_lead import TEAM_LEAD

STARTERS: dict[str, Starter] = {
    starter.code: starter for starter in (ANY_POSITION, CUSTOMERS, CARE, SOFTWARE, TEAM_LEAD, APPRENTICE, EMPTY)
}

__all__ = ["STARTERS", "Starter", "StarterQuestion"]
