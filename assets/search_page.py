"""From what a family typed to what the page says: understood, searched, told."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.ages import Age, age_in_words
from assets.cards import cards
from assets.crisis import needs_help_first
from assets.forms import DEFAULT_MILES, ActivitySearchForm
from assets.kept import kept
from assets.models import HelpLine
from assets.pages import page_links, with_parameter
from assets.places.resolve import NotResolved, Resolved, resolve
from assets.search.query import PAGE_SIZE, Answer, Query, search
from assets.words import joined
from thrive.models import NeedsGroup


@dataclass(frozen=True)
class SearchPage:
    context: dict[str, Any]
    status: int = 200


def search_page(parameters: QueryDict) -> SearchPage:
    """Bad values are told beside what was typed (400); a page past the end is none (404)."""
    form = ActivitySearchForm(_with_defaults(parameters))
    help_first = needs_help_first(parameters.get("q", ""))
    context: dict[str, Any] = {
        "form": form,
        "help_first": help_first,
        "help_lines": list(HelpLine.objects.to_reach_now()) if help_first else [],
        "clear_url": reverse("activities"),
        "needs_groups": kept("needs-groups", lambda: list(NeedsGroup.objects.all())),
    }
    if not form.is_valid():
        return SearchPage(context | {"heading": _("Please look at this again")}, status=400)
    asked = form.cleaned_data
    place = resolve(asked["near"]) if asked["near"] else None
    context |= {"chips": _chips(parameters, asked), "summary": _summary(asked, place)}
    if isinstance(place, NotResolved):
        return SearchPage(context | _place_problem(parameters, asked["near"], place))
    # Under words of crisis, “some of the words” would be football for “i want to die”.
    answer = search(_query(asked, place), some_words=not help_first)
    number = answer.page
    context |= {
        "answer": answer,
        "place_note": place.note if place else _distance_alone(parameters),
        "past_end": number > answer.pages,
        "heading": _heading(answer, asked, place),
        "cards": cards(answer.found, first_number=(number - 1) * PAGE_SIZE + 1),
        "pages": page_links(parameters, min(number, answer.pages), answer.pages),
        "wider_url": _wider_url(parameters, asked, place),
    }
    return SearchPage(context, status=200 if number <= answer.pages else 404)


def _with_defaults(parameters: QueryDict) -> QueryDict:
    """So that the form shows the distance that counts when none was asked for."""
    filled = parameters.copy()
    if not filled.get("within"):
        filled["within"] = str(DEFAULT_MILES)
    return filled


def _distance_alone(parameters: QueryDict) -> str:
    """A distance from nowhere narrows nothing, and says so."""
    if parameters.get("within", "") in ("", str(DEFAULT_MILES)):
        return ""
    return _("To look within a distance, tell us where: a postcode, a town or a village.")


def _query(asked: dict[str, Any], place: Resolved | None) -> Query:
    return Query(
        words=asked["q"],
        near=place.point if place else None,
        within=asked["within"],
        age=asked["age"],
        needs_groups=tuple(group.slug for group in asked["needs"]),
        themes=tuple(theme.slug for theme in asked["theme"]),
        page=asked["page"] or 1,
    )


def _place_problem(parameters: QueryDict, typed: str, place: NotResolved) -> dict[str, Any]:
    return {
        "heading": _("We could not find that place"),
        "place_problem": place.explanation,
        "suggestions": [
            (label, with_parameter(parameters, "near", label)) for label in place.suggestions
        ],
        "without_place_url": with_parameter(parameters, "near", None),
    }


def _heading(answer: Answer, asked: dict[str, Any], place: Resolved | None) -> str:
    """“12 activities near DE4 3AB”."""
    count = ngettext("%d result", "%d results", answer.total) % answer.total
    if answer.total == 0:
        count = _("Nothing found")
    if asked["q"]:
        count = _("%(count)s for “%(words)s”") % {"count": count, "words": asked["q"]}
    if place:
        count = _("%(count)s near %(place)s") % {"count": count, "place": place.label}
    if tags := [*asked["needs"], *asked["theme"]]:
        count = _("%(count)s: %(tags)s") % {"count": count, "tags": joined(map(str, tags))}
    return count


def _summary(asked: dict[str, Any], place: Resolved | NotResolved | None) -> str:
    """The search in one line, for a phone: “Near DE4 3AB, within 10 miles”."""
    parts = [f"“{asked['q']}”"] if asked["q"] else []
    if isinstance(place, Resolved):
        parts.append(
            _("near %(place)s, %(within)s")
            % {"place": place.label, "within": _within_in_words(asked).lower()}
        )
    if asked["age"]:
        parts.append(_age_in_words(asked["age"]))
    parts += [str(tag) for tag in [*asked["needs"], *asked["theme"]]]
    words = ", ".join(parts) or _("everything")
    return words[:1].upper() + words[1:]


def _within_in_words(asked: dict[str, Any]) -> str:
    miles: int = asked["within"]
    return ngettext("Within %d mile", "Within %d miles", miles) % miles


def _age_in_words(age: Age) -> str:
    if age.in_pregnancy:
        return _("in pregnancy")
    return _("age %s") % age_in_words(age.months)


def _chips(parameters: QueryDict, asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Each thing that narrows the search, with the address of the search without it."""
    chips = []
    if asked["q"]:
        chips.append((f"“{asked['q']}”", with_parameter(parameters, "q", None)))
    if asked["near"]:
        chips.append((_("Near %s") % asked["near"], with_parameter(parameters, "near", None)))
    if asked["age"]:
        chips.append((_("Age %s") % parameters["age"], with_parameter(parameters, "age", None)))
    for name in ("needs", "theme"):
        chips += [(str(one), without(parameters, name, one.pk)) for one in asked[name]]
    return chips


def without(parameters: QueryDict, name: str, value: str) -> str:
    """The same search without one of several values."""
    changed = parameters.copy()
    changed.pop("page", None)
    changed.setlist(name, [one for one in changed.getlist(name) if one != value])
    return f"?{changed.urlencode()}"


def _wider_url(parameters: QueryDict, asked: dict[str, Any], place: Resolved | None) -> str:
    """The same search within 20 miles, where it was narrower."""
    if place and (asked["within"]) < 20:
        return with_parameter(parameters, "within", "20")
    return ""
