"""Addresses about the people of a position: the list, the board, inviting, lists from files, open links."""

from django.urls import path

from bothways.web.team.views import (
    board,
    hidden_words,
    imports,
    invitations,
    open_links,
    people,
    progress,
    promises,
    survey,
)

_POSITION = "positions/<uuid:position_id>/"
_BOARD = "board/<uuid:position_id>/"
_PERSON = f"{_POSITION}people/<uuid:interview_id>/"
_LIST = f"{_POSITION}lists/<uuid:import_id>/"
_LINK = f"{_POSITION}open-link/<uuid:stage_id>/"

urlpatterns = [
    path(_POSITION, people.people_list, name="people-list"),
    path(f"{_POSITION}survey/", survey.survey_position, name="survey-position"),
    path(f"{_POSITION}promises/", promises.promises_position, name="promises-position"),
    path(f"{_POSITION}promises/release/", promises.promises_release, name="promises-release"),
    path(f"{_POSITION}people.csv", people.people_export, name="people-export"),
    path(f"{_POSITION}progress/", progress.progress_position, name="progress-position"),
    path(f"{_POSITION}progress.csv", progress.progress_export, name="progress-export"),
    path(_PERSON, people.people_detail, name="people-detail"),
    path(f"{_PERSON}link/", people.people_link, name="people-link"),
    path(f"{_PERSON}hidden-words/", hidden_words.hidden_words_edit, name="hidden_words-edit"),
    path(_BOARD, board.board_position, name="board-position"),
    path(f"{_BOARD}<uuid:stage_id>/<slug:column>/", board.board_column, name="board-column"),
    path(f"{_BOARD}move/<uuid:interview_id>/", board.board_move, name="board-move"),
    path(f"{_BOARD}move/<uuid:interview_id>/moves.json", board.board_moves, name="board-moves"),
    path(f"{_POSITION}invite/", invitations.invitations_new, name="invitations-new"),
    path(f"{_POSITION}invitations/", invitations.invitations_change, name="invitations-change"),
    path(f"{_POSITION}lists/", imports.imports_new, name="imports-new"),
    path(f"{_POSITION}lists/example.csv", imports.imports_example, name="imports-example"),
    path(_LIST, imports.imports_detail, name="imports-detail"),
    path(f"{_LIST}report.csv", imports.imports_report, name="imports-report"),
    path(f"{_LIST}invite/", imports.imports_confirm, name="imports-confirm"),
    path(f"{_POSITION}open-link/", open_links.open_links_list, name="open_links-list"),
    path(f"{_LINK}create/", open_links.open_links_create, name="open_links-create"),
    path(f"{_LINK}close/", open_links.open_links_close, name="open_links-close"),
    path(f"{_LINK}qr.svg", open_links.open_links_qr, name="open_links-qr"),
]
