"""Links from a search to its files."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.pages import with_parameter
from assets.shortlist import PARAMETER

# How it looks on the page is nothing to a file, nor is what somebody keeps for themselves.
NOT_FOR_A_FILE = ("view", "page", "starting", PARAMETER)


def downloads(parameters: QueryDict) -> list[tuple[str, str]]:
    """What each kind of file is called on the page, and its address for this search."""
    asked = parameters.copy()
    for name in NOT_FOR_A_FILE:
        asked.pop(name, None)
    query = with_parameter(asked, "page", None).removesuffix("?")
    return [
        (_("CSV"), reverse("activities_csv") + query),
        (_("spreadsheet"), reverse("activities_xlsx") + query),
    ]
