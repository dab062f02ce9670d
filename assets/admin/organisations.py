"""Groups in the staff pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm
from assets.admin.fields import PersonField, Sentences
from assets.admin.finding import GROUPS, FindableAdmin
from assets.admin.inlines import PartInline, PartsFormSet, TagInline
from assets.admin.listing import ListingAdmin
from assets.admin.listing_form import ListingForm
from assets.admin.urgency import ToDoFilter, public_activities
from assets.models import (
    Area,
    Contact,
    Membership,
    Organisation,
    OrganisationTheme,
    OrganisationWayOfWorking,
    TrustStatement,
)

ACTIVITIES_BESIDE = 12


class OrganisationForm(ListingForm):
    beside = {
        "organisation_charity_number_once": "charity_number",
        "organisation_charity_number_digits": "charity_number",
        "organisation_company_number_once": "company_number",
        "organisation_company_number_form": "company_number",
    }

    class Meta:
        widgets = {"summary": Sentences()}


class ContactForm(DirectoryForm):
    beside = {
        "contact_number_is_a_number": "value",
        "contact_web_is_https_or_http": "value",
        "contact_email_has_an_at": "value",
    }


class ContactsFormSet(PartsFormSet):
    def clean(self) -> None:
        super().clean()
        is_group = isinstance(self.instance, Organisation)
        if is_group and self.instance.is_public and not self.kept():
            raise ValidationError(_("A group that is public keeps one way to reach it."))


class ContactInline(PartInline):
    model = Contact
    form = ContactForm
    formset = ContactsFormSet
    fields = ("kind", "value", "label")
    hint = _("Everyone can read these. The first one is the main way to get in touch.")


class TrustForm(DirectoryForm):
    beside = {
        "trust_statement_once": "kind",
        "trust_statement_dated": "stated_on",
        "trust_statement_dbs_is_told": "stance",
        "trust_statement_registration_has_a_number": "name",
        "trust_statement_expires_later": "expires_on",
    }


class TrustInline(PartInline):
    model = TrustStatement
    form = TrustForm
    fields = ("kind", "name", "stance", "stated_on", "expires_on")
    hint = _("What the group tells us, or what we saw, and on which day.")


class OrganisationThemeInline(TagInline):
    model = OrganisationTheme
    fields = ("theme", "source", "reason")


class OrganisationWayInline(TagInline):
    model = OrganisationWayOfWorking
    fields = ("way_of_working", "source", "reason")


class MembershipForm(DirectoryForm):
    """`confirmed` is a tick; who ticked it, and when, is noted."""

    beside = {"membership_once": "user"}
    user = PersonField(label=_("E-mail address"))
    confirmed = forms.BooleanField(
        label=_("Confirmed"),
        required=False,
        help_text=_("Tick it when the group has told you that this person may act for it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["user"] = self.instance.user.email
            self.initial["confirmed"] = self.instance.confirmed_at is not None


class MembershipInline(PartInline):
    model = Membership
    form = MembershipForm
    fields = ("user", "role", "confirmed")
    hint = _("Who may change what this group says. Only staff see this list.")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People's addresses are for those who look after the group."""
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        found: QuerySet[Membership] = super().get_queryset(request)
        return found.select_related("user", "confirmed_by").order_by("pk")

    def title_of(self, part: Membership) -> str:
        said = _("confirmed") if part.confirmed_at else _("not confirmed")
        return f"{part.user}, {part.get_role_display()} ({said})"


@admin.register(Organisation, site=staff_site)
class OrganisationAdmin(FindableAdmin, ListingAdmin):
    form = OrganisationForm
    finder = GROUPS
    public_url = "organisation"
    change_form_template = "admin/assets/organisation.html"
    list_display = ("name", "status_tag", "checked", "kind", "district", "on_offer")
    list_filter = (ToDoFilter, "status", "kind", ("district", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("district",)
    search_fields = ("name__unaccent__icontains", "charity_number", "company_number")
    search_help_text = _("Name, charity number or company number")
    fieldsets = (
        (_("About the group"), {"fields": ("name", "kind", "summary", "description")}),
        (
            _("Register and district"),
            {"fields": (("charity_number", "company_number"), "district")},
        ),
    )
    inlines = (
        ContactInline,
        TrustInline,
        OrganisationThemeInline,
        OrganisationWayInline,
        MembershipInline,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        found: QuerySet[Organisation] = super().get_queryset(request)
        return found.annotate(public_activities=public_activities("organisation"))

    @admin.display(description=_("public activities"), ordering="public_activities")
    def on_offer(self, organisation: Any) -> SafeString:
        url = reverse("admin:assets_activity_changelist", query={"group": organisation.pk})
        return format_html('<a href="{}">{}</a>', url, organisation.public_activities)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "district":
            kwargs["queryset"] = Area.objects.filter(kind=Area.Kind.DISTRICT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Membership:
            for row in formset.forms:
                if row.has_changed() and "confirmed" in row.cleaned_data:
                    _note_who_confirmed(row, request.user)
        super().save_formset(request, form, formset, change)

    def beside_the_form(self, request: HttpRequest, listing: Any) -> dict[str, Any]:
        theirs = listing.activities.all()
        return super().beside_the_form(request, listing) | {
            "activities": theirs[:ACTIVITIES_BESIDE],
            "all_activities": theirs.count(),
            "may_add_activity": request.user.has_perm("assets.add_activity"),
        }


def _note_who_confirmed(row: Any, by: Any) -> None:
    member: Membership = row.instance
    if not row.cleaned_data["confirmed"]:
        member.confirmed_at = member.confirmed_by = None
    elif member.confirmed_at is None:
        member.confirmed_at, member.confirmed_by = timezone.now(), by
