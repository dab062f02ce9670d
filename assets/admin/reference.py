"""The lists that listings choose from: themes, who it is for, what makes it easy, languages."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets import stamps, words
from assets.admin.base import DirectoryForm, StaffAdmin
from assets.models import AccessFeature, Activity, Audience, Language, Organisation
from assets.search import rows
from assets.search.options import give_bits, has_room
from assets.turns import take_turn
from thrive.models import Theme

LONGEST_SLUG = 50


class OptionForm(DirectoryForm):
    """What the search can be narrowed by: there is room for so many."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance._state.adding:
            try:
                has_room(self.instance._meta.db_table)
            except ValidationError as full:
                self.add_error(None, full)
        return cleaned


class NamedForm(OptionForm):
    """Makes the address from the name, once: it never changes, for links lead to it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance._state.adding and (name := cleaned.get("name")):
            slug = slugify(name)[:LONGEST_SLUG].strip("-")
            taken = type(self.instance)._default_manager.filter(pk=slug)
            if not slug or taken.exists():
                message = _("Choose another name: this one gives no address of its own.")
                self.add_error("name", ValidationError(message, code="address"))
            self.instance.slug = slug
        return cleaned


class AccessFeatureForm(NamedForm):
    beside = {"accessfeature_of_something": "of_activity"}


class WordsAdmin(StaffAdmin):
    """Words that the search knows an activity by: a new name is searched for at once."""

    form: type[DirectoryForm] = NamedForm
    # How an activity names these rows, and what it tells of them through others.
    relation: str
    through: str = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        take_turn()
        super().save_model(request, obj, form, change)
        give_bits()
        if change:
            rows.refresh(activities=Q(**{self.relation: obj}), organisations=None)
            told = Q(**{self.relation: obj})
            if self.through:
                told |= Q(**{self.through: obj})
            stamps.write(Activity.objects.filter(told), self.groups_of(obj))

    def groups_of(self, obj: Any) -> QuerySet[Organisation]:
        """Those that tell of it whatever they run."""
        return Organisation.objects.none()


@admin.register(Theme, site=staff_site)
class ThemeAdmin(WordsAdmin):
    relation, through = "themes", "organisation__themes"
    list_display = ("name", "description", "reading_order")
    search_fields = ("name__unaccent__icontains", "description__unaccent__icontains")
    search_help_text = gettext_lazy("Name or description")
    fields = ("name", "description", "text", "source", "reading_order")

    def groups_of(self, obj: Any) -> QuerySet[Organisation]:
        return Organisation.objects.filter(themes=obj)


@admin.register(Audience, site=staff_site)
class AudienceAdmin(WordsAdmin):
    relation = "audiences"
    list_display = ("name", "description", "reading_order")
    search_fields = ("name__unaccent__icontains",)
    search_help_text = gettext_lazy("Name")
    fields = ("name", "description", "reading_order")


@admin.register(AccessFeature, site=staff_site)
class AccessFeatureAdmin(WordsAdmin):
    form = AccessFeatureForm
    relation, through = "access_features", "venue__access_features"
    list_display = ("name", "description", "said_of", "reading_order")
    list_filter = ("of_venue", "of_activity")
    search_fields = ("name__unaccent__icontains",)
    search_help_text = gettext_lazy("Name")
    fields = ("name", "description", "of_venue", "of_activity", "reading_order")

    @admin.display(description=gettext_lazy("said of"))
    def said_of(self, feature: AccessFeature) -> str:
        said = {_("places"): feature.of_venue, _("activities"): feature.of_activity}
        return words.joined(word for word, is_so in said.items() if is_so)


@admin.register(Language, site=staff_site)
class LanguageAdmin(WordsAdmin):
    form = OptionForm
    relation = "languages"
    list_display = ("name", "own_name", "code", "reading_order")
    search_fields = ("name__unaccent__icontains", "own_name", "=code")
    search_help_text = gettext_lazy("Name or code")
    fields = ("code", "name", "own_name", "reading_order")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()
