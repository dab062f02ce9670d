"""What a group can say of itself and of what it offers: each value, its label, who must look."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUP, ACTIVITY = "group", "activity"
# Not of any listing: a place that is yet to be made.
NEW_VENUE = "new_venue"


@dataclass(frozen=True)
class Field:
    """A value of `assets.saying`. `live`: of a trusted group it is shown at once."""

    of: str
    name: str
    label: str | Promise
    live: bool = False


_FIELDS = (
    Field(GROUP, "name", _("Name of the group")),
    Field(GROUP, "kind", _("Kind of group")),
    Field(GROUP, "summary", _("In one or two sentences"), live=True),
    Field(GROUP, "description", _("About the group"), live=True),
    Field(GROUP, "charity_number", _("Charity number")),
    Field(GROUP, "company_number", _("Company number")),
    Field(GROUP, "contacts.phone", _("Phone")),
    Field(GROUP, "contacts.text", _("Text message")),
    Field(GROUP, "contacts.email", _("E-mail")),
    Field(GROUP, "contacts.web", _("Website")),
    Field(GROUP, "trust", _("Trust")),
    Field(ACTIVITY, "title", _("Name of the activity"), live=True),
    Field(ACTIVITY, "kind", _("Kind of activity"), live=True),
    Field(ACTIVITY, "summary", _("In one or two sentences"), live=True),
    Field(ACTIVITY, "description", _("What happens there"), live=True),
    Field(ACTIVITY, "schedules", _("When"), live=True),
    Field(ACTIVITY, "ways_to_take_part", _("How to take part")),
    Field(ACTIVITY, "venue", _("Where")),
    # A place that is not here yet: the values of a venue.
    Field(ACTIVITY, "new_venue", _("A new place")),
    Field(ACTIVITY, "area_served", _("Area served")),
    Field(ACTIVITY, "age_from", _("From age")),
    Field(ACTIVITY, "age_before", _("Up to age")),
    Field(ACTIVITY, "in_pregnancy", _("For people who are pregnant")),
    Field(ACTIVITY, "audiences", _("Who it is for")),
    Field(ACTIVITY, "level", _("Open to")),
    Field(ACTIVITY, "needs_groups", _("What would help")),
    Field(ACTIVITY, "access_features", _("What makes it easy")),
    Field(ACTIVITY, "languages", _("Languages")),
    Field(ACTIVITY, "cost", _("Cost"), live=True),
    Field(ACTIVITY, "price", _("Price"), live=True),
    Field(ACTIVITY, "cost_note", _("About the cost"), live=True),
    Field(ACTIVITY, "help_with_cost", _("Help with the cost"), live=True),
    Field(ACTIVITY, "how_to_come", _("How to come"), live=True),
    Field(ACTIVITY, "who_can_refer", _("Who can refer"), live=True),
    Field(ACTIVITY, "newcomers", _("Room for new people"), live=True),
    Field(ACTIVITY, "newcomers_said_on", _("Room: said on"), live=True),
    Field(ACTIVITY, "waiting_weeks", _("Weeks to wait"), live=True),
    Field(ACTIVITY, "meanwhile", _("What to do meanwhile"), live=True),
    Field(ACTIVITY, "first_visit", _("Your first visit"), live=True),
    Field(ACTIVITY, "contacts.phone", _("Phone for this activity")),
    Field(ACTIVITY, "contacts.text", _("Text message for this activity")),
    Field(ACTIVITY, "contacts.email", _("E-mail for this activity")),
    Field(ACTIVITY, "contacts.web", _("Website of this activity")),
)


@cache
def fields_of(of: str) -> dict[str, Field]:
    """In reading order."""
    return {one.name: one for one in _FIELDS if one.of == of}


def of_part(part: str) -> str:
    """Whose values a part of a proposal holds."""
    return GROUP if part == GROUP else ACTIVITY
