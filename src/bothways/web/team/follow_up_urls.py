"""Addresses of follow-ups: one more question to a candidate."""

from django.urls import path

from bothways.web.team.views import follow_ups, follow_ups_record

_ONE = "follow-ups/<uuid:follow_up_id>/"
_NEW = "follow-ups/of/<uuid:interview_id>/<int:place>/"
_TRY = f"{_NEW}clips/<uuid:clip_id>"

urlpatterns = [
    path("follow-ups/", follow_ups.follow_ups_list, name="follow-ups-list"),
    path(_NEW, follow_ups.follow_ups_new, name="follow-ups-new"),
    path(f"{_NEW}record/", follow_ups_record.follow_ups_record, name="follow-ups-record"),
    path(f"{_NEW}clips", follow_ups_record.follow_ups_clips, name="follow-ups-clips"),
    path(_TRY, follow_ups_record.follow_ups_clip, name="follow-ups-clip"),
    path(f"{_TRY}/finish", follow_ups_record.follow_ups_finish, name="follow-ups-finish"),
    path(f"{_TRY}/choose", follow_ups_record.follow_ups_choose, name="follow-ups-choose"),
    path(f"{_ONE}take-back/", follow_ups.follow_ups_take_back, name="follow-ups-take-back"),
    path(f"{_ONE}heard/", follow_ups.follow_ups_heard, name="follow-ups-heard"),
    path(f"{_ONE}release/", follow_ups.follow_ups_release, name="follow-ups-release"),
    path(f"{_ONE}captions/<uuid:recording_id>.vtt", follow_ups.follow_ups_captions, name="follow-ups-captions"),
]
