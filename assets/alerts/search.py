"""What an alert keeps of a search, and what it leaves out: see docs/decisions/0024-alerts.md."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.ages import BANDS, Age, band_in_words
from assets.asked import Asked, understood
from assets.forms import DEFAULT_MILES, ActivitySearchForm, without_the_usual
from assets.places.resolve import NotResolved, Resolved
from assets.question import Question
from assets.search.options import FILTERS
from assets.search_words import chips


@dataclass(frozen=True)
class Kept:
    """`options` is a query string without words, always written in the same order.

    `words` may be kept if somebody says so; there are none where they are of crisis. `told` says
    what is left out or put otherwise, a sentence each.
    """

    options: str
    words: str
    told: list[str]

    @property
    def in_words(self) -> list[str]:
        return in_words(self.options)

    def with_words(self) -> str:
        words = [("q", self.words)] if self.words else []
        return "&".join(filter(None, [urlencode(words), self.options]))


def kept(question: Question) -> Kept | None:
    """None for values that no search has, and for a place that nobody knows."""
    if not question.form.is_valid():
        return None
    asked = understood(question.form.cleaned_data, today=timezone.localdate())
    if isinstance(asked.place, NotResolved):
        return None
    told: list[str] = []
    pairs = [*_place(asked, told), *_ages(asked, told), *_options(asked)]
    if asked.query.when:
        told.append(_("We leave out the days: we tell you what is new, whenever it is on."))
    words = "" if question.help_first else " ".join(asked.query.words.lower().split())
    if question.help_first:
        told.append(_("We do not keep your words."))
    return Kept(urlencode(pairs), words, told)


def _place(asked: Asked, told: list[str]) -> list[tuple[str, str]]:
    """A village or town by its name; of a postcode its first half alone."""
    if not isinstance(asked.place, Resolved):
        return []
    near = asked.place.coarse
    if near != asked.place.label:
        words = _("We do not keep your postcode. We look near the middle of %(outward)s instead.")
        told.append(words % {"outward": near})
    pairs = [("near", near)]
    if asked.query.within != DEFAULT_MILES:
        pairs.append(("within", str(round(asked.query.within))))
    return pairs


def _ages(asked: Asked, told: list[str]) -> list[tuple[str, str]]:
    if asked.typed["ages"]:
        return [("ages", asked.typed["ages"])]
    if asked.query.age is None:
        return []
    band = _band(asked.query.age)
    if band is None:
        told.append(_("We do not keep the age."))
        return []
    words = _("We do not keep an age. We look for what is for ages %(ages)s.")
    told.append(words % {"ages": band_in_words(band)})
    return [("ages", band)]


def _band(age: Age) -> str | None:
    if age.in_pregnancy:
        return None
    return next((name for name, (first, end) in BANDS.items() if first <= age.months < end), None)


def _options(asked: Asked) -> list[tuple[str, str]]:
    query = asked.query
    pairs = [
        (one.name, value) for one in FILTERS for value in sorted(query.options.get(one.name, ()))
    ]
    pairs += [("time", value) for value in sorted(query.times)]
    if query.serves:
        pairs.append(("serves", "yes"))
    if asked.typed["part"]:
        pairs.append(("part", asked.typed["part"].key))
    return pairs


def read(search: str) -> Asked | None:
    """The search as it is understood today; None where it names what is no more, say a theme."""
    form = ActivitySearchForm(without_the_usual(QueryDict(search)))
    if not form.is_valid():
        return None
    asked = understood(form.cleaned_data, today=timezone.localdate())
    return None if isinstance(asked.place, NotResolved) else asked


def in_words(search: str) -> list[str]:
    """Each thing that narrows it, in words; all there is where nothing does."""
    asked = read(search)
    said = [label for label, _url in chips(QueryDict(search), asked)] if asked else []
    return said or [_("Everything on the board")]


def page_url(search: str) -> str:
    """The page of this search, its words as they were kept."""
    exact = "&exact=1" if "q" in QueryDict(search) else ""
    return reverse("activities") + (f"?{search}{exact}" if search else "")


def without_words(search: str) -> str:
    """What may stand in a mail."""
    asked = QueryDict(search, mutable=True)
    asked.pop("q", None)
    return asked.urlencode()
