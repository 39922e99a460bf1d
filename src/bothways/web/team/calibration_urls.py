"""Addresses of calibration: gold answers for who leads, and rating them before one begins."""

from django.urls import path

from bothways.web.team.views import calibration, gold, gold_recording

urlpatterns = [
    path("calibration/<uuid:stage_id>/", calibration.calibration_begin, name="calibration-begin"),
    path("calibration/runs/<uuid:run_id>/", calibration.calibration_run, name="calibration-run"),
    path("calibration/runs/<uuid:run_id>/save/", calibration.calibration_save, name="calibration-save"),
    path("calibration/runs/<uuid:run_id>/<int:place>/", calibration.calibration_rate, name="calibration-rate"),
    path("calibration/runs/<uuid:run_id>/<int:place>/media/", calibration.calibration_media, name="calibration-media"),
    path(
        "calibration/runs/<uuid:run_id>/<int:place>/captions.vtt",
        calibration.calibration_captions,
        name="calibration-captions",
    ),
    path("stages/<uuid:stage_id>/calibration/", gold.gold_list, name="gold-list"),
    path("stages/<uuid:stage_id>/calibration/switch/", gold.gold_switch, name="gold-switch"),
    path("stages/<uuid:stage_id>/calibration/let-in/<uuid:member_id>/", gold.gold_let_in, name="gold-let-in"),
    path("gold/<uuid:gold_id>/", gold.gold_edit, name="gold-edit"),
    path("gold/<uuid:gold_id>/retire/", gold.gold_retire, name="gold-retire"),
    path("gold/for/<uuid:question_id>/", gold_recording.gold_record, name="gold-record"),
    path("gold/for/<uuid:question_id>/kept/", gold_recording.gold_kept, name="gold-kept"),
    path("gold/for/<uuid:question_id>/takes", gold_recording.gold_open, name="gold-open"),
    path("gold/for/<uuid:question_id>/takes/<uuid:gold_id>", gold_recording.gold_take, name="gold-take"),
    path("gold/for/<uuid:question_id>/takes/<uuid:gold_id>/finish", gold_recording.gold_finish, name="gold-finish"),
    path("gold/for/<uuid:question_id>/takes/<uuid:gold_id>/choose", gold_recording.gold_choose, name="gold-choose"),
]
