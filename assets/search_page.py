"""From what a family typed to what the page says: understood, searched, told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assets import offered, search_words
from assets.asked import Asked, understood
from assets.by_day import days_of
from assets.cards import Card, cards
from assets.export.links import downloads, for_a_file
from assets.forms import ActivitySearchForm, without_the_usual
from assets.models import HelpLine
from assets.nothing_found import nearest_thing, ways_on
from assets.pages import page_links, with_parameter
from assets.places.resolve import NotResolved
from assets.print_page import print_entries
from assets.question import Question, answered, is_exact, read_question
from assets.search.query import Answer, Query
from assets.search_map import search_map, url_around
from assets.shortlist import PARAMETER, shortlist
from assets.words import long_date

DEFAULT = "assets/search.html"
TEXT = "assets/text.html"
TEMPLATES = {"print": "assets/print.html", "text": TEXT}
# On paper, as many as somebody would carry; by day, the list itself is not shown.
SIZES = {"print": 60, "dates": 1}


@dataclass(frozen=True)
class SearchPage:
    """With `to`, it is elsewhere. `found_nothing` is what was asked for and is not there."""

    context: dict[str, Any]
    status: int = 200
    template: str = DEFAULT
    to: str = ""
    found_nothing: Asked | None = None


def search_page(parameters: QueryDict, sizes: Mapping[str, int] = SIZES) -> SearchPage:
    """Bad values are told beside what was typed (400); a page past the end is none (404).

    `sizes` says for a view how many results a page of it holds, where that is not the usual.
    """
    question = read_question(parameters)
    parameters, form, help_first = question.parameters, question.form, question.help_first
    context: dict[str, Any] = {
        "form": form,
        "help_first": help_first,
        "help_lines": list(HelpLine.objects.to_reach_now()) if help_first else [],
        "clear_url": reverse("activities") + shortlist(parameters).carry,
        "back_url": with_parameter(parameters, "view", None),
        **_carried(parameters, form),
    }
    # What went wrong is told in the view that it went wrong in; on paper it would be no use.
    wrong = TEXT if parameters.get("view") == "text" else DEFAULT
    if not form.is_valid():
        return SearchPage(context | {"heading": _("Please look at this again")}, 400, wrong)
    asked = understood(form.cleaned_data, today=timezone.localdate())
    if to := url_around(parameters, asked):
        return SearchPage({}, 302, to=to)
    if isinstance(asked.place, NotResolved):
        context |= {
            "asked": asked,
            "chips": search_words.chips(parameters, asked),
            "summary": search_words.summary(asked),
        }
        problem = search_words.place_problem(parameters, asked.place)
        return SearchPage(context | problem, template=wrong)
    return _answered(question, asked, context, wrong, sizes)


def _answered(
    question: Question,
    asked: Asked,
    context: dict[str, Any],
    wrong: str,
    sizes: Mapping[str, int],
) -> SearchPage:
    """The page of a question that was understood; `wrong` is for where nothing is found."""
    typed, form = question.typed, question.form
    parameters, asked, answer, said = answered(question, asked, lambda one: _sized(one, sizes))
    number = answer.page
    # By day there are weeks and no pages.
    past_end = asked.view != "dates" and number > answer.pages
    shown = cards(answer.found, first_number=(number - 1) * answer.size + 1, keeping=parameters)
    notes = search_words.notes(typed, parameters, asked, answer)
    context |= _carried(parameters, form) | {
        "asked": asked,
        "answer": answer,
        # With the distance and the days that were searched in the end.
        "form": ActivitySearchForm(without_the_usual(parameters)) if said else form,
        "chips": search_words.chips(parameters, asked),
        "summary": search_words.summary(asked),
        "notes": [*notes, *({"text": text} for text in said)],
        "past_end": past_end,
        "heading": search_words.heading(answer, asked),
        "cards": shown,
        "groups": _groups(asked, answer),
        "picked_count": len(search_words.picked(asked)),
        "page_links": page_links(parameters, number, answer.pages),
    }
    context |= _in_this_view(parameters, asked, answer, shown, question.help_first)
    context |= _views(parameters, asked)
    template = TEMPLATES.get(asked.view, DEFAULT) if shown else wrong
    # Words of crisis are no gap in what is on.
    nothing = None if answer.total or question.help_first else asked
    return SearchPage(context, 404 if past_end else 200, template, found_nothing=nothing)


def _in_this_view(
    parameters: QueryDict, asked: Asked, answer: Answer, shown: list[Card], help_first: bool
) -> dict[str, Any]:
    """What one view has that the others lack, or what is told where nothing was found."""
    if not answer.total:
        return {
            "ways_on": ways_on(parameters, asked, answer, some_words=not help_first),
            "nearest": [] if help_first else nearest_thing(asked),
        }
    if asked.view == "dates":
        return {"by_day": days_of(parameters, asked, answer)}
    if asked.view == "map" and shown:
        return {"map": search_map(parameters, asked, shown)}
    if asked.view == "print":
        return {"entries": print_entries(answer.found), "more": answer.pages > 1}
    return {}


def _sized(asked: Asked, sizes: Mapping[str, int]) -> Query:
    return replace(asked.query, size=sizes.get(asked.view, asked.query.size))


def _views(parameters: QueryDict, asked: Asked) -> dict[str, Any]:
    """The links between the ways to look at one search."""
    labels = [
        ("", _("List")),
        ("map", _("Map")),
        ("dates", _("By day")),
        ("print", _("To print")),
        ("text", _("Only text")),
    ]
    listed = {"": asked.view not in dict(labels[1:])} | {asked.view: True}
    return {
        "views": [
            (label, with_parameter(parameters, "view", view or None), listed.get(view, False))
            for view, label in labels
        ],
        "downloads": downloads(parameters),
        "calendar_url": reverse("activities_ics") + for_a_file(parameters),
        "file_query": for_a_file(parameters),
        "news_url": reverse("activities_rss") + for_a_file(parameters),
        "orders": [] if asked.view == "dates" else search_words.orders(parameters, asked),
        "printed_on": long_date(timezone.localdate()),
    }


def _carried(parameters: QueryDict, form: ActivitySearchForm) -> dict[str, Any]:
    """What goes along when the form is sent, and when a result is opened."""
    own_list = shortlist(parameters)
    return {
        "carried": [
            *(
                (name, parameters[name])
                for name in ("sort", "view", "ages", "part", PARAMETER)
                if name in parameters and name not in form.errors
            ),
            # For as long as the words stay as they are.
            *([("exact", parameters.get("q", ""))] if is_exact(parameters) else []),
        ],
        # Lost where the filters are not on the page; one that is wrong had better be.
        "carried_filters": [
            (name, value)
            for name in ("on", *offered.legends())
            if name not in form.errors
            for value in parameters.getlist(name)
        ],
        "carry": own_list.carry,
        "own_list": own_list,
    }


def _groups(asked: Asked, answer: Answer) -> list[offered.Group]:
    query = asked.query
    chosen = {**query.options, "when": query.when, "time": query.times}
    chosen["serves"] = ("yes",) if query.serves else ()
    chosen["unchecked"] = ("1",) if query.unchecked else ()
    # With them, or with them as well.
    with_all = answer.total if query.unchecked else answer.without.get("unchecked", 0)
    counts = {**answer.counts, "unchecked": {"1": with_all}}
    # A day of one's own has a field to itself.
    days = [window for window in query.windows if window.name != "on"]
    choices = offered.choices() | {"when": offered.when_choices(days)}
    if not query.areas:
        del choices["serves"]
    return offered.groups(chosen, counts, choices)
