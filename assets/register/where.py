"""Where it is: a hall that we know, a new place, or a home, of which only the village is held."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.importing.problems import NotUnderstood
from assets.importing.reading.places import Places
from assets.models import Area, Place, Venue
from assets.models.activities import WayToTakePart
from assets.places.postcodes import Part, readings
from assets.places.words import clean
from assets.proposals.fields import ACTIVITY
from assets.register.forms import ChoicesField, LineField, OneOfField, StepForm
from assets.saying import Values

NEW, HOME, TOLD = "new", "home", "told"
HIDDEN = {HOME: Venue.Shown.MASKED.value, TOLD: Venue.Shown.TOLD.value}
MOST_FOUND, ALIKE = 8, 0.5
OTHERWISE = [
    (NEW, gettext_lazy("Another place, which you can add below")),
    (HOME, gettext_lazy("Somebody’s home: families see the village only")),
    (TOLD, gettext_lazy("We tell people when they join: families see the village only")),
]


def known_venues(typed: str) -> list[Venue]:
    """Places that everybody may know of, by their postcode or by a name like this one."""
    if not (words := clean(typed)):
        return []
    venues = Venue.objects.to_find().select_related("place")
    full = [str(one) for one in readings(words) if one.part is Part.FULL]
    outward = [one.outward for one in readings(words) if one.part is Part.OUTWARD]
    if full:
        return list(venues.filter(postcode__in=full)[:MOST_FOUND])
    if outward:
        return list(venues.filter(postcode__startswith=f"{outward[0]} ")[:MOST_FOUND])
    likeness = TrigramWordSimilarity(words, "name")
    alike = venues.annotate(likeness=likeness).filter(
        Q(likeness__gte=ALIKE) | Q(name__icontains=words) | Q(place__name__iexact=words)
    )
    return list(alike.order_by("-likeness", "name")[:MOST_FOUND])


class WhereForm(StepForm):
    of = ACTIVITY
    template = "assets/register/_where.html"
    writes = {
        "ways_to_take_part": ("ways", "at"),
        "venue": ("ways", "at", "name", "address", "postcode", "village"),
        "new_venue": ("ways", "at", "name", "address", "postcode", "village"),
        "area_served": ("area",),
    }
    wanted = {
        "ways_to_take_part": gettext_lazy(
            "Say where it is, or that it is online, by phone or at home."
        )
    }
    ways = ChoicesField(
        label=gettext_lazy("How do people take part?"), choices=WayToTakePart.choices
    )
    find = LineField(
        label=gettext_lazy("Find the hall or place"),
        help_text=gettext_lazy("Its name, its postcode, or the village."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    at = OneOfField(label=gettext_lazy("Where do people meet?"))
    name = LineField(label=gettext_lazy("Name of the place"), max_length=120)
    address = LineField(label=gettext_lazy("Building and street"), max_length=200)
    postcode = LineField(
        label=gettext_lazy("Postcode"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    village = LineField(
        label=gettext_lazy("Town or village"),
        help_text=gettext_lazy(
            "All that we need for a home, or for a place that you keep private."
        ),
        max_length=80,
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Online, by phone or at home: for which area?"), required=False
    )

    def __init__(self, base: Values, data: Any = None) -> None:
        super().__init__(base, data)
        self.looked_for = clean(str(data.get("find", ""))) if data else ""
        self.found = known_venues(self.looked_for)
        offered = {str(venue.pk): _called(venue) for venue in self.found}
        chosen = str(data.get("at", "")) if data else ""
        for key in (base["venue"], chosen):
            if key and key not in offered and (venue := _venue(key, base["venue"])):
                offered = {key: _called(venue)} | offered
        self.fields["at"].choices = [*offered.items(), *OTHERWISE]  # type: ignore[attr-defined]
        kinds = (Area.Kind.COUNTY, Area.Kind.DISTRICT)
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("Everywhere")),
            *((area.code, area.name) for area in Area.objects.filter(kind__in=kinds)),
        ]

    @classmethod
    def missing(cls, values: Values) -> Iterator[tuple[str, str]]:
        yield from super().missing(values)
        meets = WayToTakePart.IN_PERSON in values["ways_to_take_part"]
        if meets and not (values["venue"] or values["new_venue"]):
            yield "venue", _("Say where people meet.")

    def initial_of(self, base: Values) -> dict[str, Any]:
        new = base["new_venue"] or {}
        shown = {value: at for at, value in HIDDEN.items()}.get(new.get("shown", ""), NEW)
        place = Place.objects.filter(slug=new["place"]).first() if new.get("place") else None
        return {
            "ways": base["ways_to_take_part"],
            "at": shown if new else base["venue"] or "",
            "village": place.name if place else "",
            "area": base["area_served"] or "",
        } | {name: new.get(name, "") for name in ("name", "address", "postcode")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._new: Values | None = None
        at = cleaned.get("at", "")
        if at and not cleaned.get("ways"):
            # Whoever says where people meet has said how they take part.
            cleaned["ways"] = [WayToTakePart.IN_PERSON.value]
        if WayToTakePart.IN_PERSON in cleaned.get("ways", []):
            self._meets_at(at, cleaned)
        # Else the page does not show where people meet: what was chosen there counts no more.
        return cleaned

    def _meets_at(self, at: str, typed: dict[str, Any]) -> None:
        places = Places.for_cells([typed.get("postcode") or ""])
        if at in HIDDEN:
            # Nothing else of it is kept, not even what was typed.
            self._new = {"shown": HIDDEN[at], "place": self._village(places, typed)}
            place = Place.objects.filter(slug=self._new["place"]).first()
            if place and place.kind == Place.Kind.HAMLET:
                self.add_error(
                    "village", _("Everybody would know the house. Name a bigger village.")
                )
        elif at == NEW:
            postcode = self._postcode(places, typed)
            place_of = self._village(places, typed, postcode)
            if not typed.get("name") and "name" not in self.errors:
                self.add_error("name", _("Say what the place is called."))
            self._new = {
                "name": typed.get("name", ""),
                "shown": Venue.Shown.PUBLIC.value,
                "address": typed.get("address", ""),
                "postcode": postcode,
                "place": place_of,
            }

    def _postcode(self, places: Places, typed: dict[str, Any]) -> str:
        try:
            if not (found := places.postcodes(typed.get("postcode") or "")):
                raise NotUnderstood(_("Write the whole postcode, like DE4 3AB."))
            return found[0]
        except NotUnderstood as error:
            self.add_error("postcode", str(error))
            return ""

    def _village(self, places: Places, typed: dict[str, Any], postcode: str = "") -> str:
        if not typed.get("village") and postcode:
            return places.nearest_village(postcode)
        try:
            if not typed.get("village"):
                raise NotUnderstood(_("Say which town or village it is in."))
            return places.village(typed["village"])
        except NotUnderstood as error:
            if "village" not in self.errors:
                self.add_error("village", str(error))
            return ""

    def value_of(self, name: str) -> Any:
        meets = WayToTakePart.IN_PERSON in self.cleaned_data["ways"]
        at = self.cleaned_data["at"] if meets else ""
        match name:
            case "venue":
                return at if at and at not in (NEW, *HIDDEN) else None
            case "new_venue":
                return self._new
            case "area_served":
                return self.cleaned_data["area"] or None
        return super().value_of(name)


def _called(venue: Venue) -> str:
    said = [str(venue), venue.postcode]
    if venue.is_example:
        said.append(_("example"))
    return ", ".join(filter(None, said))


def _venue(key: str, own: str | None) -> Venue | None:
    """Public, and no secret: or the one that it has today, whatever that is."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    venues = Venue.objects.select_related("place")
    known = venues.all() if key == own else venues.to_find()
    found: Venue | None = known.filter(pk=pk).first()
    return found
