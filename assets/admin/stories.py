"""Stories in the staff pages: noted with consent, read by a colleague, taken back at once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin_site import staff_site
from assets import stories
from assets.admin.base import DirectoryForm, StaffAdmin, who
from assets.admin.fields import Lines
from assets.models import Activity, SharedStory, Venue


class ListingsField(forms.CharField):
    """Listings by their addresses, one a line; the cleaned value is their rows."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        self.model = model
        super().__init__(
            max_length=2000,
            required=False,
            widget=Lines(attrs={"rows": 2}),
            help_text=gettext_lazy("The address of its page, one a line."),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(one.slug for one in value or [])

    def clean(self, value: Any) -> list[Any]:
        typed = super().clean(value)
        slugs = [line.strip().rstrip("/").rpartition("/")[2] for line in typed.splitlines()]
        wanted = list(dict.fromkeys(filter(None, slugs)))
        found = {one.slug: one for one in self.model._default_manager.filter(slug__in=wanted)}
        if missing := [slug for slug in wanted if slug not in found]:
            raise ValidationError(_("We do not find this: %s") % ", ".join(missing), code="missing")
        return [found[slug] for slug in wanted]


class StoryForm(DirectoryForm):
    beside = {
        "sharedstory_whose_known": "whose",
        "sharedstory_agreed_how_known": "agreed_how",
        "sharedstory_reaches_nobody": "text",
        "sharedstory_withdrawn_is_wiped": "text",
        "sharedstory_public_with_consent": "agreed_on",
    }
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Story"),
        max_length=3000,
        widget=Lines(attrs={"rows": 8}),
        help_text=SharedStory._meta.get_field("text").help_text,
    )
    child_agreed = forms.BooleanField(
        label=gettext_lazy("The child or young person said yes"), required=False
    )
    activities = ListingsField(Activity, label=gettext_lazy("Activities"))
    venues = ListingsField(Venue, label=gettext_lazy("Places"))
    agreed_on = forms.DateField(
        label=gettext_lazy("When they said yes"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_agreed_on(self) -> Any:
        agreed = self.cleaned_data["agreed_on"]
        if agreed and agreed > timezone.localdate():
            raise ValidationError(_("That day is still to come."))
        return agreed


class ToReadFilter(admin.SimpleListFilter):
    title = gettext_lazy("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("read", gettext_lazy("to be read"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.to_read() if self.value() == "read" else queryset


@admin.register(SharedStory, site=staff_site)
class SharedStoryAdmin(StaffAdmin):
    form = StoryForm
    change_form_template = "admin/assets/story.html"
    list_display = ("__str__", "whose", "noted_at", "is_told", "is_taken_back")
    list_filter = (ToReadFilter, "whose", "themes", "ways_of_working")
    search_fields = ("title__unaccent__icontains", "text__unaccent__icontains")
    search_help_text = gettext_lazy("Words of the story")
    fields = (
        "title",
        "text",
        "whose",
        ("child_agreed", "parent_agreed"),
        ("agreed_how", "agreed_on"),
        "activities",
        "venues",
        "themes",
        "ways_of_working",
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of what was taken back there is nothing to change."""
        kept = obj is None or obj.withdrawn_at is None
        return kept and super().has_change_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj):
            return self.fields
        return [one for one in self.fields if one not in ("activities", "venues")]

    @admin.display(description=gettext_lazy("public"), boolean=True)
    def is_told(self, story: SharedStory) -> bool:
        return story.published_at is not None

    @admin.display(description=gettext_lazy("taken back"), boolean=True)
    def is_taken_back(self, story: SharedStory) -> bool:
        return story.withdrawn_at is not None

    # --- Stored by verbs. What happened to a story is in the story: no log outlives its words ---

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        tied = {name: form.cleaned_data[name] for name in stories.TIED_TO}
        stories.note(story=obj, by=who(request), tied=tied)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """The verb has stored them."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any: ...

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any: ...

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        story = kwargs.get("obj")
        context["may"] = story is not None and self.has_change_permission(request, story)
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer

    def get_urls(self) -> list[URLPattern]:
        verbs = {"publish": self._publish, "withdraw": self._withdraw}
        ours = [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(require_POST(self._pressed(verb))),
                name=f"assets_sharedstory_{name}",
            )
            for name, verb in verbs.items()
        ]
        return [*ours, *super().get_urls()]

    def _pressed(self, verb: Callable[[HttpRequest, SharedStory], str]) -> Any:
        def view(request: HttpRequest, object_id: int) -> HttpResponse:
            if not self.has_change_permission(request):
                raise PermissionDenied
            story = get_object_or_404(SharedStory, pk=object_id)
            try:
                messages.success(request, verb(request, story))
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(reverse("admin:assets_sharedstory_change", args=[story.pk]))

        return view

    def _publish(self, request: HttpRequest, story: SharedStory) -> str:
        stories.publish(story=story, by=who(request))
        return _("It is public now.")

    def _withdraw(self, request: HttpRequest, story: SharedStory) -> str:
        stories.withdraw(story=story, by=who(request))
        return _("The words are gone, from here and from every page.")
