from .availability import Availability, DayOverride, WeeklyHours
from .busy import BusyCalendar, BusyTime, CalendarFeed
from .leg import Composition, CompositionState, Leg
from .room import (
    LONGEST_MESSAGE,
    MOST_PEOPLE,
    Asking,
    Participant,
    ParticipantKind,
    RecordingConsent,
    RecordingPeriod,
    Room,
    RoomMessage,
)
from .rules import Hosting, LiveRules, Place
from .slot import HOLD_MINUTES, NOT_MET, STANDING, Host, Slot, SlotState

__all__ = [
    "HOLD_MINUTES",
    "LONGEST_MESSAGE",
    "MOST_PEOPLE",
    "NOT_MET",
    "STANDING",
    "Asking",
    "Availability",
    "BusyCalendar",
    "BusyTime",
    "CalendarFeed",
    "Composition",
    "CompositionState",
    "DayOverride",
    "Host",
    "Hosting",
    "Leg",
    "LiveRules",
    "Participant",
    "ParticipantKind",
    "Place",
    "RecordingConsent",
    "RecordingPeriod",
    "Room",
    "RoomMessage",
    "Slot",
    "SlotState",
    "WeeklyHours",
]
