"""Addresses of inquiries: what candidates ask the team."""

from django.urls import path

from bothways.web.team.views import inquiries, inquiries_record, published

_ONE = "inquiries/<uuid:inquiry_id>/"
_PUBLISHED = "inquiries/published/<uuid:published_id>/"

urlpatterns = [
    path("inquiries/", inquiries.inquiries_list, name="inquiries-list"),
    path(_ONE, inquiries.inquiries_detail, name="inquiries-detail"),
    path(f"{_ONE}publish/", published.published_new, name="published-new"),
    path("inquiries/published/of/<uuid:position_id>/", published.published_list, name="published-list"),
    path(f"{_PUBLISHED}", published.published_edit, name="published-edit"),
    path(f"{_PUBLISHED}move/", published.published_move, name="published-move"),
    path(f"{_PUBLISHED}take-back/", published.published_take_back, name="published-take-back"),
    path(f"{_ONE}hand-over/", inquiries.inquiries_hand_over, name="inquiries-hand-over"),
    path(f"{_ONE}close/", inquiries.inquiries_close, name="inquiries-close"),
    path(f"{_ONE}captions/<uuid:recording_id>.vtt", inquiries.inquiries_captions, name="inquiries-captions"),
    path(f"{_ONE}record/", inquiries_record.inquiries_record, name="inquiries-record"),
    path(f"{_ONE}clips", inquiries_record.inquiries_clips, name="inquiries-clips"),
    path(f"{_ONE}clips/<uuid:clip_id>", inquiries_record.inquiries_clip, name="inquiries-clip"),
    path(f"{_ONE}clips/<uuid:clip_id>/finish", inquiries_record.inquiries_finish, name="inquiries-finish"),
    path(f"{_ONE}clips/<uuid:clip_id>/choose", inquiries_record.inquiries_choose, name="inquiries-choose"),
]
