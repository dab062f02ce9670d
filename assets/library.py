"""Lists of what is to read, searched by words and narrowed by ticks: the FilterSet of each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet, Value
from django.http import Http404
from django.utils.translation import gettext_lazy

from assets import offered
from assets.models.organisations import SortKey
from assets.pages import page_links, page_number, with_parameter
from assets.search.query import PAGE_SIZE
from assets.search_words import Chip, without


def ticks(label: Any, choices: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label,
        choices=choices,
        method="by_choice",
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )


class LibraryFilter(django_filters.FilterSet):
    """Or within one question, and between questions.

    `columns` are the questions with ticks; `several` are those whose column is a list, `tagged`
    those whose column is a relation to many. Words are looked for in `said_in`.
    """

    q = django_filters.CharFilter(
        label=gettext_lazy("Words"),
        method="by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Use fewer words: 100 letters at most.")},
    )

    columns: ClassVar[dict[str, str]]
    several: ClassVar[frozenset[str]] = frozenset()
    tagged: ClassVar[frozenset[str]] = frozenset()
    said_in: ClassVar[tuple[str, ...]]

    def chosen(self) -> dict[str, list[str]]:
        return {name: self.form.cleaned_data[name] for name in self.columns}

    def choices(self) -> dict[str, offered.Choices]:
        return {
            name: [(value, str(label)) for value, label in self.form.fields[name].choices]
            for name in self.columns
        }

    @property
    def words(self) -> str:
        words: str = self.form.cleaned_data["q"]
        return words

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.found(queryset)

    def found(self, rows: QuerySet, *, without: str = "") -> QuerySet:
        """All that is asked for; or but for one question."""
        for name, one in self.filters.items():
            if name != without:
                rows = one.filter(rows, self.form.cleaned_data[name])
        return rows

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each question and option: how many there would be if that were chosen too."""
        return {name: self._count(name) for name in self.columns}

    def _count(self, name: str) -> Mapping[str, int]:
        values = self.found(self.queryset, without=name).order_by().values_list(self.columns[name])
        if name in self.several:
            return Counter(one for (several,) in values for one in several)
        return Counter(one for (one,) in values if one)

    def by_choice(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        column = self.columns[name]
        if name in self.several:
            return rows.filter(**{f"{column}__overlap": value})
        if name not in self.tagged:
            return rows.filter(**{f"{column}__in": value})
        # By their keys: a row with two of the tags is one row.
        tagged = rows.model._default_manager.filter(**{f"{column}__in": value})
        return rows.filter(pk__in=tagged.order_by().values("pk"))

    def by_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Every word somewhere in what it is called or says, whatever case and accents."""
        keys = {f"said_{number}": SortKey(F(field)) for number, field in enumerate(self.said_in)}
        rows = rows.alias(**keys)
        for word in value.split():
            anywhere = Q()
            for key in keys:
                anywhere |= Q(**{f"{key}__contains": SortKey(Value(word))})
            rows = rows.filter(anywhere)
        return rows


def library_page(asked: LibraryFilter, *order: Any, everything: str) -> dict[str, Any]:
    """What such a page shows beside its heading; `everything` is the list with nothing asked.

    Without `rows` there is nothing to list: a value was bad. Raises Http404 for a page past the
    end.
    """
    context: dict[str, Any] = {"form": asked.form, "clear_url": everything}
    if not asked.is_valid():
        return context
    pages = Paginator(asked.qs.order_by(*order), PAGE_SIZE)
    number = page_number(asked.data.get("page", "1"))
    if number is None or number > pages.num_pages:
        raise Http404
    legends = {name: str(asked.filters[name].label) for name in asked.columns}
    return context | {
        "total": pages.count,
        "rows": pages.page(number).object_list,
        "chips": [*_chips(asked)],
        "page_links": page_links(asked.data, number, pages.num_pages),
        "groups": offered.groups(asked.chosen(), asked.counts(), asked.choices(), legends),
        "picked_count": sum(len(values) for values in asked.chosen().values()),
    }


def _chips(asked: LibraryFilter) -> Iterator[Chip]:
    """Each thing that narrows the list, with the address of the list without it."""
    if asked.words:
        yield f"“{asked.words}”", with_parameter(asked.data, "q", None)
    chosen = asked.chosen()
    for name, choices in asked.choices().items():
        for value, label in choices:
            if value in chosen[name]:
                yield label, without(asked.data, name, value)
