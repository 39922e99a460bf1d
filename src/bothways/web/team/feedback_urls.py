"""Addresses of feedback: who has had none, and one person's."""

from django.urls import path

from bothways.web.team.views import feedback, feedback_record

_ONE = "feedback/<uuid:interview_id>/"

urlpatterns = [
    path("feedback/of/<uuid:position_id>/", feedback.feedback_list, name="feedback-list"),
    path(_ONE, feedback.feedback_edit, name="feedback-edit"),
    path(f"{_ONE}drop/", feedback.feedback_drop, name="feedback-drop"),
    path(f"{_ONE}captions.vtt", feedback.feedback_captions, name="feedback-captions"),
    path(f"{_ONE}record/", feedback_record.feedback_record, name="feedback-record"),
    path(f"{_ONE}clips", feedback_record.feedback_clips, name="feedback-clips"),
    path(f"{_ONE}clips/<uuid:try_id>", feedback_record.feedback_clip, name="feedback-clip"),
    path(f"{_ONE}clips/<uuid:try_id>/finish", feedback_record.feedback_finish, name="feedback-finish"),
    path(f"{_ONE}clips/<uuid:try_id>/choose", feedback_record.feedback_choose, name="feedback-choose"),
]
