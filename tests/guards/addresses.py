"""Every address of the site, found from the site map itself, with real rows in its places."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Role, User
from assets.alerts import links as alert_links
from assets.alerts.sealed import Said, seal
from assets.freshness import links as reminder_links
from assets.models import (
    Activity,
    Alert,
    Contact,
    DailyJob,
    Document,
    EmbedHost,
    FreshnessReminder,
    Harvest,
    HarvestDuplicate,
    HarvestStamp,
    ImportBatch,
    ImportUpload,
    Organisation,
    Problem,
    Proposal,
    SafetyWorry,
    Source,
    TagOpinion,
    Venue,
)
from assets.models.lifecycle import Listing
from assets.openreferral.taxonomies import TAXONOMIES
from assets.proposals import links, writing
from grants.models import (
    GrantUpload,
    PublishedGrant,
    Round,
)
from tests.grants.awarded import make_ours
from tests.grants.make import (
    make_round,
)
from tests.guards import fund_rows, own_applications, own_awards, own_groups

# Django's admin has two addresses without a name: a KeyError here means that there is a third.
UNNAMED = {"<path:object_id>/": "old_change_address", "(?P<url>.*)$": "anything_else"}


# What only we can make: the key of a row that is there.
SIGNED: dict[str, Callable[[], Any]] = {
    "award": lambda: _award().pk,
    "sitemap_part": lambda: "activities",
    "alert_confirm": lambda: alert_links.key_of(_alert(), alert_links.CONFIRM),
    "alert_stop": lambda: alert_links.key_of(_alert(), alert_links.STOP),
    "confirm_listing": lambda: links.key_of(_row("admin:assets_proposal_change"), links.CONFIRMING),
    "still_right": lambda: reminder_links.key_of(
        Contact.objects.filter(kind="email").order_by("value")[0].value
    ),
}


def _alert() -> Alert:
    """The marks are nobody's: the page is the same."""
    fields = {"what": "b" * 64, "number": 1, "sealed": seal(Said("jo@example.com", "cost=free"))}
    return Alert.objects.get_or_create(whose="a" * 64, defaults=fields)[0]


def names() -> list[str]:
    """“activity”, “admin:assets_venue_change”: every name once, in the order of the alphabet."""
    return sorted(_patterns())


@cache
def _patterns() -> dict[str, URLPattern]:
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern
        else:
            yield f"{space}{UNNAMED[str(pattern.pattern)]}", pattern


def address(name: str) -> str:
    """Its path, with a row of the example district for whatever it names."""
    pattern = _patterns()[name]
    if name == "admin:anything_else":
        return "/admin/nothing-here/"
    if name == "admin:old_change_address":
        return f"/admin/assets/activity/{_row('activity').pk}/"
    wanted = pattern.pattern.converters or pattern.pattern.regex.groupindex
    return reverse(name, kwargs={key: _value(name, key) for key in wanted})


def _value(name: str, key: str) -> Any:
    if name.startswith("mfa_"):
        # Nobody's passkey. That nobody sees another's is in tests/accounts.
        return 1
    if name.startswith("open_referral_"):
        return _openly(name)
    if key == "form":
        return "svg"
    if name in SIGNED:
        return SIGNED[name]()
    if name.startswith("own_"):
        return own_awards.of_vera().pk
    if name == "admin:grants_payment_of":
        return own_awards.of_vera().application_id
    if name.startswith(("my_", "listing_")) or name in ("claim", "claim_sent", "vouch"):
        return own_groups.value(name, key)
    if name.startswith("application") or name in ("apply", "begin_application"):
        return own_applications.value(name, key)
    return _of_listings(name, key)


def _of_listings(name: str, key: str) -> Any:
    match key:
        case "slug":
            return _slug(name)
        case "kind":
            return "activity"
        case "app_label":
            return "assets"
        case "content_type_id":
            return ContentType.objects.get_for_model(Activity).pk
        case "pk" | "object_id" | "key":
            return _row(name).pk
        case "round":
            return fund_rows.round_of(name)
        case "application":
            return fund_rows.sheet().application_id
        case "history_id":
            return _row(name).history.first().history_id
        case "to":
            return "paused"
    raise LookupError(f"What stands for <{key}> in {name}?")


def _slug(name: str) -> str:
    match name:
        case "activity" | "activity_ics" | "activity_poster" | "report" | "report_worry":
            return Activity.objects.public().order_by("slug")[0].slug
        case "organisation" | "organisation_ics" | "organisation_poster":
            return Organisation.objects.public().order_by("slug")[0].slug
        case "venue":
            return Venue.objects.to_find().order_by("slug")[0].slug
        case "round" | "round_document":
            return (Round.objects.public().order_by("slug").first() or make_round()).slug
        case "village":
            return "bakewell"
        case "needs_group":
            return "thriving"
        case "theme":
            return "youth-voice"
    raise LookupError(f"What stands for the slug in {name}?")


def _row(name: str) -> Any:
    """The first row of the model whose admin page this is: the same one in every run.

    A listing's key is random, its slug is not. A place that is hidden already cannot be hidden.
    """
    if not name.startswith("admin:"):
        return Activity.objects.public().order_by("slug")[0]
    if name.startswith("admin:assets_venue_"):
        return Venue.objects.to_find().order_by("slug")[0]
    if name.startswith("admin:grants_round_"):
        # One that can still be changed: those of the example have opened.
        return Round.objects.filter(status="draft").first() or make_round(status="draft")
    if name == "admin:grants_award_end":
        return own_awards.of_vera()
    if name.startswith("admin:grants_application_"):
        return fund_rows.sent()
    for model in apps.get_models():
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            if model in fund_rows.NOT_THE_EXAMPLES:
                return MADE[model]()
            by = "slug" if issubclass(model, Listing) else "pk"
            found = model._default_manager.order_by(by).first()
            return found or MADE[model]()
    raise LookupError(f"Whose page is {name}?")


def _source() -> Source:
    """Read once; one thing of it may be here already."""
    found, made = Source.objects.get_or_create(name="Peak Directory", licence="CC BY 4.0")
    if made:
        now = timezone.now()
        found.harvests.create(begun_at=now, finished_at=now, outcome="read")
        found.duplicates.create(key="k", name="Chess", why="the same name", activity=_about())
    return found


def _award() -> PublishedGrant:
    return PublishedGrant.objects.first() or make_ours()


def _openly(name: str) -> Any:
    match name.removeprefix("open_referral_"):
        case "service":
            return _about().pk
        case "at_location":
            stamps = HarvestStamp.objects.of_activities().filter(activity__venue__isnull=False)
            return stamps.order_by("activity__slug")[0].pk
        case "group":
            return _about().organisation_id
        case "taxonomy":
            return TAXONOMIES[0].key
    return TAXONOMIES[0].key_of_term("thriving")


def _grant_upload() -> GrantUpload:
    owner = _somebody()
    today = timezone.localdate()
    return GrantUpload.objects.create(owner=owner, name="x.json", data=b"[]", fetched_on=today)


def _somebody() -> User:
    found = User.objects.filter(email="someone@example.com").first()
    return found or User.objects.create_user("someone@example.com")


def _about() -> Activity:
    return Activity.objects.public().order_by("slug")[0]


def _upload() -> ImportUpload:
    owner = _somebody()
    return ImportUpload.objects.create(owner=owner, file_name="x.csv", data=b"x", source="x")


def _reminder() -> FreshnessReminder:
    days = {"since": date(2026, 1, 1), "sent_on": date(2026, 4, 1)}
    return FreshnessReminder.objects.create(activity=_about(), asked="still-right", **days)


def _told(model: Any, **words: str) -> Any:
    return model.objects.create(key=uuid4(), activity=_about(), words="The gate is open.", **words)


# Rows where the example district has none.
MADE: dict[Any, Callable[[], Any]] = fund_rows.MADE | {
    ImportBatch: lambda: ImportBatch.objects.create(source="sheet", file_name="clubs.csv"),
    ImportUpload: _upload,
    Source: _source,
    HarvestDuplicate: lambda: _source().duplicates.get(),
    Harvest: lambda: _source().harvests.get(),
    GrantUpload: _grant_upload,
    EmbedHost: lambda: EmbedHost.objects.create(host="www.bells.org.uk", whose="Bells"),
    DailyJob: lambda: DailyJob.objects.create(name="dates", begun_at=timezone.now()),
    FreshnessReminder: _reminder,
    Problem: lambda: _told(Problem, kind="wrong"),
    SafetyWorry: lambda: _told(SafetyWorry),
    TagOpinion: lambda: TagOpinion.objects.create(
        activity=_about(), person=_somebody(), needs_groups=["thriving"]
    ),
    Document: own_groups.document,
    Proposal: lambda: writing.begin(name="Jo", email="jo@example.com", is_example=False),
    OutgoingMail: lambda: OutgoingMail.objects.create(
        to="vera@example.com", subject="Hello", body="Hello"
    ),
    Role: lambda: Role.objects.get(name="Steering group"),
    User: _somebody,
}
