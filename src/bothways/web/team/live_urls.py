"""Addresses of live interviews and of the hours in which members host them."""

from django.urls import path

from bothways.web.team.views import hours, live, live_invite

urlpatterns = [
    path("live/", live.live_list, name="live-list"),
    path("live/<uuid:slot_id>/move/", live.live_move, name="live-move"),
    path("live/<uuid:slot_id>/cancel/", live.live_cancel, name="live-cancel"),
    path("live/<uuid:slot_id>/missed/", live.live_missed, name="live-missed"),
    path("live/<uuid:slot_id>/held/", live.live_held, name="live-held"),
    path("live/invite/<uuid:interview_id>/", live_invite.live_invite, name="live-invite"),
    path("hours/", hours.hours_edit, name="hours-edit"),
    path("hours/day/", hours.hours_day, name="hours-day"),
    path("hours/day/clear/", hours.hours_clear, name="hours-clear"),
]
