"""Spaces and places. What is hidden is not held: see docs/decisions/0006-masked-venues.md."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.fields import PointField
from assets.models.lifecycle import Assurance, Listing, ListingQuerySet, Move, Slug, Status
from assets.models.organisations import SortKey
from assets.models.places import InAreas, Place
from assets.models.postcodes import Postcode
from assets.models.reference import AccessFeature
from assets.places.postcodes import Part, readings
from thrive.models import Tag, WayOfWorking

FULL_POSTCODE = r"^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$"
# What staff call a hidden venue: its own name may say where it is. Kept, so not translated.
HIDDEN_NAMES = {"masked": "A home", "told": "A place the group will tell you"}
# A house does not end, or have a break.
PUBLIC_WORDS = {Status.PAUSED: _("is shut for now"), Status.ENDED: _("has closed")}


class VenueQuerySet(ListingQuerySet):
    def with_a_page(self) -> Self:
        """Those that everybody may know of. A hidden one has no page, no entry and no count."""
        return self.once_public().filter(shown=Venue.Shown.PUBLIC)

    def to_find(self) -> Self:
        return self.public().filter(shown=Venue.Shown.PUBLIC)


class Venue(InAreas, Listing):
    """A space or place.

    `point` is what everything public uses: distance, radius, order, map, feeds, print. Of a public
    venue it is the real one. Of a masked or told-when-you-join venue it is the fixed centre of the
    village, so that a few searches from chosen postcodes cannot find the house; neither its name,
    street, postcode nor real point is held at all.
    """

    class Shown(models.TextChoices):
        PUBLIC = "public", _("Everyone may know where it is")
        MASKED = "masked", _("Someone's home: only the village is shown")
        TOLD = "told", _("Told when you join: only the village is shown")

    name = models.CharField(_("name"), max_length=120)
    shown = models.CharField(
        _("who may know where it is"), max_length=10, choices=Shown, default=Shown.PUBLIC
    )
    summary = models.CharField(_("in one or two sentences"), max_length=250, blank=True)
    address = models.CharField(_("building and street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name=_("village or town"),
        on_delete=models.PROTECT,
        related_name="venues",
    )
    district = models.ForeignKey(
        "assets.Area",
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        related_name="venues",
        editable=False,
    )
    point = PointField(_("where distances are measured from"), editable=False)
    getting_there = models.TextField(
        _("getting there"),
        blank=True,
        max_length=1500,
        help_text=_("The bus stop, parking, the way in. Not for hidden places."),
    )
    hire = models.TextField(
        _("hiring it"),
        blank=True,
        max_length=600,
        help_text=_("Who may hire it, for how much, whom to ask. Empty if it is not for hire."),
    )
    access_features = models.ManyToManyField(
        AccessFeature,
        verbose_name=_("what makes it easy"),
        blank=True,
        limit_choices_to={"of_venue": True},
    )
    ways_of_working = models.ManyToManyField(
        WayOfWorking, verbose_name=_("ways of working"), through="VenueWayOfWorking"
    )

    objects: ClassVar = VenueQuerySet.as_manager()
    # Ward and parish follow from the point, and from boundaries that change without anybody here.
    history = HistoricalRecords(excluded_fields=["ward", "parish"])

    class Meta(Listing.Meta):
        ordering = [SortKey("name")]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            *Listing.Meta.constraints,
            models.CheckConstraint(
                name="venue_hidden_holds_nothing",
                condition=Q(shown="public")
                | Q(summary="", address="", postcode="", getting_there="", hire=""),
                violation_error_message=_(
                    "We do not keep the street, postcode or directions of a place we hide."
                ),
            ),
            models.CheckConstraint(
                name="venue_hidden_has_no_name",
                condition=Q(shown="public")
                | Q(shown="masked", name=HIDDEN_NAMES["masked"])
                | Q(shown="told", name=HIDDEN_NAMES["told"]),
                violation_error_message=_("We do not keep the name of a place we hide."),
            ),
            models.CheckConstraint(
                name="venue_public_has_a_postcode",
                condition=~Q(shown="public") | Q(postcode__regex=FULL_POSTCODE),
                violation_error_message=_("Write the whole postcode, like DE4 3AB."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"

    def clean(self) -> None:
        super().clean()
        if self.is_hidden and self.place_id and self.place.kind == Place.Kind.HAMLET:
            raise ValidationError(
                {
                    "place": _(
                        "In a hamlet everybody would know the house. Choose the nearest village."
                    )
                }
            )

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        self.locate()
        super().clean_fields(exclude)

    @property
    def public_words(self) -> str:
        return str(PUBLIC_WORDS.get(Status(self.status), super().public_words))

    @property
    def has_a_page(self) -> bool:
        return self.is_public and not self.is_hidden

    @property
    def is_hidden(self) -> bool:
        return self.shown != self.Shown.PUBLIC

    def locate(self) -> None:
        """Set point and district from what the venue says; of a hidden one, drop all else.

        Raises ValidationError where village or postcode are missing, or not in our lists.
        """
        if self.place_id is None:
            raise ValidationError({"place": _("Say which village or town it is in.")})
        if self.is_hidden:
            self.name = HIDDEN_NAMES.get(self.shown, "")
            self.summary = self.address = self.postcode = ""
            self.getting_there = self.hire = ""
            self.point, self.district = self.place.point, self.place.district
            self.ward_id, self.parish_id = self.place.ward_id, self.place.parish_id
        else:
            postcode = self._find_postcode()
            self.postcode = str(postcode)
            self.point, self.district = postcode.point, postcode.district
            self.ward_id, self.parish_id = postcode.ward_id, postcode.parish_id

    def _find_postcode(self) -> Postcode:
        meant = [one.code for one in readings(self.postcode) if one.part is Part.FULL]
        if not meant:
            raise ValidationError({"postcode": _("Write the whole postcode, like DE4 3AB.")})
        found = Postcode.objects.select_related("district").in_bulk(meant)
        for code in meant:
            if code in found:
                return found[code]
        raise ValidationError(
            {"postcode": _("We do not know this postcode. Is it in or near the district?")}
        )


class VenueMove(Move):
    listing = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="moves")


class VenueSlug(Slug):
    listing = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="slugs")


class VenueAssurance(Assurance):
    listing = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="checks")


class VenueWayOfWorking(Tag):
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE)
    way_of_working = models.ForeignKey(
        WayOfWorking, verbose_name=_("way of working"), on_delete=models.PROTECT
    )

    class Meta(Tag.Meta):
        verbose_name = _("way of working")
        verbose_name_plural = _("ways of working")
        constraints = [
            *Tag.Meta.constraints,
            models.UniqueConstraint(
                "venue",
                "way_of_working",
                name="venue_way_once",
                violation_error_message=_("That way of working is there already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.way_of_working)
