"""The site map. These addresses are promises to people who bookmark, print and link."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from accounts.admin_site import staff_site
from assets.slugs import ListingSlug
from assets.views import (
    activities,
    export,
    health,
    help_now,
    home,
    my,
    my_listing,
    organisations,
    pages,
    registering,
    shortlist,
    thrive,
    venues,
    villages,
)

register_converter(ListingSlug, "listing")

urlpatterns = [
    # Not in any language: for machines.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("activities/", activities.activities, name="activities"),
        path("activities.csv", export.activities_csv, name="activities_csv"),
        path("activities.xlsx", export.activities_xlsx, name="activities_xlsx"),
        path("activities/<listing:slug>/", activities.activity, name="activity"),
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
        path("help-now/", help_now.help_now, name="help_now"),
        path("my/", my.my_groups, name="my_groups"),
        path("my/<uuid:organisation>/", my.my_group, name="my_group"),
        path("my/<uuid:organisation>/do/<slug:what>/", my.my_do, name="my_do"),
        path("my/<uuid:organisation>/room/<uuid:activity>/", my.my_room, name="my_room"),
        path("my/<uuid:organisation>/people/", my.my_people, name="my_people"),
        path("my/<uuid:organisation>/people/<int:pk>/<slug:what>/", my.my_member, name="my_member"),
        path("list-your-group/", registering.list_your_group, name="list_your_group"),
        path("list-your-group/begin/", registering.begin, name="begin_listing"),
        path("list-your-group/this-is-us/<listing:slug>/", registering.claim, name="claim"),
        path(
            "list-your-group/this-is-us/<listing:slug>/sent/",
            registering.claim_sent,
            name="claim_sent",
        ),
        path("list-your-group/vouch/<str:key>/", registering.vouch, name="vouch"),
        path("list-your-group/<str:key>/", registering.listing_form, name="listing_form"),
        path("list-your-group/<str:key>/check/", registering.listing_check, name="listing_check"),
        path("list-your-group/<str:key>/sent/", registering.listing_sent, name="listing_sent"),
        path(
            "list-your-group/<str:key>/<str:part>/<slug:step>/",
            registering.listing_step,
            name="listing_step",
        ),
        path("my/<uuid:organisation>/edit/", my_listing.my_form, name="my_form"),
        path("my/<uuid:organisation>/edit/check/", my_listing.my_check, name="my_check"),
        path("my/<uuid:organisation>/edit/sent/", my_listing.my_sent, name="my_sent"),
        path(
            "my/<uuid:organisation>/edit/<str:part>/<slug:step>/",
            my_listing.my_step,
            name="my_step",
        ),
        path("about/", pages.about, name="about"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("account/", include("accounts.urls")),
        path("admin/", staff_site.urls),
        prefix_default_language=False,
    ),
]
