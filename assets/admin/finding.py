"""Fields in which staff write a name, where a list to choose from would be thousands long."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Count, F, Model, Q, QuerySet, TextField, Value, When, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import Organisation, Place, Venue
from assets.models.organisations import SortKey
from assets.places.resolve import Resolved, resolve
from assets.places.words import clean

# Between a name that two listings share and the address of the one that is meant.
BETWEEN = " · "
SUGGESTED = 12
NAMED_IN_A_MESSAGE = 5


@dataclass(frozen=True)
class Finder:
    """Finds one row by what a person writes; `label` is what the field then shows."""

    model: type[Model]
    label: Combinable
    nothing: str | Promise

    @property
    def url_name(self) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_find"

    def labelled(self) -> QuerySet[Any]:
        keys = {"label_key": SortKey(F("label")), "name_key": SortKey(F("name"))}
        rows: Any = self.model._default_manager.annotate(label=self.label)
        found: QuerySet[Any] = rows.annotate(**keys)
        return found

    def matching(self, typed: str) -> QuerySet[Any]:
        """Those with every written word in their label, whatever the case and accents."""
        found = self.labelled()
        for word in typed.split():
            found = found.filter(label_key__contains=SortKey(Value(word)))
        return found.order_by("label_key", "slug")

    def alike(self, typed: str) -> QuerySet[Any]:
        """Those that may be meant where nothing matches."""
        return self.labelled().none()

    def suggestions(self, typed: str) -> list[str]:
        return _labels(self.matching(typed)) or _labels(self.alike(typed))

    def label_of(self, key: UUID) -> str | None:
        row = self.labelled().filter(pk=key).first()
        if row is None:
            return None
        twins = self.labelled().filter(label=row.label).exclude(pk=key)
        return _with_address(row) if twins.exists() else str(row.label)

    def one(self, typed: str) -> Model:
        """The one that is meant. ValidationError when it is none, or could be several."""
        name, _between, slug = typed.rpartition(BETWEEN)
        if name and (named := self.labelled().filter(slug=slug).first()):
            return named  # type: ignore[no-any-return]
        key = SortKey(Value(typed))
        found = list(self.labelled().filter(Q(label_key=key) | Q(slug=typed))[:SUGGESTED])
        found = found or list(self.labelled().filter(name_key=key)[:SUGGESTED])
        found = found or list(self.matching(typed)[:SUGGESTED])
        if len(found) == 1:
            return found[0]  # type: ignore[no-any-return]
        if not found:
            raise ValidationError(self._nothing(typed), code="nothing")
        raise ValidationError(
            _("Which of these? %(names)s. Write one of them in full.")
            % {"names": "; ".join(_with_address(row) for row in found[:NAMED_IN_A_MESSAGE])},
            code="several",
        )

    def _nothing(self, typed: str) -> str:
        said = str(self.nothing) % {"typed": typed}
        alike = _labels(self.alike(typed))[:NAMED_IN_A_MESSAGE]
        return " ".join([said, _("Did you mean %s?") % "; ".join(alike)]) if alike else said


class PlaceFinder(Finder):
    """Sees through a slip as the search does: “bakewel” is offered as Bakewell."""

    def alike(self, typed: str) -> QuerySet[Any]:
        found = resolve(typed)
        names = (found.label,) if isinstance(found, Resolved) else found.suggestions
        likeliest = Case(*(When(name=name, then=at) for at, name in enumerate(names)), default=0)
        return self.labelled().filter(name__in=names).order_by(likeliest, "label_key", "slug")


def _labels(found: QuerySet[Any]) -> list[str]:
    twins = Window(Count("pk"), partition_by=F("label"))
    rows = found.annotate(twins=twins)[:SUGGESTED]
    return [_with_address(row) if row.twins > 1 else row.label for row in rows]


def _with_address(row: Any) -> str:
    return f"{row.label}{BETWEEN}{row.slug}"


def exact(organisation: Organisation) -> str:
    """What finds this group and no other."""
    return f"{organisation}{BETWEEN}{organisation.slug}"


GROUPS = Finder(
    Organisation,
    F("name"),
    gettext_lazy("We have no group called “%(typed)s”. Add the group first."),
)
VENUES = Finder(
    Venue,
    Concat("name", Value(", "), "place__name", output_field=TextField()),
    gettext_lazy("We have no venue called “%(typed)s”. Add the venue first."),
)
PLACES = PlaceFinder(
    Place,
    Concat("name", Value(", "), "district__name", output_field=TextField()),
    gettext_lazy("“%(typed)s” is not in our list of places. Write the nearest village."),
)


class FindField(forms.CharField):
    """What is written; the cleaned value is the row that is meant, or None."""

    def __init__(self, finder: Finder, **kwargs: Any) -> None:
        self.finder = finder
        attrs = {"data-find": reverse_lazy(f"admin:{finder.url_name}"), "autocomplete": "off"}
        super().__init__(max_length=400, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A key becomes its label; what was typed stays as it is."""
        if isinstance(value, Model):
            value = value.pk
        try:
            key = value if isinstance(value, UUID) else UUID(str(value))
        except ValueError:
            return value
        return self.finder.label_of(key) or ""

    def clean(self, value: Any) -> Model | None:
        typed = super().clean(value)
        return self.finder.one(typed) if typed else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


class FindableAdmin(admin.ModelAdmin):
    """Answers what staff write in a `FindField`, as they write it."""

    finder: Finder

    def get_urls(self) -> list[URLPattern]:
        find = path("find/", self.admin_site.admin_view(self.find), name=self.finder.url_name)
        return [find, *super().get_urls()]

    def find(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = clean(request.GET.get("q", ""))
        return JsonResponse({"found": self.finder.suggestions(typed) if typed else []})
