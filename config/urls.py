"""The site map. These addresses are promises to people who bookmark, print and link."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path, register_converter

from accounts.admin_site import staff_site
from assets import sitemap
from assets.reporting import ReportableKind
from assets.slugs import ListingSlug
from assets.views import (
    activities,
    alerts,
    coverage,
    embed,
    export,
    feeds,
    health,
    help_now,
    home,
    land,
    open_data,
    openactive,
    openreferral,
    organisations,
    pages,
    posters,
    report,
    resources,
    robots,
    shortlist,
    still_right,
    stories,
    thrive,
    venues,
    villages,
    youth_voice,
)
from grants import sitemap as grants_sitemap
from grants.views import awards

SITEMAP = {**sitemap.PARTS, **grants_sitemap.PARTS}
register_converter(posters.PosterForm, "poster")
register_converter(ListingSlug, "listing")
register_converter(ReportableKind, "reportable")

urlpatterns = [
    # Not in any language: for machines.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, {"parts": SITEMAP}, name="sitemap"),
    path("sitemap-<slug:name>.xml", robots.sitemap_part, {"parts": SITEMAP}, name="sitemap_part"),
    path("map/land.svg", land.land, name="land"),
    path("activities.ics", feeds.activities_ics, name="activities_ics"),
    path("activities.rss", feeds.activities_rss, name="activities_rss"),
    path("activities.json", feeds.activities_json, name="activities_json"),
    path("activities/<listing:slug>.ics", feeds.activity_ics, name="activity_ics"),
    path("groups/<listing:slug>.ics", feeds.organisation_ics, name="organisation_ics"),
    path("grants/360giving.json", awards.grants_json, name="grants_json"),
    path("grants/360giving.csv", awards.grants_csv, name="grants_csv"),
    re_path(r"^open-referral/?$", openreferral.root, name="open_referral"),
    path("openactive/", openactive.landing, name="openactive"),
    path("openactive/session-series", openactive.series, name="openactive_series"),
    path("open-referral/", include("assets.openreferral.urls")),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("activities/", activities.activities, name="activities"),
        path("activities.csv", export.activities_csv, name="activities_csv"),
        path("activities.xlsx", export.activities_xlsx, name="activities_xlsx"),
        path("activities/poster.<poster:form>", posters.search_poster, name="activities_poster"),
        path("activities/<listing:slug>/", activities.activity, name="activity"),
        path(
            "activities/<listing:slug>/poster.<poster:form>",
            posters.activity_poster,
            name="activity_poster",
        ),
        path("embed/", embed.embed, name="embed"),
        path("embed/activities/", embed.embed_activities, name="embed_activities"),
        path("alerts/", alerts.alerts, name="alerts"),
        path("alerts/sent/", alerts.alerts_sent, name="alerts_sent"),
        path("alerts/confirm/<str:key>/", alerts.alert_confirm, name="alert_confirm"),
        path("alerts/stop/<str:key>/", alerts.alert_stop, name="alert_stop"),
        path("shortlist/", shortlist.shortlist_page, name="shortlist"),
        path("groups/", organisations.organisations, name="organisations"),
        path("groups/<listing:slug>/", organisations.organisation, name="organisation"),
        path(
            "groups/<listing:slug>/poster.<poster:form>",
            posters.organisation_poster,
            name="organisation_poster",
        ),
        path("places/", venues.venues, name="venues"),
        path("places/<listing:slug>/", venues.venue, name="venue"),
        path("villages/", villages.villages, name="villages"),
        path("villages/<slug:slug>/", villages.village, name="village"),
        path("thrive/", thrive.thrive, name="thrive"),
        path("thrive/<slug:slug>/", thrive.needs_group, name="needs_group"),
        path("themes/", thrive.themes, name="themes"),
        path("themes/<slug:slug>/", thrive.theme, name="theme"),
        path("coverage/", coverage.coverage, name="coverage"),
        path("help-now/", help_now.help_now, name="help_now"),
        path("resources/", resources.resources, name="resources"),
        path("stories/", stories.stories, name="stories"),
        path("youth-voice/", youth_voice.youth_voice, name="youth_voice"),
        path("still-right/<str:key>/", still_right.still_right, name="still_right"),
        path("open-data/", open_data.open_data, name="open_data"),
        path("open-data/api/", open_data.api, name="open_data_api"),
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
