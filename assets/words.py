"""What listings say of themselves, in the page's words: cost, trust, checks, whom it is for."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.ages import ages_in_words
from assets.freshness.rules import Stage
from assets.models import Activity, Listing, TrustStatement, Venue
from assets.models.activities import Cost, Newcomers, Referrer, WayToTakePart
from assets.models.lifecycle import CheckedBy


def joined(parts: Iterable[str]) -> str:
    """“a, b and c”."""
    *rest, last = [str(part) for part in parts] or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(rest), "last": last} if rest else last


def ages_of(activity: Activity) -> str:
    """“Pregnancy to 2 years”."""
    return ages_in_words(activity.age_from, activity.age_before, in_pregnancy=activity.in_pregnancy)


def price_in_words(pounds: Decimal) -> str:
    """“45p”, “£7”, “£2.50”: as people write it."""
    if pounds < 1:
        return f"{pounds * 100:.0f}p"
    return f"£{pounds:.2f}".removesuffix(".00")


def cost_in_words(activity: Activity) -> str:
    """“£3.50 a family, help with the cost”."""
    if activity.cost == Cost.PAID:
        price = price_in_words(activity.price) if activity.price else ""
        words = f"{price} {activity.cost_note}".strip()
    else:
        words = str(Cost(activity.cost).label)
        if activity.cost_note:
            words = f"{words} ({activity.cost_note})"
    if activity.help_with_cost and activity.cost != Cost.FREE:
        return _("%s, help with the cost") % words
    return words


def where_in_words(activity: Activity) -> str:
    """“Matlock”, “Matlock or online”, “Online or by phone”: short, for a list.

    Of a venue only the village, so that a hidden one says no more than any other.
    """
    others = [
        str(WayToTakePart(way).label)
        for way in WayToTakePart
        if way in activity.ways_to_take_part and way != WayToTakePart.IN_PERSON
    ]
    places = [activity.venue.place.name] if activity.venue else []
    return _either([*places, *others])


def _either(parts: list[str]) -> str:
    """“A, b or c”: each is written to stand first."""
    *rest, last = [parts[0], *(part[:1].lower() + part[1:] for part in parts[1:])]
    return _("%(first)s or %(last)s") % {"first": ", ".join(rest), "last": last} if rest else last


def hidden_note(venue: Venue) -> str:
    """Why only a village is shown, for a venue that is not public."""
    match Venue.Shown(venue.shown):
        case Venue.Shown.MASKED:
            return _(
                "This is somebody's home, so we show only the village. "
                "The group will tell you where it is."
            )
        case Venue.Shown.TOLD:
            return _(
                "To keep people private, we show only the village. "
                "The group will tell you where it is when you join."
            )
        case Venue.Shown.PUBLIC:
            return ""


def easy_in_words(activity: Activity) -> list[str]:
    """What makes it easy, of the activity or of its venue, each once and in reading order."""
    features = {*activity.access_features.all()}
    if activity.venue:
        features |= {*activity.venue.access_features.all()}
    return [one.name for one in sorted(features, key=lambda one: (one.reading_order, one.name))]


def how_to_come_in_words(activity: Activity) -> str:
    return str(activity.first_step.label)


def referrers_in_words(activity: Activity) -> str:
    """“you yourself; school or college”: some have an “or” of their own."""
    return "; ".join(str(who.label) for who in Referrer if who in activity.who_can_refer)


def ways_in_words(activity: Activity) -> str:
    """“In person and online”, in the order of our list."""
    return joined(str(way.label) for way in WayToTakePart if way in activity.ways_to_take_part)


def newcomers_in_words(activity: Activity) -> str:
    """“Waiting list, about 6 weeks (the group told us on 3 November 2026)”; or nothing."""
    if activity.newcomers == Newcomers.NOT_SAID:
        return ""
    words = str(Newcomers(activity.newcomers).label)
    if activity.waiting_weeks:
        weeks = ngettext(
            "%(words)s, about %(weeks)d week",
            "%(words)s, about %(weeks)d weeks",
            activity.waiting_weeks,
        )
        words = weeks % {"words": words, "weeks": activity.waiting_weeks}
    return _("%(words)s (the group told us on %(date)s)") % {
        "words": words,
        "date": long_date(activity.newcomers_said_on),
    }


def checked_in_words(listing: Listing) -> str:
    """“Checked by our team on 3 November 2026”."""
    if listing.last_checked_on is None:
        return _("Not checked yet")
    said = {
        CheckedBy.TEAM: _("Checked by our team on %s"),
        CheckedBy.GROUP: _("The group said on %s that this is right"),
        CheckedBy.DIRECTORY: _("Checked on %s by the directory it came from"),
    }
    return said[CheckedBy(listing.last_checked_by)] % long_date(listing.last_checked_on)


def mark_in_words(listing: Listing) -> str:
    """“Nobody has told us for 7 months that this is right. Ring first.”, where that is so."""
    stage, since = listing.freshness, listing.known_since
    if since is None or stage not in (Stage.MARKED, Stage.STALE):
        return ""
    if stage == Stage.STALE:
        said = _("Nobody has told us for more than a year that this is right.")
    else:
        # Half a year at least, and never a twelfth month: that would be a year.
        months = min((timezone.localdate() - since).days // 30, 11)
        said = _("Nobody has told us for %d months that this is right.") % months
    # Of a place we hold no number.
    return said if isinstance(listing, Venue) else _("%s Ring first.") % said


def trust_in_words(statement: TrustStatement) -> str:
    """One dated sentence. Never “safe”, never “approved”."""
    day = long_date(statement.stated_on)
    if statement.kind == TrustStatement.Kind.DBS:
        return (
            _(
                "The group tells us that everyone whose role needs a DBS check has one "
                "(told us on %s)"
            )
            % day
        )
    what = str(TrustStatement.Kind(statement.kind).label)
    what = what[:1].upper() + what[1:]
    if statement.name:
        what = f"{what} ({statement.name})"
    if statement.stance == TrustStatement.Stance.SEEN:
        said = _("%(what)s: seen by us on %(date)s") % {"what": what, "date": day}
    else:
        said = _("%(what)s: the group told us on %(date)s") % {"what": what, "date": day}
    if statement.expires_on:
        # Held with the first day on which it no longer counts; said with the last on which it does.
        last = statement.expires_on - timedelta(days=1)
        said = _("%(said)s, good until %(last)s") % {"said": said, "last": long_date(last)}
    return said


def trust_in_short(statements: Iterable[TrustStatement]) -> str:
    """For a list: “safeguarding policy and insurance seen”; empty where we saw nothing."""
    seen = {
        str(TrustStatement.Kind(one.kind).label): None
        for one in statements
        if one.stance == TrustStatement.Stance.SEEN
    }
    return _("%s seen") % joined(seen) if seen else ""


def long_date(day: date | None) -> str:
    """“3 November 2026”."""
    return formats.date_format(day, "j F Y") if day else ""
