"""The lines of “To ring”: who, why, since when, and how to reach them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assets import words
from assets.admin import lifecycle
from assets.freshness import to_ring
from assets.freshness.calls import last_calls
from assets.listing_page import ContactLine, contact_lines
from assets.models import Activity, Call, Organisation, TrustStatement

# Of the shorter lists, so many are shown.
SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A listing to ring about. `of` and `key` are what its buttons send."""

    name: str
    url: str
    since: str
    contacts: list[ContactLine]
    of: str
    key: UUID
    group_key: UUID
    called: Call | None
    group: str = ""
    where: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Group:
    """A group to ring, why, and how to reach it."""

    name: str
    url: str
    why: str
    contacts: list[ContactLine]
    group_key: UUID
    called: Call | None = None


@dataclass(frozen=True)
class Short:
    """One of the shorter lists; `more`: it goes on."""

    anchor: str
    title: str | Promise
    groups: list[Group]
    more: bool


def lines(listings: Sequence[Activity | Organisation]) -> list[Line]:
    """Of rows of `to_ring`, with what that prefetched, and when each group was last rung."""
    calls = last_calls({_group_of(one).pk for one in listings})
    return [_line(one, calls.get(_group_of(one).pk)) for one in listings]


def _group_of(listing: Activity | Organisation) -> Organisation:
    return listing if isinstance(listing, Organisation) else listing.organisation


def _line(listing: Activity | Organisation, called: Call | None) -> Line:
    since = words.long_date(listing.known_since)
    url = lifecycle.change_url(listing)
    if isinstance(listing, Organisation):
        contacts = contact_lines(listing)
        return Line(str(listing), url, since, contacts, "group", listing.pk, listing.pk, called)
    return Line(
        str(listing),
        url,
        since,
        contact_lines(listing) or contact_lines(listing.organisation),
        "activity",
        listing.pk,
        listing.organisation_id,
        called,
        group=str(listing.organisation),
        where=words.where_in_words(listing),
        needs=", ".join(one.plain_name for one in listing.needs_groups.all()),
    )


def shorter_lists() -> list[Short]:
    """Those that are not empty, in a fixed number of queries."""
    found = [
        _short(
            "bounced",
            _("Mail does not reach them"),
            [_group(group, address) for group, address in to_ring.bounced()],
        ),
        _short(
            "websites",
            _("Their website does not open"),
            [_group(group, why) for group, why in to_ring.dead_websites()],
        ),
        _short(
            "silent",
            _("No e-mail address, and nobody who acts for them"),
            [_group(group) for group in to_ring.out_of_reach()[: SHOWN + 1]],
        ),
        _short(
            "proofs",
            _("A proof has run out, or soon will"),
            [_group(one.organisation, _proof(one)) for one in to_ring.proofs()[: SHOWN + 1]],
        ),
    ]
    calls = last_calls({group.group_key for short in found for group in short.groups})
    return [
        replace(
            short,
            groups=[replace(one, called=calls.get(one.group_key)) for one in short.groups],
        )
        for short in found
        if short.groups
    ]


def _short(anchor: str, title: str, groups: list[Group]) -> Short:
    return Short(anchor, title, groups[:SHOWN], len(groups) > SHOWN)


def _group(group: Organisation, why: str = "") -> Group:
    return Group(str(group), lifecycle.change_url(group), why, contact_lines(group), group.pk)


def _proof(statement: TrustStatement) -> str:
    """“Insurance, until 3 November 2026”: the day is the first on which it no longer counts."""
    said = {
        "what": str(TrustStatement.Kind(statement.kind).label).capitalize(),
        "day": words.long_date(statement.expires_on),
    }
    return _("%(what)s, until %(day)s") % said


def counts() -> dict[str, int]:
    """How many there are in each list, by its anchor."""
    everything = to_ring.Asked()
    lists: dict[str, QuerySet[Any]] = {
        "silent": to_ring.out_of_reach(),
        "proofs": to_ring.proofs(),
    }
    old = to_ring.activities(everything).count() + to_ring.organisations(everything).count()
    return {
        "old": old,
        "bounced": len(to_ring.bounced()),
        "websites": len(to_ring.dead_websites()),
        **{name: found.count() for name, found in lists.items()},
    }


def url(anchor: str) -> str:
    return f"{reverse('admin:assets_freshnessreminder_to_ring')}#{anchor}"
