"""The one address of a page that several addresses lead to."""

from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import QueryDict

from assets.forms import without_the_usual

# These change the order, the view, or where the eye begins: never what is found.
LOOKS = frozenset(["view", "sort", "starting", "at", "zoom", "around"])


def canonical_query(parameters: QueryDict, form: BaseForm | None) -> str:
    """“?q=art&near=Bakewell”, or nothing: what changes the answer, always in the same order.

    Only the page's own form knows what that is: whatever else stands in the address goes. So does
    all of what it refused.
    """
    if not parameters or form is None or not form.is_bound or form.errors:
        return ""
    asked = without_the_usual(parameters)
    kept = [
        (name, value)
        for name in form.fields
        if name not in LOOKS
        for value in sorted({one.strip() for one in asked.getlist(name)} - {""})
        if (name, value) != ("page", "1")
    ]
    # From nowhere, no distance.
    if "near" not in dict(kept):
        kept = [one for one in kept if one[0] != "within"]
    return f"?{urlencode(kept)}" if kept else ""
