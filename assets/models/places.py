"""Where things are: the tree of areas, and our list of places.

All rows come from `assets.places.load`; docs/decisions/0003-places.md says from where.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from assets.fields import PointField, on_the_grid
from assets.models.organisations import SortKey


class _Replace(Func):
    """Every match of a regular expression, replaced."""

    function = "regexp_replace"
    output_field = models.TextField()

    def __init__(self, text: models.expressions.Combinable, pattern: str, by: str) -> None:
        super().__init__(text, Value(pattern), Value(by), Value("g"))


class Area(models.Model):
    """A county, district, ward, parish or smaller, by its code from the Office for National
    Statistics.
    """

    class Kind(models.TextChoices):
        COUNTY = "county", _("County")
        DISTRICT = "district", _("District")
        WARD = "ward", _("Ward")
        PARISH = "parish", _("Parish")
        # Lower layer super output area: some 1,500 people, for figures only.
        LSOA = "lsoa", _("Small area for statistics")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        _("code"),
        max_length=9,
        unique=True,
        help_text=_("From the Office for National Statistics, such as E07000035."),
        error_messages={"unique": _("There is an area with that code already.")},
    )
    name = models.CharField(_("name"), max_length=100)
    name_in_text = models.CharField(
        _("name in a sentence"),
        max_length=100,
        help_text=_("Such as “the Derbyshire Dales”; else the name."),
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        related_name="parts",
        null=True,
        blank=True,
    )

    class Meta:
        ordering = [SortKey(F("name"))]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(
                name="area_code_is_a_code",
                condition=Q(code__regex=r"^[A-Z][0-9]{8}$"),
                violation_error_message=_("A code is a letter and eight digits, like E07000035."),
            ),
            models.CheckConstraint(
                name="area_kind_known",
                condition=Q(kind__in=["county", "district", "ward", "parish", "lsoa"]),
                violation_error_message=_("Say what kind of area it is."),
            ),
            models.CheckConstraint(
                name="area_knows_its_parent",
                condition=Q(kind="county", parent=None)
                | Q(kind="district")
                | Q(kind__in=["ward", "parish", "lsoa"], parent__isnull=False),
                violation_error_message=_(
                    "A ward or parish is part of a district. A county is part of nothing."
                ),
            ),
            models.CheckConstraint(
                name="area_not_in_itself",
                condition=~Q(parent=F("id")),
                violation_error_message=_("An area cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_text(self) -> str:
        """Its name as a sentence has it: “the Derbyshire Dales”."""
        return self.name_in_text or self.name

    @property
    def education_authority(self) -> "Area":
        """The council that sets term dates: the county, or the district where there is none."""
        return self.parent.education_authority if self.parent else self


class InAreas(models.Model):
    """What lies in a ward and a parish, by boundaries: written by `assets.places.boundaries`."""

    ward = models.ForeignKey(
        Area,
        verbose_name=_("ward"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    parish = models.ForeignKey(
        Area,
        verbose_name=_("parish"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )

    class Meta:
        abstract = True


class Place(InAreas):
    """A town, village or hamlet of our own list: assets/places/places.csv."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        TOWN = "town", _("Town")
        VILLAGE = "village", _("Village")
        HAMLET = "hamlet", _("Hamlet")
        SUBURB = "suburb", _("Part of a town")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("address"),
        max_length=90,
        unique=True,
        error_messages={"unique": _("There is a place with that address already.")},
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    point = PointField(_("its middle"))
    district = models.ForeignKey(
        Area,
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        related_name="places",
        limit_choices_to={"kind": Area.Kind.DISTRICT},
    )
    aliases = models.TextField(
        _("other names"),
        blank=True,
        max_length=500,
        help_text=_("One a line: other spellings, short forms, names of old."),
    )
    source = models.CharField(_("source"), max_length=120)
    # Every name on a line of its own between two line breaks, as `assets.places.words.plain`
    # writes what a visitor types. Generated, so that nothing can forget to bring it up to date.
    search_names = models.GeneratedField(
        expression=_Replace(
            _Replace(
                _Replace(
                    SortKey(
                        Concat(
                            Value("\n"),
                            F("name"),
                            Value("\n"),
                            F("aliases"),
                            Value("\n"),
                            output_field=models.TextField(),
                        )
                    ),
                    "['’]",
                    "",
                ),
                "[^a-z0-9\n]+",
                " ",
            ),
            " ?\n[ \n]*",
            "\n",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        ordering = [SortKey(F("name"))]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [
            GistIndex(OpClass(F("search_names"), "gist_trgm_ops"), name="place_search_names"),
            GistIndex("point", name="place_point"),
        ]
        constraints = [
            models.CheckConstraint(
                name="place_kind_known",
                condition=Q(kind__in=["city", "town", "village", "hamlet", "suburb"]),
                violation_error_message=_("Say what kind of place it is."),
            ),
            models.CheckConstraint(
                name="place_on_the_grid",
                condition=on_the_grid("point"),
                violation_error_message=_("That is not a point of the British National Grid."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over_the_border(self) -> bool:
        """Outside the district that this site is about."""
        return self.district.code != settings.DISTRICT
