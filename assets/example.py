"""The example district: made-up groups at real places, to see how the directory works.

Beside this, `example/venues/` has the venues, a file an area, `example/asked.toml` what groups ask
for and `example/voices/` what people say; every other file in `example/` is one group with its
activities, and its name is how others call it a partner. Towns and villages are real; groups,
buildings, streets and buses are made up. Each postcode is a real one in or near its place. Gaps
are on purpose: no help with talking in the north, little on a Sunday, little from 18 to 25. Keys
are the fields of the models, but for these, which count from the day of loading or are nicer to
write:

key         how an activity names its venue: venue = "weir-field-hall"
shown       a venue that is "masked" (someone's home) or "told" (told when you join) has no name, no
            address and no summary; without it, a venue is public
place, district, area_served    a place by its address, an area by its name
age_from, age_before            as a person says them: "newborn", "18 months", "11"
when        a list of schedules; weekday and week_of_month in words. Instead of the first day, every
            other week has first_weeks_ago = 3; instead of dates, single dates have a weekday and
            weeks_ahead = [1, 7]
changes     what becomes of single dates: { kind = "cancelled", next = "tuesday", weeks = 1 } is the
            Tuesday after the next; of moved ones to_days is how many days later
trust       a list of statements, with days_ago and runs_out_in (days; below 0: it has run out)
checked     who looked, and when: [{ days_ago = 9, by = "group", note = "" }]
newcomers_said_days_ago
needs_groups    a reason for each: why this group and not another
status, why     where it is now, if that is not public
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts import example as example_people
from accounts.models import User
from assets import example_asked, example_past, example_voices, listings
from assets.ages import read_age
from assets.example_rows import ExampleError, Row, days_ago, many, take, weeks_ahead
from assets.models import (
    AccessFeature,
    Activity,
    ActivityPartner,
    Area,
    Audience,
    Contact,
    DateChange,
    Language,
    Listing,
    Membership,
    Organisation,
    Place,
    Schedule,
    Status,
    TrustStatement,
    Venue,
)
from assets.models.lifecycle import CheckedBy
from assets.models.schedules import Frequency, Weekday, WeekOfMonth
from assets.openactive.verbs import take_suggestions
from assets.tagging.verbs import set_tags
from thrive.models import NeedsGroup, TagSource, Theme, WayOfWorking

FOLDER = Path(__file__).parent / "example"
# The example person who runs a group, the group, and who confirmed it.
VOLUNTEER, RUNS, CONFIRMED_BY = "volunteer@example.org", "pebble-and-wren", "editor@example.org"
# What groups ask for: of no group alone.
ASKED = "asked"
# Any number, so long as it is the same everywhere: two loads at once wait for each other.
LOCK = 8_350_036

# What later apps add, of the groups by the names of their files. They append to it at start-up.
OF_OTHER_APPS: list[Callable[[Mapping[str, Organisation]], None]] = []


@transaction.atomic
def load() -> bool:
    """Load the district, and on a private PostgreSQL the sign-ins. False: some of it is there."""
    wait_for_others()
    if any(
        model._default_manager.filter(is_example=True).exists()
        for model in (Activity, Venue, Organisation)
    ):
        return False
    with listings.all_at_once():
        groups = _load_listings()
    take_suggestions(Activity.objects.filter(is_example=True).order_by("slug"), by=None)
    example_past.load()
    if settings.PRIVATE_POSTGRES:
        example_people.load()
        volunteer = _add_member(groups[RUNS])
        if volunteer:
            asked = tomllib.loads((FOLDER / f"{ASKED}.toml").read_text("utf-8"))
            example_asked.load(asked, by=volunteer)
    example_voices.load()
    for load_theirs in OF_OTHER_APPS:
        load_theirs(groups)
    return True


def _load_listings() -> dict[str, Organisation]:
    """The groups, by the names of their files."""
    paths = sorted(path for path in FOLDER.glob("*.toml") if path.stem != ASKED)
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in paths}
    venues = {
        row["key"]: _load_venue(row)
        for path in sorted(FOLDER.glob("venues/*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["venue"]
    }
    activities = {key: group.pop("activity", []) for key, group in files.items()}
    groups = {key: _load_group(row) for key, row in sorted(files.items())}
    for key, rows in sorted(activities.items()):
        for row in rows:
            _load_activity(row, groups[key], groups, venues)
    return groups


def wait_for_others() -> None:
    """Until nobody else loads or removes the example: held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _load_venue(row: Row) -> Venue:
    del row["key"]
    rest = take(row, "access_features", "ways_of_working", "checked")
    status, why = Status(row.pop("status", Status.PUBLIC)), row.pop("why", "")
    row["place"] = many(Place, [row["place"]], "slug")[0]
    row["getting_there"] = row.get("getting_there", "").strip()
    venue = Venue(is_example=True, **row)
    _add(venue)
    venue.access_features.set(many(AccessFeature, rest["access_features"]))
    venue.ways_of_working.set(many(WayOfWorking, rest["ways_of_working"]))
    _move_and_check(venue, rest["checked"], status, why)
    return venue


def _load_group(row: Row) -> Organisation:
    rest = take(row, "contacts", "trust", "themes", "ways_of_working", "checked")
    row["district"] = many(Area, [row["district"]], "name")[0]
    row["description"] = row["description"].strip()
    group = Organisation(is_example=True, **row)
    _add(group)
    for contact in rest["contacts"]:
        _add(Contact(organisation=group, **contact))
    for statement in rest["trust"]:
        _add(_trust_statement(group, statement))
    _tag(group, "themes", many(Theme, rest["themes"]), {})
    group.ways_of_working.set(many(WayOfWorking, rest["ways_of_working"]))
    _move_and_check(group, rest["checked"])
    return group


def _trust_statement(group: Organisation, row: Row) -> TrustStatement:
    if "days_ago" in row:
        row["stated_on"] = days_ago(row.pop("days_ago"))
    if "runs_out_in" in row:
        row["expires_on"] = days_ago(-row.pop("runs_out_in"))
    return TrustStatement(organisation=group, **row)


def _load_activity(
    row: Row, group: Organisation, groups: dict[str, Organisation], venues: dict[str, Venue]
) -> None:
    rest = take(row, "access_features", "audiences", "languages", "themes", "when", "contacts")
    rest |= take(row, "partners", "checked", "needs_groups", "changes")
    status, why = Status(row.pop("status", Status.PUBLIC)), row.pop("why", "")
    activity = Activity(
        id=example_id(row["title"]), is_example=True, organisation=group, **_fields(row, venues)
    )
    _add(activity)
    activity.access_features.set(many(AccessFeature, rest["access_features"]))
    activity.audiences.set(many(Audience, rest["audiences"]))
    activity.languages.set(many(Language, rest["languages"]))
    _tag(activity, "themes", many(Theme, rest["themes"]), {})
    needs_groups = many(NeedsGroup, [*rest["needs_groups"]])
    _tag(activity, "needs_groups", needs_groups, rest["needs_groups"])
    for key in rest["partners"]:
        _add(ActivityPartner(activity=activity, organisation=groups[key]))
    for schedule in rest["when"]:
        _add(_schedule(activity, schedule))
    for change in rest["changes"]:
        _add(_date_change(activity, change))
    for contact in rest["contacts"]:
        _add(Contact(activity=activity, **contact))
    _move_and_check(activity, rest["checked"], status, why)


def _tag(
    listing: Activity | Organisation, of: str, tags: list[Any], reasons: dict[str, str]
) -> None:
    wanted = {tag.pk: reasons.get(tag.pk, "As the group describes itself.") for tag in tags}
    set_tags(listing=listing, of=of, wanted=wanted, by=None, source=TagSource.STAFF)


def example_id(title: str) -> UUID:
    """The same wherever the example is loaded, so that addresses of lists can be written down."""
    return uuid5(NAMESPACE_URL, f"example:{title}")


def _fields(row: Row, venues: dict[str, Venue]) -> Row:
    """What stands in the file about an activity, as its fields want it."""
    for text in ("description", "first_visit"):
        row[text] = row.get(text, "").strip()
    for age in ("age_from", "age_before"):
        if age in row:
            row[age] = read_age(row[age]).months
    if "venue" in row:
        row["venue"] = venues[row["venue"]]
    if "area_served" in row:
        row["area_served"] = many(Area, [row["area_served"]], "name")[0]
    if "newcomers_said_days_ago" in row:
        row["newcomers_said_on"] = days_ago(row.pop("newcomers_said_days_ago"))
    return row


def _schedule(activity: Activity, row: Row) -> Schedule:
    weekday = Weekday[row.pop("weekday").upper()]
    if "week_of_month" in row:
        row["week_of_month"] = WeekOfMonth[row["week_of_month"].upper()]
    if "first_weeks_ago" in row:
        row["starts_on"] = weeks_ahead(weekday, -row.pop("first_weeks_ago"))
    if row["frequency"] == Frequency.DATES:
        row["dates"] = [weeks_ahead(weekday, weeks) for weeks in row.pop("weeks_ahead")]
    else:
        row["weekday"] = weekday
    return Schedule(activity=activity, **row)


def _date_change(activity: Activity, row: Row) -> DateChange:
    row["on"] = weeks_ahead(Weekday[row.pop("next").upper()], row.pop("weeks"))
    if "to_days" in row:
        row["to_on"] = row["on"] + timedelta(days=row.pop("to_days"))
    return DateChange(activity=activity, **row)


def _move_and_check(
    listing: Listing, checks: list[Row], status: Status = Status.PUBLIC, why: str = ""
) -> None:
    """As life would: public first, whatever it is by now. Writes the search rows, too."""
    if status != Status.DRAFT:
        listings.move(listing=listing, to=Status.PUBLIC, by=None)
    for check in checks:
        listings.check(
            listing=listing,
            checked_by=CheckedBy(check["by"]),
            by=None,
            on=days_ago(check["days_ago"]),
            note=check.get("note", ""),
        )
    if status not in (Status.DRAFT, Status.PUBLIC):
        listings.move(listing=listing, to=status, by=None, why=why)


def _add_member(group: Organisation) -> User | None:
    people = User.objects.filter(is_example=True).in_bulk(field_name="email")
    if VOLUNTEER in people and CONFIRMED_BY in people:
        Membership.objects.create(
            organisation=group,
            user=people[VOLUNTEER],
            role=Membership.Role.OWNER,
            confirmed_at=timezone.now(),
            confirmed_by=people[CONFIRMED_BY],
        )
    return people.get(VOLUNTEER)


def _add(row: models.Model) -> None:
    try:
        if isinstance(row, Listing):
            listings.save(listing=row, by=None)
        else:
            # The database has the constraints: asking it about each beforehand takes seconds.
            row.full_clean(validate_unique=False, validate_constraints=False)
            row.save()
    except ValidationError as error:
        raise ExampleError(f"“{row}”: {' '.join(error.messages)}") from error
    except IntegrityError as error:
        raise ExampleError(f"“{row}”: {_rule_broken(row, error)}") from error


def _rule_broken(row: models.Model, error: IntegrityError) -> str:
    """What the table's rule says in plain words; else what the database says."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    said = {rule.name: rule.get_violation_error_message() for rule in row._meta.constraints}
    return str(said.get(name, error))
