"""What people say, in the staff pages: noted quickly, found again, grown into new themes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin_site import staff_site
from assets import evidence
from assets.admin.base import DirectoryForm, StaffAdmin, who
from assets.admin.fields import AgeField, Lines, OldestAgeField
from assets.admin.finding import PLACES
from assets.ages import ages_in_words
from assets.models import Evidence
from assets.words import joined


class EvidenceForm(DirectoryForm):
    beside = {
        "evidence_source_known": "source",
        "evidence_reaches_nobody": "text",
        "evidence_says_something": "text",
        "evidence_ages_in_order": "age_before",
        "evidence_at_one_place": "area",
    }
    age_from = AgeField(
        label=gettext_lazy("Youngest age"),
        help_text=gettext_lazy("Such as 7 or 18 months. Empty: from birth."),
    )
    age_before = OldestAgeField(
        label=gettext_lazy("Oldest age that still counts"),
        help_text=gettext_lazy("Empty: no upper age."),
    )

    def clean_heard_on(self) -> Any:
        heard = self.cleaned_data["heard_on"]
        if heard > timezone.localdate():
            raise ValidationError(_("That day is still to come."))
        return heard


class StandingFilter(admin.SimpleListFilter):
    """What was withdrawn is out of sight until somebody asks for it."""

    title = gettext_lazy("withdrawn")
    parameter_name = "withdrawn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("withdrawn alone"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(withdrawn_at__isnull=self.value() != "yes")


class WhyForm(forms.Form):
    why = forms.CharField(max_length=250)


class ThemeForm(forms.Form):
    """A new theme from notes that somebody ticked."""

    notes = forms.ModelMultipleChoiceField(
        queryset=Evidence.objects.none(),
        error_messages={"required": gettext_lazy("Tick the notes that it grows from.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the theme"),
        max_length=80,
        error_messages={"required": gettext_lazy("Give the theme a name.")},
    )
    description = forms.CharField(
        label=gettext_lazy("In one sentence"),
        max_length=250,
        widget=Lines(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say in a sentence what it is about.")},
    )

    def __init__(self, label: str, data: Any = None) -> None:
        super().__init__(data)
        self.fields["notes"].queryset = evidence.said_as(label)  # type: ignore[attr-defined]


@admin.register(Evidence, site=staff_site)
class EvidenceAdmin(StaffAdmin):
    form = EvidenceForm
    change_form_template = "admin/assets/evidence.html"
    change_list_template = "admin/assets/evidences.html"
    finders = {"place": PLACES}
    list_display = ("said", "heard_on", "source", "of_themes", "ages", "at", "noted_by")
    list_filter = (
        StandingFilter,
        "source",
        "themes",
        "needs_group",
        ("place", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("text__unaccent__icontains", "something_new__unaccent__icontains")
    search_help_text = gettext_lazy("Words of the note")
    list_select_related = ("place", "area", "noted_by")
    fields = (
        "heard_on",
        "source",
        "text",
        "themes",
        "something_new",
        "needs_group",
        ("age_from", "age_before"),
        "place",
        "area",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).prefetch_related("themes")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"heard_on": timezone.localdate(), "source": "staff"}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was withdrawn stays as it was."""
        stands = obj is None or obj.withdrawn_at is None
        return stands and super().has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("what they said"))
    def said(self, note: Evidence) -> str:
        return str(note)

    @admin.display(description=gettext_lazy("themes"))
    def of_themes(self, note: Evidence) -> str:
        return joined(theme.name for theme in note.themes.all()) or note.something_new

    @admin.display(description=gettext_lazy("ages"))
    def ages(self, note: Evidence) -> str:
        return ages_in_words(note.age_from, note.age_before, in_pregnancy=False)

    @admin.display(description=gettext_lazy("where"))
    def at(self, note: Evidence) -> str:
        return str(note.where or "")

    # --- Stored by verbs ---

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:
        evidence.note(evidence=obj, themes=form.cleaned_data["themes"], by=who(request))

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """The verb has stored the themes."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if note := kwargs.get("obj"):
            context["records"] = note.history.select_related("history_user")
            context["may_withdraw"] = self.has_change_permission(request, note)
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer

    # --- Pages of our own ---

    def get_urls(self) -> list[URLPattern]:
        def view(does: Any) -> Any:
            return self.admin_site.admin_view(does)

        new = path("something-new/", view(self.something_new), name="assets_evidence_new")
        gone = path(
            "<int:object_id>/withdraw/",
            view(require_POST(self.withdraw)),
            name="assets_evidence_withdraw",
        )
        return [new, gone, *super().get_urls()]

    def withdraw(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        note = get_object_or_404(Evidence, pk=object_id)
        form = WhyForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say in 250 letters at most why it is withdrawn."))
        elif evidence.withdraw(evidence=note, by=who(request), why=form.cleaned_data["why"]):
            messages.success(request, _("It is withdrawn, and counts no longer."))
        else:
            messages.error(request, _("A colleague was faster. Look again first."))
        return HttpResponseRedirect(reverse("admin:assets_evidence_change", args=[note.pk]))

    def something_new(self, request: HttpRequest) -> HttpResponse:
        """Words that fit no theme; those of one, ticked, become a theme."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        label = request.GET.get("label", "")
        may_make = who(request).has_perms(["thrive.add_theme", "assets.change_evidence"])
        form = ThemeForm(label, request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not may_make:
                raise PermissionDenied
            if form.is_valid() and (made := _make_theme(form, request)):
                messages.success(request, _("“%s” is a theme now.") % made)
                return HttpResponseRedirect(reverse("admin:thrive_theme_change", args=[made.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Something new"),
            "opts": self.opts,
            "labels": evidence.something_new(),
            "label": label,
            "notes": evidence.said_as(label).select_related("place", "area") if label else [],
            "ticked": request.POST.getlist("notes"),
            "form": form,
            "may_make": may_make,
        }
        return TemplateResponse(request, "admin/assets/something_new.html", context)


def _make_theme(form: ThemeForm, request: HttpRequest) -> Any:
    """None, with what was wrong beside its field."""
    try:
        return evidence.make_theme(by=who(request), **form.cleaned_data)
    except ValidationError as refused:
        told = refused.message_dict if hasattr(refused, "error_dict") else {}
        said = told.get("name", refused.messages)
        if "slug" in told:
            said = [_("Choose another name: there is a theme like it, or it gives no address.")]
        form.add_error("name", said)
        return None
