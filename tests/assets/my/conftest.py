"""Vera's group and its activity; and another group, of which she must see nothing."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from assets.models import Activity, Membership
from tests.assets.make import make_activity, make_organisation, publish

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def hers(vera: User, erin: User) -> Activity:
    """A public activity of the group that Vera owns."""
    activity = publish(make_activity())
    Membership.objects.create(
        organisation=activity.organisation,
        user=vera,
        role=Membership.Role.OWNER,
        confirmed_at=NOON,
        confirmed_by=erin,
    )
    return activity


@pytest.fixture
def theirs(db: None) -> Activity:
    """A public activity of another group."""
    group = make_organisation(name="Secret Starlings")
    return publish(make_activity(title="Starling watch", organisation=group))
