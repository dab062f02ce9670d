"""Links from a search to its files and feeds."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.pages import with_parameter
from assets.shortlist import PARAMETER

# How it looks on the page is nothing to a file, nor is what somebody keeps for themselves.
NOT_FOR_A_FILE = ("view", "page", "starting", PARAMETER)


def for_a_file(parameters: QueryDict) -> str:
    """What a file is asked with: “?q=art”, or nothing. A field left empty asks nothing."""
    asked = QueryDict(mutable=True)
    for name, values in parameters.lists():
        if name not in NOT_FOR_A_FILE and any(values):
            asked.setlist(name, [value for value in values if value])
    return with_parameter(asked, "page", None).removesuffix("?")


def downloads(parameters: QueryDict) -> list[tuple[str, str]]:
    """What each kind of file is called on the page, and its address for this search."""
    query = for_a_file(parameters)
    return [
        (_("CSV"), reverse("activities_csv") + query),
        (_("spreadsheet"), reverse("activities_xlsx") + query),
    ]
