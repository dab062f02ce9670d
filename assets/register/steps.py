"""The steps of a part, in order: which form each one is, and whether it is done."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.proposals.fields import ACTIVITY, GROUP, of_part
from assets.proposals.parts import nothing
from assets.register.forms import StepForm
from assets.register.of_activity import ComingForm, FirstVisitForm, WhatForm
from assets.register.of_group import AboutForm, ActivityContactForm, ContactForm
from assets.register.trust import TrustForm
from assets.register.when import WhenForm
from assets.register.where import WhereForm
from assets.register.who import WhoForm
from assets.saying import Values


@dataclass(frozen=True)
class Step:
    """`slug` is its address; `lead` says in a sentence what it is for."""

    slug: str
    title: str | Promise
    form: type[StepForm]
    lead: str | Promise = ""

    def missing(self, values: Values) -> list[tuple[str, str]]:
        """Value and sentence for each thing without which nothing can be sent."""
        return list(self.form.missing(values))

    def is_begun(self, values: Values) -> bool:
        return any(values[name] != nothing(name) for name in self.form.writes)


STEPS: dict[str, list[Step]] = {
    GROUP: [
        Step("about", _("About the group"), AboutForm),
        Step(
            "contact",
            _("How to reach you"),
            ContactForm,
            _("Families can see all of this. One way is enough."),
        ),
        Step(
            "trust",
            _("What parents ask about"),
            TrustForm,
            _(
                "Tick what is so today. We show that you told us, and on which day. You can leave "
                "all of it out. Your word is enough: please never send us a DBS certificate."
            ),
        ),
    ],
    ACTIVITY: [
        Step("what", _("What it is"), WhatForm),
        Step(
            "when",
            _("When it is on"),
            WhenForm,
            _("Fill in as many as you need, and leave the rest empty."),
        ),
        Step("where", _("Where it is"), WhereForm),
        Step("who", _("Who it is for"), WhoForm),
        Step("coming", _("Cost, and how to come"), ComingForm),
        Step("first-visit", _("A first visit"), FirstVisitForm),
        Step(
            "contact",
            _("Its own phone or e-mail"),
            ActivityContactForm,
            _("Only if it is not the same as for the group."),
        ),
    ],
}
# Rules may tell of a column that is not a value: what it is part of.
PART_OF = {
    "place": "venue",
    "postcode": "venue",
    "address": "venue",
    "shown": "venue",
    "value": "contacts.phone",
    "expires_on": "trust",
    "stated_on": "trust",
    "weekday": "schedules",
    "dates": "schedules",
    "starts_at": "schedules",
    "ends_at": "schedules",
    "starts_on": "schedules",
    "ends_before": "schedules",
}


def steps_of(part: str) -> list[Step]:
    return STEPS[of_part(part)]


def step_of(part: str, slug: str) -> Step | None:
    return next((step for step in steps_of(part) if step.slug == slug), None)


def next_step(part: str, slug: str) -> Step | None:
    """The one after it; None after the last."""
    steps = steps_of(part)
    place = [step.slug for step in steps].index(slug) + 1
    return steps[place] if place < len(steps) else None


def step_with(part: str, field: str) -> Step | None:
    """Where a value, or the column of one, is asked for."""
    name = field if any(field in step.form.writes for step in steps_of(part)) else ""
    name = name or PART_OF.get(field, "")
    return next((step for step in steps_of(part) if name in step.form.writes), None)
