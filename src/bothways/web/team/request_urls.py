"""Addresses of requests: what candidates asked people for."""

from django.urls import path

from bothways.web.team.views import requests

urlpatterns = [
    path("requests/", requests.requests_list, name="requests-list"),
    path("requests/<uuid:request_id>/", requests.requests_detail, name="requests-detail"),
    path("requests/<uuid:request_id>/hand-over/", requests.requests_hand_over, name="requests-hand-over"),
]
