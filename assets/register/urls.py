"""The site map of registering, under /list-your-group/."""

from django.urls import path

from assets.views import confirm, registering

urlpatterns = [
    path("", registering.list_your_group, name="list_your_group"),
    path("begin/", registering.begin, name="begin_listing"),
    path("link/", registering.link_again, name="link_again"),
    path("link/sent/", registering.link_sent, name="link_sent"),
    path("this-is-us/<listing:slug>/", registering.claim, name="claim"),
    path("this-is-us/<listing:slug>/sent/", registering.claim_sent, name="claim_sent"),
    path("vouch/<str:key>/", registering.vouch, name="vouch"),
    path("confirm/<str:key>/", confirm.confirm_listing, name="confirm_listing"),
    path("<str:key>/", registering.listing_form, name="listing_form"),
    path("<str:key>/check/", registering.listing_check, name="listing_check"),
    path("<str:key>/sent/", registering.listing_sent, name="listing_sent"),
    path("<str:key>/preview/<str:part>/", registering.listing_preview, name="listing_preview"),
    path("<str:key>/<str:part>/<slug:step>/", registering.listing_step, name="listing_step"),
]
