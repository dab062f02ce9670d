"""Proposals in each of their states, made through the verbs, for tests to begin with."""

from typing import Any

from accounts.models import OutgoingMail, User
from assets.models import Activity, Organisation, Proposal
from assets.proposals import claiming, sending, writing
from assets.proposals.fields import GROUP
from assets.proposals.parts import values_of
from assets.saying import Values
from tests.assets.make import make_activity, make_organisation, make_venue, publish
from tests.people import person

PHONE = [{"kind": "phone", "value": "01632 960777", "label": ""}]
JO = "jo@example.com"


def of_a_group(**changes: Any) -> Values:
    fields = {"name": "Larch Lane Kites", "summary": "We fly kites.", "contacts.phone": PHONE}
    return fields | changes


def of_an_activity(**changes: Any) -> Values:
    fields = {
        "title": "Kites on Sunday",
        "summary": "Bring a coat.",
        "ways_to_take_part": ["online"],
        "level": "universal",
        "cost": "free",
        "how_to_come": "just-come",
    }
    return fields | changes


def wrote(proposal: Proposal, part: str, by: User | None = None, **values: Any) -> Proposal:
    """As a page does it that was opened just now. `contacts__phone` is `contacts.phone`."""
    return wrote_all(proposal, part, {n.replace("__", "."): v for n, v in values.items()}, by)


def wrote_all(proposal: Proposal, part: str, said: Values, by: User | None = None) -> Proposal:
    base = {name: value for name, value in values_of(proposal, part).items() if name in said}
    return writing.write(proposal=proposal, part=part, values=said, base=base, by=by)


def new_group(**changes: Any) -> Proposal:
    """With one activity, online; not sent yet."""
    begun = writing.begin(name="Jo Kite", email=JO, is_example=False)
    proposal = wrote_all(begun, GROUP, of_a_group(**changes))
    proposal, part = writing.add_activity(proposal=proposal, by=None)
    return wrote_all(proposal, part, of_an_activity())


def sent_new_group(**changes: Any) -> Proposal:
    return sending.send(proposal=new_group(**changes), by=None)


def public_group(**changes: Any) -> Organisation:
    """Vera acts for it."""
    group = publish(make_organisation(**changes))
    vera, erin = person("vera"), person("erin")
    group.memberships.create(
        user=vera, role="owner", confirmed_at=group.created_at, confirmed_by=erin
    )
    return group


def public_activity(**changes: Any) -> Activity:
    group = changes.pop("organisation", None) or public_group()
    return publish(make_activity(organisation=group, venue=publish(make_venue()), **changes))


def changes_of(group: Organisation, **values: Any) -> Proposal:
    """Vera's, not sent yet."""
    proposal = writing.begin_changes(organisation=group, by=person("vera"))
    return wrote(proposal, GROUP, person("vera"), **values)


def sent_changes(group: Organisation, **values: Any) -> Proposal:
    return sending.send(proposal=changes_of(group, **values), by=person("vera"))


def claimed(group: Organisation) -> Proposal:
    return claiming.claim(
        organisation=group, name="Jo Kite", email=JO, phone="01632 960778", why="I run it."
    )


def again(proposal: Proposal) -> Proposal:
    """As it is stored now."""
    return Proposal.objects.select_related("organisation").get(pk=proposal.pk)


def mails() -> list[tuple[str, str]]:
    """Which mails left for whom."""
    return [(mail.reason, mail.to) for mail in OutgoingMail.objects.order_by("created_at", "pk")]


def moves(proposal: Proposal) -> list[tuple[str, str]]:
    return list(proposal.moves.values_list("to_status", "message"))
