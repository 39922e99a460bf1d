"""Addresses of the team. Each organization has its own under its slug; a name is the page's stem and what it does."""

from django.conf import settings
from django.urls import include, path

from bothways.web.team import (
    calibration_urls,
    feedback_urls,
    follow_up_urls,
    inquiry_urls,
    kit_urls,
    live_urls,
    people_urls,
    request_urls,
    review_urls,
)
from bothways.web.team.views import (
    audit,
    calendars,
    faults,
    home,
    lanes,
    members,
    organizations,
    outbox,
    profile,
    styles,
)
from bothways.web.team.views import settings as settings_views

app_name = "team"

organization_urls = [
    path("", home.home, name="home"),
    path("members/", members.members_list, name="members-list"),
    path("members/invite/", members.members_invite, name="members-invite"),
    path("members/<uuid:member_id>/", members.members_edit, name="members-edit"),
    path("members/<uuid:member_id>/deactivate/", members.members_deactivate, name="members-deactivate"),
    path("members/<uuid:member_id>/reactivate/", members.members_reactivate, name="members-reactivate"),
    path("members/invitations/<uuid:invitation_id>/revoke/", members.members_revoke, name="members-revoke"),
    path("settings/", settings_views.settings_edit, name="settings-edit"),
    path("profile/", profile.profile_edit, name="profile-edit"),
    path("profile/notices/", profile.profile_notices, name="profile-notices"),
    path("calendars/", calendars.calendars_list, name="calendars-list"),
    path("calendars/feed/", calendars.calendars_feed, name="calendars-feed"),
    path("calendars/feed/close/", calendars.calendars_feed_close, name="calendars-feed-close"),
    path("calendars/<uuid:calendar_id>/read/", calendars.calendars_read, name="calendars-read"),
    path("calendars/<uuid:calendar_id>/remove/", calendars.calendars_remove, name="calendars-remove"),
    path("calendars/<uuid:slot_id>/interview.ics", calendars.calendars_file, name="calendars-file"),
    path("outbox/", outbox.outbox_list, name="outbox-list"),
    path("outbox/<uuid:message_id>/", outbox.outbox_read, name="outbox-read"),
    path("faults/", faults.faults_list, name="faults-list"),
    path("lanes/", lanes.lanes_list, name="lanes-list"),
    path("lanes/retry/", lanes.lanes_retry, name="lanes-retry"),
    path("audit/", audit.audit_list, name="audit-list"),
    path("organizations/", organizations.organizations_list, name="organizations-list"),
    *calibration_urls.urlpatterns,
    *feedback_urls.urlpatterns,
    *follow_up_urls.urlpatterns,
    *inquiry_urls.urlpatterns,
    *kit_urls.urlpatterns,
    *live_urls.urlpatterns,
    *people_urls.urlpatterns,
    *request_urls.urlpatterns,
    *review_urls.urlpatterns,
]

urlpatterns = [
    path("", home.choose, name="choose"),
    path("<slug:organization>/", include(organization_urls)),
]

if settings.DEBUG:
    urlpatterns.insert(0, path("_styles/", styles.styles, name="styles"))
