"""Youth voice in the staff pages: the standards, and each look at them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets import youth_voice
from assets.admin.base import DirectoryForm, StaffAdmin, who
from assets.models import VoiceStandard, YouthVoiceReview
from assets.words import long_date


class ReviewForm(DirectoryForm):
    beside = {
        "youthvoicereview_how_known": "how",
        "youthvoicereview_reaches_nobody": "heard",
        "youthvoicereview_changed_by_what_was_heard": "heard",
        "youthvoicereview_once_a_day": "looked_on",
    }

    class Meta:
        widgets = {"how": forms.RadioSelect()}

    def clean_looked_on(self) -> Any:
        looked = self.cleaned_data["looked_on"]
        if looked > timezone.localdate():
            raise ValidationError(_("That day is still to come."))
        return looked


@admin.register(YouthVoiceReview, site=staff_site)
class YouthVoiceReviewAdmin(StaffAdmin):
    form = ReviewForm
    list_display = ("standard", "looked_on", "how", "looked_by", "says_what_changed")
    list_filter = ("standard", "how")
    list_select_related = ("standard", "looked_by")
    fields = ("standard", "looked_on", "how", "why", "heard", "changed")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"looked_on": timezone.localdate(), **request.GET.dict()}

    @admin.display(description=gettext_lazy("on the public page"), boolean=True)
    def says_what_changed(self, review: YouthVoiceReview) -> bool:
        return review.changed != ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        youth_voice.look(review=obj, by=who(request))


class DueFilter(admin.SimpleListFilter):
    title = gettext_lazy("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("look", gettext_lazy("to be looked at"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "look":
            return queryset
        return queryset.filter(pk__in=youth_voice.due().values("pk"))


@admin.register(VoiceStandard, site=staff_site)
class VoiceStandardAdmin(StaffAdmin):
    list_display = ("name", "last_look", "question")
    list_filter = (DueFilter,)
    fields = ("name", "text", "question", "source", "source_address", "checked_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come from what others have published: see the file of reference data."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_last_look()  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("last looked at"), ordering="looked_at")
    def last_look(self, standard: Any) -> SafeString | str:
        if standard.looked_at is None:
            return format_html('<strong class="due">{}</strong>', _("not yet"))
        said = long_date(standard.looked_at)
        if standard.looked_at <= timezone.localdate() - youth_voice.EVERY:
            return format_html('<strong class="due">{}</strong>', said)
        return said
