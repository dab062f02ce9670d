"""An application that somebody writes, in a test: whole, unless the test leaves something out."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from assets.models import Organisation
from assets.words import long_date
from grants.applying import writing
from grants.applying.writing import signs_of
from grants.models import Application, Round


def whole(round: Round) -> dict[str, dict[str, Any]]:
    """Part → what is typed into it; all that is needed for it to be sent."""
    first = timezone.localdate().replace(day=1)
    return {
        "project": {
            "title": "Saturday bikes",
            "summary": "Mending bikes together.",
            "starts_on": long_date(round.spend_from),
            "ends_on": long_date(first.replace(year=first.year + 1)),
            "grows": "new",
        },
        "who": {
            "people": "25",
            "age_from": "7",
            "age_to": "11",
            "places": "Bakewell, Matlock",
            "needs_groups": ["thriving"],
            "themes": [],
        },
        "question-1": {"text": "We mend bikes."},
        "question-2": {"text": "Children who have none."},
        "budget": {
            "0-heading": "1",
            "0-what": "The hall, ten times",
            "0-cost": "£300",
            "0-asked": "200",
            "1-heading": "2",
            "1-what": "Tools",
            "1-cost": "400.50",
            "1-asked": "400.50",
            "ideal": "600.50",
            "minimum": "400",
        },
        "group": {"contact_name": "Vera Holt", "contact_phone": "01629 555 0100"},
    }


def begun(round: Round, by: User, organisation: Organisation | None, **more: Any) -> Application:
    return writing.begin(
        round=round,
        organisation=organisation,
        group_name=more.get("group_name", ""),
        eligible={"1": True},
        by=by,
        once=more.get("once", str(uuid4())),
    )


def write(application: Application, part: str, typed: dict[str, Any], by: User) -> Application:
    application.refresh_from_db()
    return writing.write(
        application=application,
        part=part,
        typed=typed,
        base=signs_of(application, part, typed),
        by=by,
    )


def written(round: Round, by: User, organisation: Organisation | None, **more: Any) -> Application:
    """Begun, and all of `whole` written into it."""
    application = begun(round, by, organisation, **more)
    said = whole(round)
    if organisation is None:
        said["group"] |= {"kind": "unincorporated", "does": "We mend bikes."}
    for part, typed in said.items():
        application = write(application, part, typed, by)
    return application
