"""Awards searched and narrowed down: what the FilterSet asks, and what it counts."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, Func, Q, TextField, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets import offered
from assets.kept import kept
from assets.library import ticks
from assets.slugs import in_an_address
from grants.models import PublishedGrant
from grants.models.published import WORDS, GrantSource, PublishedGrantQuerySet

THEIRS = "theirs"
# In pounds: from, and below.
BANDS: dict[str, tuple[int, int | None]] = {
    "500": (0, 500),
    "2000": (500, 2_000),
    "10000": (2_000, 10_000),
    "50000": (10_000, 50_000),
    "more": (50_000, None),
}
# Of places and programmes, so many stand on the page: those of most grants.
MOST_OPTIONS = 60


class Unnest(Func):
    """A row for each word of a list."""

    function = "unnest"
    output_field = TextField()
    set_returning = True


def _bands() -> offered.Choices:
    return [
        ("500", gettext("Below £500")),
        ("2000", gettext("£500 to £2,000")),
        ("10000", gettext("£2,000 to £10,000")),
        ("50000", gettext("£10,000 to £50,000")),
        ("more", gettext("£50,000 or more")),
    ]


def _in_band(name: str) -> Q:
    least, below = BANDS[name]
    band = Q(currency="GBP", amount_awarded__gte=least)
    return band if below is None else band & Q(amount_awarded__lt=below)


# How each question reads a grant: one word, or several, that its options are named by.
READS: dict[str, Any] = {
    "whose": Case(When(source=GrantSource.THEIRS, then=Value(THEIRS))),
    "programme": "programme",
    "place": Unnest("place_names"),
    "needs": Unnest("needs"),
    "theme": Unnest("themes"),
    "amount": Case(*(When(_in_band(name), then=Value(name)) for name in BANDS)),
    "year": Cast(ExtractYear("award_date"), TextField()),
}


# Their options are what funders wrote; in an address, as titles are written there.
BY_NAME = ("programme", "place")


def _named(name: str) -> dict[str, list[str]]:
    """What is written in an address → the words that it stands for, as funders wrote them."""
    return kept(f"awards-{name}", lambda: _by_address(_words(READS[name])))


def _by_address(words: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in words:
        found.setdefault(in_an_address(one), []).append(one)
    # A name of signs alone has no address.
    found.pop("", None)
    return found


def _there(name: str) -> offered.Choices:
    return [(address, words[0]) for address, words in _named(name).items()]


def _written(name: str, addresses: list[str]) -> list[str]:
    named = _named(name)
    return [word for address in addresses for word in named.get(address, ())]


def _words(reads: Any) -> list[str]:
    rows = PublishedGrant.objects.order_by().annotate(word=_expression(reads))
    found = rows.values_list("word", flat=True).distinct()
    return sorted((one for one in found if one), key=str.casefold)


def _expression(reads: Any) -> Any:
    return Cast(reads, TextField()) if isinstance(reads, str) else reads


def _years() -> offered.Choices:
    years = kept("awards-year", lambda: _words(READS["year"]))
    return [(year, year) for year in reversed(years)]


class AwardFilter(django_filters.FilterSet):
    """Or within one question, and between questions. Ours alone, unless others' are asked for."""

    q = django_filters.CharFilter(
        label=_("Name of a group, or words"),
        method="by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Use fewer words: 100 letters at most.")},
    )
    whose = ticks(_("Whose grants"), lambda: [(THEIRS, _("Other funders’, too"))])
    programme = ticks(_("Round or programme"), lambda: _there("programme"))
    place = ticks(_("Place"), lambda: _there("place"))
    needs = ticks(_("What would help?"), lambda: offered.choices()["needs"])
    theme = ticks(_("On your mind"), lambda: offered.choices()["theme"])
    amount = ticks(_("How much"), _bands)
    year = ticks(_("Year"), _years)

    questions: ClassVar[tuple[str, ...]] = tuple(READS)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, PublishedGrant.objects.all())

    def chosen(self) -> dict[str, list[str]]:
        return {name: self.form.cleaned_data[name] for name in self.questions}

    def choices(self) -> dict[str, offered.Choices]:
        return {
            name: [(value, str(label)) for value, label in self.form.fields[name].choices]
            for name in self.questions
        }

    def filter_queryset(self, queryset: PublishedGrantQuerySet) -> PublishedGrantQuerySet:
        return self.found(queryset)

    def found(self, grants: PublishedGrantQuerySet, *, without: str = "") -> PublishedGrantQuerySet:
        """All that is asked for; or but for one question."""
        for name, one in self.filters.items():
            if name != without:
                grants = one.filter(grants, self.form.cleaned_data[name])
        if without == "whose" or THEIRS in self.form.cleaned_data["whose"]:
            return grants
        return grants.ours()

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each question and option: how many there would be if that were chosen too."""
        return {name: self._count(name) for name in self.questions}

    def _count(self, name: str) -> dict[str, int]:
        rows = self.found(self.queryset, without=name).order_by()
        counted = rows.annotate(word=_expression(READS[name])).values("word")
        most = counted.annotate(n=Count("pk")).order_by("-n", "word")[:MOST_OPTIONS]
        found: Counter[str] = Counter()
        for one in most:
            word = one["word"] or ""
            found[in_an_address(word) if name in BY_NAME else word] += one["n"]
        return found

    def by_choice(
        self, grants: PublishedGrantQuerySet, name: str, value: list[str]
    ) -> PublishedGrantQuerySet:
        match name:
            case "whose":
                return grants
            case "amount":
                any_of = Q()
                for one in value:
                    any_of |= _in_band(one)
                return grants.filter(any_of)
            case "year":
                return grants.filter(award_date__year__in=value)
            case "programme":
                return grants.filter(programme__in=_written("programme", value))
            case "place":
                value = _written("place", value)
        column = {"place": "place_names", "needs": "needs", "theme": "themes"}[name]
        return grants.filter(**{f"{column}__overlap": value})

    def by_words(
        self, grants: PublishedGrantQuerySet, name: str, value: str
    ) -> PublishedGrantQuerySet:
        """As web searches read it: all of the words, “in this order”, -without."""
        return grants.filter(said_words=SearchQuery(value, config=WORDS, search_type="websearch"))
