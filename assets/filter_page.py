"""The page of a list that is narrowed down: what it says of what was asked and found."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets import offered
from assets.filters import DirectoryFilter
from assets.forms import DEFAULT_MILES
from assets.pages import page_links, page_number, with_parameter
from assets.places.resolve import NotResolved, Resolved
from assets.search.query import PAGE_SIZE, Sort
from assets.search_words import Chip, place_problem, without


def filter_page(found: DirectoryFilter, *, everything: str) -> dict[str, Any]:
    """What both lists show beside their entries; `everything` is the list with nothing asked.

    Without `rows` there is nothing to list: a value was bad, or the place is not known. Raises
    Http404 for a page past the end.
    """
    parameters = found.data
    context: dict[str, Any] = {
        "form": found.form,
        "clear_url": everything,
        "carried": [("sort", parameters["sort"])] if parameters.get("sort") else [],
    }
    if not found.is_valid():
        return context | {"summary": _("Your search")}
    chips = _chips(found)
    context |= {"chips": chips, "summary": " · ".join(words for words, _url in chips)}
    if isinstance(found.place, NotResolved):
        return context | place_problem(parameters, found.place)
    pages = Paginator(found.in_order(), PAGE_SIZE)
    number = page_number(parameters.get("page", "1"))
    if number is None or number > pages.num_pages:
        raise Http404
    if isinstance(found.place, Resolved):
        context["note"] = found.place.note
        context["near"] = found.place.label
    return context | {
        "rows": pages.page(number).object_list,
        "total": pages.count,
        "page_links": page_links(parameters, number, pages.num_pages),
        "groups": _groups(found),
        "picked_count": sum(len(values) for values in found.chosen().values()),
        "orders": _orders(found),
    }


def heading(context: dict[str, Any], *, all_of_them: str, count: str) -> str:
    """“Groups”; or, of what was asked for, “3 groups for “play” near Bakewell”."""
    if not context["chips"]:
        return all_of_them
    if not context["total"]:
        count = _("Nothing found")
    if words := context["form"].cleaned_data["name"]:
        count = _("%(count)s for “%(words)s”") % {"count": count, "words": words}
    if "near" in context:
        count = _("%(count)s near %(place)s") % {"count": count, "place": context["near"]}
    return count


def _choices(found: DirectoryFilter) -> dict[str, offered.Choices]:
    return {name: list(found.form.fields[name].choices) for name in found.tags}


def _groups(found: DirectoryFilter) -> list[offered.Group]:
    legends = {name: str(found.filters[name].label) for name in found.tags}
    return offered.groups(found.chosen(), found.counts(), _choices(found), legends)


def _chips(found: DirectoryFilter) -> list[Chip]:
    """Each thing that narrows the list, with the address of the list without it."""
    parameters, typed = found.data, found.form.cleaned_data
    chips: list[Chip] = []
    if typed["name"]:
        chips.append((f"“{typed['name']}”", with_parameter(parameters, "name", None)))
    if typed["near"]:
        chips.append((_("Near %s") % typed["near"], with_parameter(parameters, "near", None)))
        if typed["within"] != DEFAULT_MILES:
            miles = typed["within"]
            within = ngettext("Within %d mile", "Within %d miles", miles) % miles
            chips.append((within, with_parameter(parameters, "within", None)))
    for name, choices in _choices(found).items():
        chips += [
            (str(label), without(parameters, name, value))
            for value, label in choices
            if value in typed[name]
        ]
    return chips


def _orders(found: DirectoryFilter) -> list[tuple[str, str, bool]]:
    """Ways to sort: label, address, whether it is this one. From nowhere, there is one way."""
    if not found.near:
        return []
    labels = {Sort.NEAREST: _("nearest"), Sort.NAME: _("A to Z")}
    return [
        (label, with_parameter(found.data, "sort", sort.value), sort == found.sort)
        for sort, label in labels.items()
    ]
