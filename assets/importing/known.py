"""What of a file is here already: rows that came before, and listings that look the same."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from assets.importing.fields import ACTIVITY, GROUP, VENUE
from assets.importing.sheet import Wanted
from assets.importing.table import Cell
from assets.models import Activity, Contact, ImportedRow, Organisation, Status, Venue
from assets.places.words import plain
from assets.saying import AnyListing

MODELS: dict[str, type[Any]] = {GROUP: Organisation, VENUE: Venue, ACTIVITY: Activity}
Sign = tuple[str, ...]
COLUMNS = {GROUP: "organisation", VENUE: "venue", ACTIVITY: "activity"}


def id_of(of: str, key: str) -> str:
    """Names a row in a form: the same for the same row, whatever else is asked beside it."""
    return hashlib.sha256(f"{of}\n{key}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Duplicate:
    """A row that looks like what is here already. `why` says by what."""

    of: str
    key: str
    cell: Cell
    listing: AnyListing
    why: str

    @property
    def id(self) -> str:
        return id_of(self.of, self.key)

    @property
    def order(self) -> tuple[int, int]:
        """Row by row; within a row its group, its venue, its activity."""
        return (self.cell.row, [*MODELS].index(self.of))

    def __str__(self) -> str:
        said = {
            "row": self.cell.row,
            "column": self.cell.column,
            "found": self.cell.text,
            "listing": self.listing,
            "status": Status(self.listing.status).label.lower(),
            "why": self.why,
        }
        return (
            _(
                "Row %(row)d, column “%(column)s”: “%(found)s” may be here already as "
                "“%(listing)s” (%(status)s): %(why)s."
            )
            % said
        )


def keys_of(source: str, of: str, key: str) -> list[str]:
    """By which a row is stored: the first is today's.

    The others were made with a secret that has been changed since.
    """
    said = "\n".join([source, of, key])
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac("imported row", said, secret=secret, algorithm="sha256").hexdigest()
        for secret in secrets
    ]


class Rows:
    """The rows of one source that came before, by their keys; or only those of `among`."""

    def __init__(self, source: str, among: Iterable[Wanted] | None = None) -> None:
        self._source = source
        found = ImportedRow.objects.filter(source=source).select_related(
            "organisation", "venue__place", "activity__organisation", "activity__venue"
        )
        if among is not None:
            keys = (keys_of(source, wanted.of, wanted.key) for wanted in among)
            found = found.filter(key__in=[one for several in keys for one in several])
        self._rows = {row.key: row for row in found}
        self._activities = {row.key for row in found if row.activity_id}

    @property
    def absent(self) -> int:
        """How many activities came before, and were not asked for since."""
        return len(self._activities)

    def find(self, wanted: Wanted) -> ImportedRow | None:
        keys = keys_of(self._source, wanted.of, wanted.key)
        key = next((key for key in keys if key in self._rows), "")
        self._activities.discard(key)
        return self._rows.get(key)

    def new(self, wanted: Wanted, listing: AnyListing) -> ImportedRow:
        """Of a row that comes for the first time; to be stored once its listing is."""
        return ImportedRow(
            key=keys_of(self._source, wanted.of, wanted.key)[0],
            source=self._source,
            **{COLUMNS[wanted.of]: listing},
        )


class Lookalikes:
    """All that is here, by what it may be recognised by. Examples and hidden venues never are.

    Nor is what came from the source `but`: that is known by its rows.
    """

    def __init__(self, but: str = "", same: Mapping[str, AnyListing] | None = None) -> None:
        """`same`: what somebody has said a row is, by the id of the row."""
        self._same = same or {}
        self._known: dict[Sign, AnyListing] = {}
        self._why: dict[Sign, str] = {}
        theirs = ImportedRow.objects.filter(source=but) if but else ImportedRow.objects.none()
        groups = Organisation.objects.exclude(pk__in=_keys(theirs, "organisation"))
        for group in groups.filter(is_example=False):
            self._note(group, _("the same name"), GROUP, "name", plain(group.name))
            if group.charity_number:
                self._note(group, _("the same number"), GROUP, "charity", group.charity_number)
        contacts = Contact.objects.filter(organisation__in=groups.filter(is_example=False))
        for contact in contacts.select_related("organisation"):
            says = _("the same phone, e-mail or website")
            self._note(contact.organisation, says, GROUP, contact.kind, _bare(contact.value))
        venues = Venue.objects.exclude(pk__in=_keys(theirs, "venue"))
        for venue in venues.filter(is_example=False, shown=Venue.Shown.PUBLIC):
            says = _("the same name and postcode")
            self._note(venue, says, VENUE, plain(venue.name), venue.postcode)
        activities = Activity.objects.exclude(pk__in=_keys(theirs, "activity"))
        for activity in activities.filter(is_example=False).select_related("organisation", "venue"):
            says, title = _("the same name and place"), plain(activity.title)
            if activity.venue and activity.venue.postcode:
                self._note(activity, says, ACTIVITY, title, activity.venue.postcode)
            says = _("the same name and group")
            self._note(activity, says, ACTIVITY, title, "of", plain(activity.organisation.name))

    def _note(self, listing: Any, why: str, *sign: str) -> None:
        # What has been taken away or is over is nobody's double.
        if listing.status not in (Status.WITHDRAWN, Status.ENDED):
            self._known.setdefault(sign, listing)
            self._why.setdefault(sign, why)

    def find(self, wanted: Wanted) -> Duplicate | None:
        if listing := self._same.get(id_of(wanted.of, wanted.key)):
            name = "title" if wanted.of == ACTIVITY else "name"
            why = _("somebody has said that it is the same")
            return Duplicate(wanted.of, wanted.key, wanted.cell(name), listing, why)
        for name, sign in _signs(wanted):
            if sign in self._known:
                listing, why = self._known[sign], self._why[sign]
                return Duplicate(wanted.of, wanted.key, wanted.cell(name), listing, why)
        return None


def _keys(rows: QuerySet[ImportedRow], column: str) -> Any:
    return rows.filter(**{f"{column}__isnull": False}).values(f"{column}_id")


def _signs(wanted: Wanted) -> list[tuple[str, Sign]]:
    """By which value it would be recognised, the surest first."""
    values = wanted.values
    match wanted.of:
        case "group":
            signs: list[tuple[str, Sign]] = [("name", (GROUP, "name", plain(values["name"] or "")))]
            if values.get("charity_number"):
                number = str(values["charity_number"])
                signs.append(("charity_number", (GROUP, "charity", number)))
            for kind in ("phone", "email", "web"):
                for line in values.get(f"contacts.{kind}") or []:
                    sign = (GROUP, kind, _bare(line["value"]))
                    signs.append((f"contacts.{kind}", sign))
            return signs
        case "venue":
            if "postcode" not in values:
                return []
            return [("name", (VENUE, plain(values["name"]), values["postcode"]))]
    title = plain(values["title"] or "")
    at = wanted.venue.values.get("postcode") if wanted.venue else None
    group = wanted.group.values["name"] if wanted.group else ""
    # Several places of one group may well have the same activity.
    known_by: Sign = (ACTIVITY, title, at) if at else (ACTIVITY, title, "of", plain(group or ""))
    return [("title", known_by)]


def _bare(value: str) -> str:
    """A phone number, e-mail or web address without what makes no difference."""
    small = value.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return small.replace(" ", "").replace("+44", "0").rstrip("/")
