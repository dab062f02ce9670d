"""What groups of the example district ask for, so that a queue waits for somebody who tries it.

Made through the verbs, as people would; only where the example people are, for a change is Vera's.
No mail leaves: nobody is behind these addresses.
"""

from typing import Any

from accounts.models import User
from assets.models import Activity, Organisation, Proposal
from assets.proposals import claiming, sending, writing
from assets.proposals.fields import GROUP
from assets.proposals.parts import values_of
from assets.saying import Values

RULE: Values = {
    "week_of_month": None,
    "dates": [],
    "time_of_year": "all-year",
    "on_bank_holidays": "ask",
    "starts_on": None,
    "ends_before": None,
}


def load(asked: dict[str, Any], *, by: User) -> None:
    """What stands in `example/asked.toml`; `by` is who runs a group of the example."""
    for row in asked["new"]:
        _new_group(row)
    _change(asked["change"], by)
    claim = asked["claim"]
    claiming.claim(organisation=_group(claim.pop("group")), **claim, mail=False)
    ended = Activity.objects.get(title=asked["ending"]["activity"], is_example=True)
    claiming.has_ended(
        organisation=ended.organisation, activity=ended, by=None, email=asked["ending"]["email"]
    )


def _group(name: str) -> Organisation:
    return Organisation.objects.get(name=name, is_example=True)


def _new_group(row: dict[str, Any]) -> None:
    proposal = writing.begin(
        name=row["asker_name"],
        email=row["asker_email"],
        phone=row["asker_phone"],
        is_example=True,
    )
    proposal = _write(proposal, GROUP, row["group"], None)
    for values in row["activity"]:
        proposal, part = writing.add_activity(proposal=proposal, by=None)
        proposal = _write(proposal, part, values, None)
    sending.send(proposal=proposal, by=None, mail=False)


def _change(row: dict[str, Any], by: User) -> None:
    group, activities = _group(row.pop("group")), row.pop("activity")
    proposal = writing.begin_changes(organisation=group, by=by)
    proposal = _write(proposal, GROUP, row, by)
    for title, values in activities.items():
        part = str(Activity.objects.get(title=title, organisation=group).pk)
        proposal = _write(proposal, part, values, by)
    sending.send(proposal=proposal, by=by, mail=False)


def _write(proposal: Proposal, part: str, values: Values, by: User | None) -> Proposal:
    if "schedules" in values:
        values["schedules"] = [RULE | rule for rule in values["schedules"]]
    return writing.write(
        proposal=proposal, part=part, values=values, base=values_of(proposal, part), by=by
    )
