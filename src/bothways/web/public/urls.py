"""Pages for everybody: no account, no token."""

from django.urls import path

from bothways.web.public.views import (
    calendar_feed,
    guest_comment,
    health,
    home,
    join,
    open_link,
    real,
    share,
    sign_in,
    start,
)
from bothways.web.public.views.accent import accent

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", start.start, name="start"),
    path("real/", real.real, name="real"),
    path("health", health.health, name="health"),
    path("accent/<slug:color>.css", accent, name="accent"),
    path("o/<str:token>/", open_link.open_link, name="open_link"),
    path("o/<str:token>/sent/", open_link.open_link_sent, name="open_link-sent"),
    path("s/<str:token>/", share.share, name="share"),
    path("s/<str:token>/<str:ticket>/", share.share_page, name="share-page"),
    path("s/<str:token>/<str:ticket>/<uuid:shown_id>/", share.share_interview, name="share-interview"),
    path("s/<str:token>/<str:ticket>/<uuid:shown_id>/<int:place>.vtt", share.share_captions, name="share-captions"),
    path(
        "s/<str:token>/<str:ticket>/<uuid:shown_id>/<int:place>/comment/",
        guest_comment.guest_comment,
        name="guest_comment",
    ),
    path(
        "s/<str:token>/<str:ticket>/<uuid:shown_id>/comment/<uuid:comment_id>/",
        guest_comment.guest_comment_change,
        name="guest_comment-change",
    ),
    path("calendar/<str:token>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("join/<str:token>/", join.join, name="join"),
    path("sign-in/send/", sign_in.send, name="sign-in-send"),
    path("sign-in/sent/", sign_in.sent, name="sign-in-sent"),
    path("sign-in/<str:token>/", sign_in.link, name="sign-in-link"),
]
