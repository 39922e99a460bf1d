"""Which part of the product answers which address."""

from django.urls import include, path

handler500 = "bothways.web.public.views.faults.server_error"

urlpatterns = [
    path("accounts/", include("bothways.web.public.account_urls")),
    path("i/<str:token>/", include("bothways.web.candidate.urls")),
    path("live/", include("bothways.web.live.urls")),
    path("team/", include("bothways.web.team.urls")),
    path("", include("bothways.web.public.urls")),
]
