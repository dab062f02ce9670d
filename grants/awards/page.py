"""The page of all awards: what it says of what was asked and found."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets import offered
from assets.pages import page_links, page_number, with_parameter
from assets.search.query import PAGE_SIZE
from assets.search_words import Chip, without
from grants import did
from grants.awards.filters import THEIRS, AwardFilter
from grants.awards.where import drawing_of
from grants.awards.words import entry_of, money
from grants.models.published import PublishedGrant, PublishedGrantQuerySet


def awards_page(asked: AwardFilter) -> dict[str, Any]:
    """Without `entries` there is nothing to list: a value was bad. Raises Http404 for a page past
    the end.
    """
    context: dict[str, Any] = {
        "form": asked.form,
        "clear_url": reverse("awards"),
        "has_did": did.public().exists(),
        "has_files": PublishedGrant.objects.to_tell_machines().exists(),
    }
    if not asked.is_valid():
        return context
    chips = [*_chips(asked)]
    pages = Paginator(asked.qs.newest_first().select_related("file").defer("said"), PAGE_SIZE)
    number = page_number(asked.data.get("page", "1"))
    if number is None or number > pages.num_pages:
        raise Http404
    return context | {
        "chips": chips,
        "heading": _heading(asked, pages.count),
        "totals": _totals(asked.qs),
        "drawing": drawing_of(asked.qs, asked.data),
        "at_first": number == 1 and not chips,
        "entries": [entry_of(one) for one in pages.page(number).object_list],
        "page_links": page_links(asked.data, number, pages.num_pages),
        "groups": _groups(asked),
        "picked_count": sum(len(values) for values in asked.chosen().values()),
        "theirs_url": _theirs_url(asked),
    }


def _heading(asked: AwardFilter, count: int) -> str:
    said = ngettext("%d grant", "%d grants", count) % count if count else _("Nothing found")
    if words := asked.form.cleaned_data["q"]:
        return _("%(count)s for “%(words)s”") % {"count": said, "words": words}
    is_everything = not any(asked.chosen().values())
    return _("What we have given") if is_everything else said


def _totals(grants: PublishedGrantQuerySet) -> list[str]:
    """“£24,500 in 13 grants”, in each kind of money."""
    rows = grants.order_by().values("currency").annotate(money=Sum("amount_awarded"), n=Count("pk"))
    return [
        ngettext("%(money)s in %(n)s grant", "%(money)s in %(n)s grants", row["n"])
        % {"money": money(row["money"], row["currency"]), "n": f"{row['n']:,}"}
        for row in rows.order_by("-n", "currency")
    ]


def _groups(asked: AwardFilter) -> list[offered.Group]:
    legends = {name: str(asked.filters[name].label) for name in asked.questions}
    return offered.groups(asked.chosen(), asked.counts(), asked.choices(), legends)


def _chips(asked: AwardFilter) -> Iterator[Chip]:
    """Each thing that narrows the list, with the address of the list without it."""
    if words := asked.form.cleaned_data["q"]:
        yield f"“{words}”", with_parameter(asked.data, "q", None)
    chosen = asked.chosen()
    for name, choices in asked.choices().items():
        for value, label in choices:
            if value in chosen[name]:
                yield label, without(asked.data, name, value)


def _theirs_url(asked: AwardFilter) -> str:
    """The same search with other funders' grants; empty where they are in it already."""
    if THEIRS in asked.form.cleaned_data["whose"]:
        return ""
    return with_parameter(asked.data, "whose", THEIRS)
