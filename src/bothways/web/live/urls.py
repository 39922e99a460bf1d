"""Rooms of live interviews, for members. Candidates come by their own link."""

from django.urls import path

from bothways.web.live.views import legs, room

app_name = "live"

urlpatterns = [
    path("<uuid:room_id>/", room.room, name="room"),
    path("<uuid:room_id>/legs", legs.legs, name="legs"),
    path("<uuid:room_id>/legs/<uuid:leg_id>", legs.leg, name="leg"),
    path("<uuid:room_id>/legs/<uuid:leg_id>/finish", legs.leg_finish, name="leg-finish"),
    path("<uuid:room_id>/held", room.room_held, name="room-held"),
]
