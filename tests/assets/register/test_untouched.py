"""A step that nobody has touched says nothing, whatever stands there already."""

from typing import Any

import pytest

from assets.models import Activity, Organisation
from assets.proposals.fields import ACTIVITY, GROUP, NEW_VENUE, fields_of
from assets.register.steps import STEPS
from assets.saying import state_of
from tests.assets.make import make_trust_statement


def as_sent(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody has touched."""
    sent: dict[str, Any] = {"rows": str(getattr(form, "count", ""))}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False, ""):
            sent[name] = value if isinstance(value, list) else str(value)
    return sent


class Sent(dict[str, Any]):
    """Enough of a QueryDict."""

    def getlist(self, name: str) -> list[str]:
        value = self.get(name, [])
        return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("slug", [step.slug for step in STEPS[ACTIVITY]])
def test_a_step_that_nobody_touched_says_nothing_of_an_activity(
    example_district: None, slug: str
) -> None:
    step = next(one for one in STEPS[ACTIVITY] if one.slug == slug)
    names = set(fields_of(ACTIVITY)) - {NEW_VENUE}
    for activity in Activity.objects.public():
        values = state_of(activity, names) | {NEW_VENUE: None}
        base = {name: values[name] for name in step.form.writes}
        form = step.form(base, Sent(as_sent(step.form(base))))
        assert form.errors == {}, activity
        assert form.said() == {}, activity


@pytest.mark.parametrize("slug", [step.slug for step in STEPS[GROUP]])
def test_a_step_that_nobody_touched_says_nothing_of_a_group(
    example_district: None, slug: str
) -> None:
    step = next(one for one in STEPS[GROUP] if one.slug == slug)
    for group in Organisation.objects.public():
        values = state_of(group, set(fields_of(GROUP)))
        base = {name: values[name] for name in step.form.writes}
        form = step.form(base, Sent(as_sent(step.form(base))))
        assert form.errors == {}, group
        assert form.said() == {}, group


def test_a_rule_that_is_read_again_is_the_same_rule(example_district: None) -> None:
    step = next(one for one in STEPS[ACTIVITY] if one.slug == "when")
    for activity in Activity.objects.public():
        base = state_of(activity, {"schedules"})
        form = step.form(base, Sent(as_sent(step.form(base))))
        form.is_valid()
        rules = step.form(base, Sent(as_sent(step.form(base)) | {"last_0": "1 May 2027"}))
        if base["schedules"] and not base["schedules"][0]["dates"]:
            assert rules.is_valid(), (activity, rules.errors)
            untouched = [one for one in rules.said()["schedules"] if one["ends_before"] is None]
            assert all(one in base["schedules"] for one in untouched), activity


def test_what_we_have_seen_stays_seen(example_district: None) -> None:
    group = Organisation.objects.public().filter(trust=None).first()
    assert group
    make_trust_statement(group, kind="insurance", stance="seen", stated_on="2026-11-03")
    step = next(one for one in STEPS[GROUP] if one.slug == "trust")
    base = state_of(group, {"trust"})
    form = step.form(base, Sent(as_sent(step.form(base)) | {"dbs": "on"}))
    assert form.is_valid()
    kinds = [(one["kind"], one["stance"]) for one in form.said()["trust"]]
    assert kinds == [("insurance", "seen"), ("dbs", "told")]
