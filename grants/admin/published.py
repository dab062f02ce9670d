"""Published grants in the staff pages: to look up, ours and other funders'."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin
from grants.awards.words import money
from grants.models import PublishedGrant


@admin.register(PublishedGrant, site=staff_site)
class PublishedGrantAdmin(ReadOnlyAdmin):
    list_display = ("title", "recipient_name", "in_money", "award_date", "funder_name", "source")
    list_filter = ("source",)
    search_fields = (
        "title",
        "recipient_name",
        "funder_name",
        "recipient_charity_number",
        "recipient_company_number",
        "identifier",
    )
    fields = (
        "identifier",
        "source",
        "file",
        "title",
        "description",
        "in_money",
        "award_date",
        "funder_name",
        "recipient_name",
        "recipient_charity_number",
        "recipient_company_number",
        "recipient_postcode",
        "programme",
    )

    @admin.display(description=_("awarded"), ordering="amount_awarded")
    def in_money(self, grant: PublishedGrant) -> str:
        return money(grant.amount_awarded, grant.currency)
