"""Groups and places, searched and narrowed down: what a FilterSet asks, and what it counts.

Every question of ticks is a table that says which option stands on which row. Choosing narrows by
that table, and counting reads it once: one statement for each question, however many rows.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assets import offered
from assets.asked import areas_of
from assets.forms import ActivitySearchForm, without_the_usual
from assets.kept import kept
from assets.models import (
    AccessFeature,
    Activity,
    ActivityNeedsGroup,
    ActivityTheme,
    OrganisationTheme,
    OrganisationWayOfWorking,
    SearchRow,
    Venue,
    VenueWayOfWorking,
)
from assets.models.organisations import SortKey
from assets.places.grid import METRES_IN_A_MILE, GridPoint
from assets.places.resolve import NotResolved, Resolved, resolve
from assets.places.words import plain
from assets.search.query import Sort
from assets.tagged import RUN_BY, Metres, Tags, of, of_activities
from thrive.models import WayOfWorking


def _ways_of_working() -> offered.Choices:
    return kept(
        f"ways-of-working:{get_language()}",
        lambda: list(WayOfWorking.objects.values_list("slug", "name")),
    )


def _access_of_venues() -> offered.Choices:
    return kept(
        f"access-of-venues:{get_language()}",
        lambda: list(AccessFeature.objects.filter(of_venue=True).values_list("slug", "name")),
    )


def _ticks(label: Any, choices: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label,
        choices=choices,
        method="by_tag",
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def _words(label: Any) -> django_filters.CharFilter:
    return django_filters.CharFilter(
        label=label,
        method="by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Use fewer words: 100 letters at most.")},
    )


class NearForm(forms.Form):
    """Where, how far, and in what order: asked as the search for activities asks it."""

    near = ActivitySearchForm.base_fields["near"]
    within = ActivitySearchForm.base_fields["within"]
    sort = forms.ChoiceField(
        label=_("In what order"),
        required=False,
        choices=[("", ""), (Sort.NEAREST, _("Nearest")), (Sort.NAME, _("A to Z"))],
        error_messages={"invalid_choice": _("Choose an order from the list.")},
    )


class DirectoryFilter(django_filters.FilterSet):
    """Or within one question, and between questions. Of those in `every`, all that is chosen.

    `tags` are the questions with ticks, in the order of the page.
    """

    tags: ClassVar[dict[str, tuple[Tags, ...]]]
    every: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        form = NearForm

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        super().__init__(without_the_usual(data), queryset)

    @cached_property
    def place(self) -> Resolved | NotResolved | None:
        typed = self.form.cleaned_data["near"]
        return resolve(typed) if typed else None

    @property
    def near(self) -> GridPoint | None:
        return self.place.point if isinstance(self.place, Resolved) else None

    @property
    def metres(self) -> float:
        """How far anybody wants to go."""
        return float(self.form.cleaned_data["within"]) * METRES_IN_A_MILE

    @property
    def sort(self) -> Sort:
        """By distance where a place was asked about, unless the name was chosen."""
        chosen = self.form.cleaned_data["sort"]
        return Sort.NEAREST if self.near and chosen != Sort.NAME else Sort.NAME

    def chosen(self) -> dict[str, list[str]]:
        return {name: self.form.cleaned_data[name] for name in self.tags}

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.found(queryset)

    def found(self, listings: QuerySet, *, without: str = "") -> QuerySet:
        """All that is asked for; or but for one question."""
        for name, one in self.filters.items():
            if name != without:
                listings = one.filter(listings, self.form.cleaned_data[name])
        return self.close_to(listings, self.near) if self.near else listings

    def in_order(self) -> QuerySet:
        """What was found, as the page lists it: with `metres`, where a place was asked about."""
        by_name = (SortKey(F("name")), "pk")
        listings: QuerySet = self.qs
        if self.near:
            listings = listings.annotate(metres=self.metres_from(self.near))
        if self.sort == Sort.NAME:
            listings = listings.order_by(*by_name)
        else:
            listings = listings.order_by(F("metres").asc(nulls_last=True), *by_name)
        return listings

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each question and option: how many there would be if that were chosen too."""
        return {name: self._count(name) for name in self.tags}

    def _count(self, name: str) -> Mapping[str, int]:
        listings = self.found(self.queryset, without="" if name in self.every else name)
        keys = listings.order_by().values("pk")
        first, *rest = [
            one.rows.filter(**{f"{one.listing}__in": keys})
            .order_by()
            .values_list(one.option, one.listing)
            for one in self.tags[name]
        ]
        # Twice where one of a group's activities has it, and another one, too: counted once.
        return Counter(option for option, _listing in (first.union(*rest) if rest else first))

    def by_tag(self, listings: QuerySet, name: str, value: list[str]) -> QuerySet:
        for options in [[one] for one in value] if name in self.every else [value]:
            any_of = Q()
            for one in self.tags[name]:
                having = one.rows.filter(**{f"{one.option}__in": options})
                any_of |= Q(pk__in=having.order_by().values(one.listing))
            listings = listings.filter(any_of)
        return listings

    def by_words(self, listings: QuerySet, name: str, value: str) -> QuerySet:
        """Every word somewhere in what a listing is called or says, whatever case and accents."""
        keys = {f"said_{n}": SortKey(F(field)) for n, field in enumerate(self.said_in)}
        listings = listings.alias(**keys)
        for word in value.split():
            anywhere = Q()
            for key in keys:
                anywhere |= Q(**{f"{key}__contains": SortKey(Value(word))})
            listings = listings.filter(anywhere | self.also_called(word))
        return listings

    # The columns that are looked at for words.
    said_in: ClassVar[tuple[str, ...]]

    def also_called(self, word: str) -> Q:
        return Q(pk__in=[])

    def close_to(self, listings: QuerySet, near: GridPoint) -> QuerySet:
        raise NotImplementedError

    def metres_from(self, near: GridPoint) -> Any:
        raise NotImplementedError


class OrganisationFilter(DirectoryFilter):
    """Groups: by their own words, and by what is on the board of all that they run."""

    name = _words(_("Name, or what they do"))
    needs = _ticks(_("What would help?"), lambda: offered.choices()["needs"])
    who = _ticks(_("Who it is for"), lambda: offered.choices()["who"])
    theme = _ticks(_("On your mind"), lambda: offered.choices()["theme"])
    working = _ticks(_("How they work"), _ways_of_working)

    tags = {
        "needs": of_activities(ActivityNeedsGroup, "needs_group"),
        "who": of_activities(Activity.audiences.through, "audience"),
        "theme": (
            *of_activities(ActivityTheme, "theme"),
            of(OrganisationTheme, "theme", "organisation"),
        ),
        "working": (of(OrganisationWayOfWorking, "way_of_working", "organisation"),),
    }
    said_in = ("name", "summary")

    def close_to(self, listings: QuerySet, near: GridPoint) -> QuerySet:
        """With something near; or with something that needs no journey, for people there."""
        areas = areas_of(self.place) if isinstance(self.place, Resolved) else ()
        served = Q(area_served=None) | Q(area_served__in=areas) if areas else Q()
        rows = SearchRow.objects.alias(metres=Metres("point", near)).filter(
            Q(metres__lte=self.metres) | Q(point=None) & served, activity__isnull=False
        )
        any_of = Q()
        for path in RUN_BY:
            any_of |= Q(pk__in=rows.values(path))
        return listings.filter(any_of)

    def metres_from(self, near: GridPoint) -> Any:
        """To the nearest of its venues that is near enough. A hidden one's middle stands for it."""
        rows = SearchRow.objects.alias(far=Metres("point", near)).filter(far__lte=self.metres)
        nearest = [
            # Not the first in order of distance: that would walk the map anew for each group.
            Subquery(
                rows.filter(**{path: OuterRef("pk")})
                .values(path)
                .annotate(nearest=Min("far"))
                .values("nearest")
            )
            for path in RUN_BY
        ]
        # PostgreSQL's least() looks past what is not known.
        return Least(*nearest)


class VenueFilter(DirectoryFilter):
    """Places that everybody may know of."""

    name = _words(_("Name or village"))
    access = _ticks(_("What makes it easy"), _access_of_venues)
    hire = _ticks(_("To hire"), [("yes", _("Can be hired"))])
    working = _ticks(_("How people work there"), _ways_of_working)

    tags = {
        "hire": (Tags(Venue.objects.exclude(hire="").annotate(yes=Value("yes")), "yes", "pk"),),
        "access": (of(Venue.access_features.through, "accessfeature", "venue"),),
        "working": (of(VenueWayOfWorking, "way_of_working", "venue"),),
    }
    every = frozenset({"access"})
    said_in = ("name", "summary", "place__name")

    def also_called(self, word: str) -> Q:
        """A village by its other names."""
        name = plain(word)
        return Q(place__search_names__contains=name) if name else super().also_called(word)

    def close_to(self, listings: QuerySet, near: GridPoint) -> QuerySet:
        close: QuerySet = listings.alias(far=Metres("point", near)).filter(far__lte=self.metres)
        return close

    def metres_from(self, near: GridPoint) -> Any:
        return Metres("point", near)
