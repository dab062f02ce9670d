"""What there is to read, searched and narrowed down."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import F, Q, Value
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assets import offered
from assets.models import Reader, Resource
from assets.models.organisations import SortKey
from assets.models.resources import ResourceQuerySet
from assets.pages import page_links, page_number, with_parameter
from assets.search.query import PAGE_SIZE
from assets.search_words import Chip, without

SAID_IN = ("name", "summary", "publisher")


def _ticks(label: Any, choices: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label,
        choices=choices,
        method="by_choice",
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )


class ResourceFilter(django_filters.FilterSet):
    """Or within one question, and between questions."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Words"),
        method="by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Use fewer words: 100 letters at most.")},
    )
    reader = _ticks(gettext_lazy("For whom"), Reader.choices)
    theme = _ticks(gettext_lazy("On your mind"), lambda: offered.choices()["theme"])
    needs = _ticks(gettext_lazy("What would help?"), lambda: offered.choices()["needs"])

    columns: ClassVar[dict[str, str]] = {
        "reader": "readers",
        "theme": "themes",
        "needs": "needs_groups",
    }

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, Resource.objects.public())

    def chosen(self) -> dict[str, list[str]]:
        return {name: self.form.cleaned_data[name] for name in self.columns}

    def choices(self) -> dict[str, offered.Choices]:
        return {
            name: [(value, str(label)) for value, label in self.form.fields[name].choices]
            for name in self.columns
        }

    def filter_queryset(self, queryset: ResourceQuerySet) -> ResourceQuerySet:
        return self.found(queryset)

    def found(self, resources: ResourceQuerySet, *, without: str = "") -> ResourceQuerySet:
        """All that is asked for; or but for one question."""
        for name, one in self.filters.items():
            if name != without:
                resources = one.filter(resources, self.form.cleaned_data[name])
        return resources

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each question and option: how many there would be if that were chosen too."""
        return {name: self._count(name) for name in self.columns}

    def _count(self, name: str) -> Mapping[str, int]:
        values = self.found(self.queryset, without=name).order_by().values_list(self.columns[name])
        if name == "reader":
            return Counter(one for (readers,) in values for one in readers)
        return Counter(one for (one,) in values if one)

    def by_choice(
        self, resources: ResourceQuerySet, name: str, value: list[str]
    ) -> ResourceQuerySet:
        if name == "reader":
            return resources.filter(readers__overlap=value)
        tagged = Resource.objects.filter(**{f"{self.columns[name]}__in": value})
        return resources.filter(pk__in=tagged.order_by().values("pk"))

    def by_words(self, resources: ResourceQuerySet, name: str, value: str) -> ResourceQuerySet:
        """Every word somewhere in what it is called or says, whatever case and accents."""
        keys = {f"said_{number}": SortKey(F(field)) for number, field in enumerate(SAID_IN)}
        resources = resources.alias(**keys)
        for word in value.split():
            anywhere = Q()
            for key in keys:
                anywhere |= Q(**{f"{key}__contains": SortKey(Value(word))})
            resources = resources.filter(anywhere)
        return resources


def resources_page(asked: ResourceFilter) -> dict[str, Any]:
    """Without `resources` there is nothing to list: a value was bad. Raises Http404 for a page
    past the end.
    """
    context: dict[str, Any] = {"form": asked.form, "clear_url": reverse("resources")}
    if not asked.is_valid():
        return context
    pages = Paginator(asked.qs.order_by(SortKey(F("name"))), PAGE_SIZE)
    number = page_number(asked.data.get("page", "1"))
    if number is None or number > pages.num_pages:
        raise Http404
    legends = {name: str(asked.filters[name].label) for name in asked.columns}
    return context | {
        "chips": [*_chips(asked)],
        "heading": _heading(asked, pages.count),
        "resources": [
            (one, [reader.label for reader in Reader if reader in one.readers])
            for one in pages.page(number).object_list
        ],
        "page_links": page_links(asked.data, number, pages.num_pages),
        "groups": offered.groups(asked.chosen(), asked.counts(), asked.choices(), legends),
        "picked_count": sum(len(values) for values in asked.chosen().values()),
    }


def _heading(asked: ResourceFilter, count: int) -> str:
    said = ngettext("%d thing to read", "%d things to read", count) % count
    if not count:
        said = _("Nothing found")
    if words := asked.form.cleaned_data["q"]:
        return _("%(count)s for “%(words)s”") % {"count": said, "words": words}
    return said if any(asked.chosen().values()) else _("Good to read")


def _chips(asked: ResourceFilter) -> Iterator[Chip]:
    """Each thing that narrows the list, with the address of the list without it."""
    if words := asked.form.cleaned_data["q"]:
        yield f"“{words}”", with_parameter(asked.data, "q", None)
    chosen = asked.chosen()
    for name, choices in asked.choices().items():
        for value, label in choices:
            if value in chosen[name]:
                yield label, without(asked.data, name, value)
