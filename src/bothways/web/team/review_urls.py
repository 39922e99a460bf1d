"""Addresses of rating, comparing and deciding."""

from django.urls import path

from bothways.web.team.views import (
    agreement,
    compare,
    compare_bulk,
    compare_side,
    decisions,
    exports,
    reversals,
    review,
    review_change,
    review_pins,
    review_rounds,
    review_saving,
    search,
    shares,
)

urlpatterns = [
    path("review/", review.review_list, name="review-list"),
    path("review/<uuid:interview_id>/", review.review_interview, name="review-interview"),
    path("review/<uuid:interview_id>/<int:place>/", review.review_question, name="review-question"),
    path(
        "review/<uuid:interview_id>/<int:place>/turn/", review.review_question, {"in_round": True}, name="review-turn"
    ),
    path("review/rounds/<uuid:stage_id>/<uuid:question_id>/", review_rounds.review_round, name="review-round"),
    path("review/hand-in/<uuid:stage_id>/", review_rounds.review_hand_in, name="review-hand-in"),
    path("review/<uuid:interview_id>/overall/", review.review_overall, name="review-overall"),
    path("review/<uuid:interview_id>/save/", review_saving.review_save, name="review-save"),
    path("review/<uuid:interview_id>/pin/", review_pins.review_pin, name="review-pin"),
    path("review/<uuid:interview_id>/<int:place>/pin/", review_pins.review_pin_form, name="review-pin-form"),
    path("review/<uuid:interview_id>/<int:place>/change/", review_change.review_change, name="review-change"),
    path("review/answers/<uuid:answer_id>/opened/", review_saving.review_opened, name="review-opened"),
    path("review/answers/<uuid:answer_id>/played/", review_saving.review_played, name="review-played"),
    path("review/answers/<uuid:answer_id>/read/", review_saving.review_read, name="review-read"),
    path("review/answers/<uuid:answer_id>/media/", review_saving.review_media, name="review-media"),
    path("review/answers/<uuid:answer_id>/captions.vtt", review_saving.review_captions, name="review-captions"),
    path("review/answers/<uuid:answer_id>/files/<uuid:file_id>/", review_saving.review_file, name="review-file"),
    path("search/", search.search_answers, name="search-answers"),
    path("compare/<uuid:stage_id>/", compare.compare_stage, name="compare"),
    path("compare/<uuid:stage_id>/names/<uuid:interview_id>/", compare.compare_reveal, name="compare-reveal"),
    path("compare/<uuid:stage_id>/chosen/", compare.compare_chosen, name="compare-chosen"),
    path("compare/<uuid:stage_id>/shortlist/<uuid:interview_id>/", compare.compare_shortlist, name="compare-shortlist"),
    path("compare/<uuid:stage_id>/side/", compare_side.compare_side, name="compare-side"),
    path(
        "compare/<uuid:stage_id>/found/<uuid:interview_id>/", compare_side.compare_reconcile, name="compare-reconcile"
    ),
    path("compare/<uuid:stage_id>/several/<slug:outcome>/", compare_bulk.compare_bulk, name="compare-bulk"),
    path("compare/<uuid:stage_id>/ratings.csv", exports.exports_ratings_csv, name="exports-ratings-csv"),
    path("compare/<uuid:stage_id>/ratings.xlsx", exports.exports_ratings_xlsx, name="exports-ratings-xlsx"),
    path("agreement/<uuid:stage_id>/", agreement.agreement_stage, name="agreement-stage"),
    path("agreement/<uuid:stage_id>/<uuid:member_id>/", agreement.agreement_rater, name="agreement-rater"),
    path("decisions/", decisions.decisions_list, name="decisions-list"),
    path("decisions/<uuid:interview_id>/", decisions.decisions_interview, name="decisions-interview"),
    path("decisions/<uuid:interview_id>/take-back/", reversals.reversals_new, name="reversals-new"),
    path("decisions/<uuid:interview_id>/scorecards.pdf", exports.exports_scorecards, name="exports-scorecards"),
    path("shares/", shares.shares_list, name="shares-list"),
    path("shares/new/<uuid:stage_id>/", shares.shares_new, name="shares-new"),
    path("shares/<uuid:share_id>/", shares.shares_edit, name="shares-edit"),
    path("shares/<uuid:share_id>/renew/", shares.shares_renew, name="shares-renew"),
    path("shares/<uuid:share_id>/close/", shares.shares_revoke, name="shares-revoke"),
]
