"""Under `/open-referral/`. Each with and without a slash at its end: validators leave it out."""

from django.urls import re_path

from assets.views import openreferral

urlpatterns = [
    re_path(r"^openapi\.json$", openreferral.document, name="open_referral_document"),
    re_path(r"^services/?$", openreferral.services, name="open_referral_services"),
    re_path(r"^services/(?P<key>[^/]+)/?$", openreferral.service, name="open_referral_service"),
    re_path(r"^taxonomies/?$", openreferral.taxonomies, name="open_referral_taxonomies"),
    re_path(r"^taxonomies/(?P<key>[^/]+)/?$", openreferral.taxonomy, name="open_referral_taxonomy"),
    re_path(r"^taxonomy_terms/?$", openreferral.terms, name="open_referral_terms"),
    re_path(r"^taxonomy_terms/(?P<key>[^/]+)/?$", openreferral.term, name="open_referral_term"),
    re_path(
        r"^service_at_locations/?$", openreferral.at_locations, name="open_referral_at_locations"
    ),
    re_path(
        r"^service_at_locations/(?P<key>[^/]+)/?$",
        openreferral.at_location,
        name="open_referral_at_location",
    ),
    re_path(r"^organizations/?$", openreferral.groups, name="open_referral_groups"),
    re_path(r"^organizations/(?P<key>[^/]+)/?$", openreferral.group, name="open_referral_group"),
    # Who harvests reads no pages.
    re_path(r"^(?P<path>[\s\S]+)$", openreferral.nothing, name="open_referral_nothing"),
]
