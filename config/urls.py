"""The site map. These addresses are promises to people who bookmark, print and link."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from accounts.admin_site import staff_site
from assets.reporting import ReportableKind
from assets.slugs import ListingSlug
from assets.views import (
    activities,
    alerts,
    coverage,
    embed,
    export,
    health,
    help_now,
    home,
    land,
    organisations,
    pages,
    report,
    resources,
    shortlist,
    still_right,
    stories,
    thrive,
    venues,
    villages,
    youth_voice,
)
from grants.views import awards

register_converter(ListingSlug, "listing")
register_converter(ReportableKind, "reportable")

urlpatterns = [
    # Not in any language: for machines.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("map/land.svg", land.land, name="land"),
    path("grants/360giving.json", awards.grants_json, name="grants_json"),
    path("grants/360giving.csv", awards.grants_csv, name="grants_csv"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("activities/", activities.activities, name="activities"),
        path("activities.csv", export.activities_csv, name="activities_csv"),
        path("activities.xlsx", export.activities_xlsx, name="activities_xlsx"),
        path("activities/<listing:slug>/", activities.activity, name="activity"),
        path("embed/", embed.embed, name="embed"),
        path("embed/activities/", embed.embed_activities, name="embed_activities"),
        path("alerts/", alerts.alerts, name="alerts"),
        path("alerts/sent/", alerts.alerts_sent, name="alerts_sent"),
        path("alerts/confirm/<str:key>/", alerts.alert_confirm, name="alert_confirm"),
        path("alerts/stop/<str:key>/", alerts.alert_stop, name="alert_stop"),
        path("shortlist/", shortlist.shortlist_page, name="shortlist"),
        path("groups/", organisations.organisations, name="organisations"),
        path("groups/<listing:slug>/", organisations.organisation, name="organisation"),
        path("places/", venues.venues, name="venues"),
        path("places/<listing:slug>/", venues.venue, name="venue"),
        path("villages/", villages.villages, name="villages"),
        path("villages/<slug:slug>/", villages.village, name="village"),
        path("thrive/", thrive.thrive, name="thrive"),
        path("thrive/<slug:slug>/", thrive.needs_group, name="needs_group"),
        path("themes/<slug:slug>/", thrive.theme, name="theme"),
        path("coverage/", coverage.coverage, name="coverage"),
        path("help-now/", help_now.help_now, name="help_now"),
        path("resources/", resources.resources, name="resources"),
        path("stories/", stories.stories, name="stories"),
        path("youth-voice/", youth_voice.youth_voice, name="youth_voice"),
        path("still-right/<str:key>/", still_right.still_right, name="still_right"),
        path("how-fresh/", pages.how_fresh, name="how_fresh"),
        path("list-your-group/", include("assets.register.urls")),
        path("my/applications/", include("grants.my_urls")),
        path("my/awards/", include("grants.my_awards_urls")),
        path("my/", include("assets.my_urls")),
        path("grants/awards/", include("grants.awards_urls")),
        path("grants/", include("grants.urls")),
        path("questions-to-ask/", pages.questions_to_ask, name="questions_to_ask"),
        path("report/received/", report.received, name="report_received"),
        path("report/received/worry/", report.worry_received, name="worry_received"),
        path("report/<reportable:kind>/<listing:slug>/", report.report, name="report"),
        path(
            "report/<reportable:kind>/<listing:slug>/worry/",
            report.report_worry,
            name="report_worry",
        ),
        path("about/", pages.about, name="about"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("account/", include("accounts.urls")),
        path("admin/", staff_site.urls),
        prefix_default_language=False,
    ),
]
