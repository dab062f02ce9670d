"""One sound row of each model that has rules, not yet saved: the rules' tests then break it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from django.db.models import Model

from assets.models import (
    AccessFeature,
    Activity,
    ActivityAssurance,
    ActivityMove,
    ActivityNeedsGroup,
    ActivityPartner,
    ActivityTheme,
    Area,
    Contact,
    DailyJob,
    DateChange,
    FreshnessReminder,
    HelpLine,
    ImportBatch,
    ImportChange,
    ImportedRow,
    Membership,
    Occurrence,
    OptionBit,
    Organisation,
    OrganisationAssurance,
    OrganisationMove,
    OrganisationTheme,
    OrganisationWayOfWorking,
    OutwardCode,
    Place,
    Postcode,
    Schedule,
    SchoolTerm,
    SearchRow,
    StartingPoint,
    Synonym,
    TrustStatement,
    Venue,
    VenueAssurance,
    VenueMove,
    VenueWayOfWorking,
    VocabularyWord,
)
from assets.places.grid import GridPoint
from tests.assets import make
from tests.assets.models.case import NOW
from tests.assets.models.harvest_rows import HARVESTS
from tests.assets.models.told_rows import TOLD
from tests.assets.models.voices_rows import VOICES
from tests.grants.models.rows import FUND
from tests.people import person
from thrive.models import NeedsGroup, Theme, WayOfWorking

MOVE = {"from_status": "draft", "to_status": "public"}
CHECK = {"checked_on": date(2026, 11, 3), "checked_by": "team"}
POINT = GridPoint(421900, 368500)


def dales() -> Area:
    return Area.objects.get(code="E07000035")


def organisation() -> Organisation:
    return Organisation(name="Weir Field Wrens", summary="Play and tea.", slug="testing-group")


def venue() -> Venue:
    bakewell = Place.objects.get(slug="bakewell")
    return Venue(
        name="Weir Field Hall",
        slug="testing-hall",
        postcode="DE45 1DY",
        place=bakewell,
        district=dales(),
        point=bakewell.point,
    )


def activity() -> Activity:
    return Activity(
        title="Toddler group",
        slug="testing-activity",
        summary="Toys, songs and a biscuit.",
        organisation=make.make_organisation(),
        venue=make.make_venue(),
        ways_to_take_part=["in-person"],
        level="universal",
        cost="free",
        how_to_come="just-come",
    )


def membership() -> Membership:
    member = Membership(organisation=make.make_organisation(), user=person("vera"))
    # The second of two: alike, it would be one too many.
    Membership.objects.create(organisation=member.organisation, user=person("erin"))
    return member


def trust_statement() -> TrustStatement:
    first = make.make_trust_statement(make.make_organisation())
    return TrustStatement(
        organisation=first.organisation,
        kind="first-aid",
        stance="told",
        stated_on=date(2026, 11, 3),
    )


def schedule() -> Schedule:
    return Schedule(
        activity=make.make_activity(),
        frequency="weekly",
        weekday=1,
        starts_at=time(10),
        ends_at=time(11, 30),
    )


def date_change() -> DateChange:
    """The second of two: on the same day it would be one too many."""
    weekly = make.make_schedule(make.make_activity())
    first = DateChange.objects.create(
        activity=weekly.activity, on=date(2026, 11, 3), kind="cancelled"
    )
    return DateChange(activity=first.activity, on=date(2026, 11, 10), kind="cancelled")


def occurrence() -> Occurrence:
    return Occurrence(
        activity=make.make_activity(),
        on=date(2026, 11, 3),
        starts_at=datetime(2026, 11, 3, 10, tzinfo=UTC),
        ends_at=datetime(2026, 11, 3, 11, 30, tzinfo=UTC),
        parts_of_day=1,
    )


def reminder() -> FreshnessReminder:
    """The second of two: about the same age, it would be one too many."""
    fields = {"activity": make.make_activity(), "asked": "still-right"}
    days = {"since": date(2026, 8, 1), "sent_on": date(2026, 11, 3)}
    FreshnessReminder.objects.create(**fields, **days)
    return FreshnessReminder(**fields, **days | {"since": date(2026, 8, 2)})


def option_bit() -> OptionBit:
    """The second of two."""
    OptionBit.objects.create(filter="pets", option="cat", bit=0)
    return OptionBit(filter="pets", option="dog", bit=1)


def school_term() -> SchoolTerm:
    """The second of two, of an authority that never was."""
    authority = Area.objects.create(code="E10999999", name="Testing", kind="county")
    fields = {"source_url": "https://example.org/", "checked_on": date(2026, 11, 3)}
    SchoolTerm.objects.create(
        authority=authority,
        name="Spring",
        starts_on=date(2027, 1, 4),
        ends_before=date(2027, 2, 13),
        **fields,
    )
    return SchoolTerm(
        authority=authority,
        name="Autumn",
        starts_on=date(2026, 9, 2),
        ends_before=date(2026, 10, 24),
        **fields,
    )


def help_line() -> HelpLine:
    return HelpLine(
        slug="listening-line",
        grouping="talk_now",
        name="Listening line",
        for_whom="Anyone.",
        audience="anyone",
        what="Somebody listens.",
        phone="01632 960 123",
        phone_tel="01632960123",
        hours="Any time.",
        source_name="Made up",
        source_url="https://example.org/",
        checked_on=date(2026, 11, 3),
        check_again_by=date(2027, 5, 3),
    )


def import_change() -> ImportChange:
    """The second of two by one load."""
    rows = [
        ImportedRow.objects.create(key=uuid4().hex, source="sheet", activity=make.make_activity())
        for _number in range(2)
    ]
    batch = ImportBatch.objects.create(source="sheet")
    ImportChange.objects.create(batch=batch, row=rows[0], what="made", version=1)
    return ImportChange(batch=batch, row=rows[1], what="made", version=1)


def partner() -> ActivityPartner:
    first = make.make_partner(make.make_activity(), make.make_organisation())
    return ActivityPartner(activity=first.activity, organisation=make.make_organisation())


def tag(model: type[Model], listing: str, of: str, tags: type[Model]) -> Callable[[], Any]:
    """The second of two tags of one listing: the first has the first of all that there are."""

    def build() -> Any:
        first, second = tags._default_manager.all()[:2]
        owner = getattr(make, f"make_{listing}")()
        model._default_manager.create(**{listing: owner, of: first})
        return model(**{listing: owner, of: second})

    return build


BUILDERS: dict[type[Model], Callable[[], Any]] = (
    TOLD
    | VOICES
    | HARVESTS
    | FUND
    | {
        AccessFeature: lambda: AccessFeature(slug="quiet-corner", name="Quiet corner"),
        Activity: activity,
        ActivityAssurance: lambda: ActivityAssurance(listing=make.make_activity(), **CHECK),
        ActivityMove: lambda: ActivityMove(listing=make.make_activity(), **MOVE),
        ActivityNeedsGroup: tag(ActivityNeedsGroup, "activity", "needs_group", NeedsGroup),
        ActivityPartner: partner,
        ActivityTheme: tag(ActivityTheme, "activity", "theme", Theme),
        Area: lambda: Area(code="E05999999", name="Testing", kind="ward", parent=dales()),
        Contact: lambda: Contact(
            organisation=make.make_organisation(), kind="phone", value="01632 960123"
        ),
        DailyJob: lambda: DailyJob(name="dates", begun_at=NOW),
        DateChange: date_change,
        FreshnessReminder: reminder,
        HelpLine: help_line,
        ImportBatch: lambda: ImportBatch(source="sheet"),
        ImportChange: import_change,
        ImportedRow: lambda: ImportedRow(
            key=uuid4().hex, source="sheet", activity=make.make_activity()
        ),
        Membership: membership,
        Occurrence: occurrence,
        Organisation: organisation,
        OrganisationAssurance: lambda: OrganisationAssurance(
            listing=make.make_organisation(), **CHECK
        ),
        OrganisationMove: lambda: OrganisationMove(listing=make.make_organisation(), **MOVE),
        OrganisationTheme: tag(OrganisationTheme, "organisation", "theme", Theme),
        OrganisationWayOfWorking: tag(
            OrganisationWayOfWorking, "organisation", "way_of_working", WayOfWorking
        ),
        OutwardCode: lambda: OutwardCode(code="ZE9", point=POINT),
        Place: lambda: Place(
            name="Testing", slug="testing", kind="village", point=POINT, district=dales()
        ),
        Postcode: lambda: Postcode(
            code="DE439ZZ",
            outward=OutwardCode.objects.get(code="DE4"),
            district=dales(),
            point=POINT,
        ),
        Schedule: schedule,
        OptionBit: option_bit,
        SchoolTerm: school_term,
        StartingPoint: lambda: StartingPoint(slug="mud", name="Too much mud", search="q=wellies"),
        Synonym: lambda: Synonym(phrase="zorbing", means=["rolling downhill"]),
        VocabularyWord: lambda: VocabularyWord(word="zorbing"),
        SearchRow: lambda: SearchRow(
            activity=make.make_activity(),
            version=1,
            sort_key="toddler group",
            document="",
            age_from=0,
            age_before=60,
            in_pregnancy=False,
            known_on=date(2026, 11, 3),
        ),
        TrustStatement: trust_statement,
        Venue: venue,
        VenueAssurance: lambda: VenueAssurance(listing=make.make_venue(), **CHECK),
        VenueMove: lambda: VenueMove(listing=make.make_venue(), **MOVE),
        VenueWayOfWorking: tag(VenueWayOfWorking, "venue", "way_of_working", WayOfWorking),
    }
)


def build(model: type[Model], changes: dict[str, Any]) -> Any:
    """A row with these fields changed. A function among the changes is called with the row."""
    row = BUILDERS[model]()
    for name, value in changes.items():
        setattr(row, name, value(row) if callable(value) else value)
    return row
