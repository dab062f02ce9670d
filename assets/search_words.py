"""What the page says of a search: its heading, its summary, what was asked for, piece by piece."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets import offered
from assets.ages import Age, age_in_words, band_in_words
from assets.asked import Asked
from assets.forms import DEFAULT_MILES
from assets.pages import with_parameter
from assets.places.resolve import NotResolved, Resolved
from assets.search.query import Answer, Sort
from assets.words import joined

Chip = tuple[str, str]
# Of a heading, so many filters are named; the chips below it name them all.
NAMED = 2
# Of its full name, so many.
TOLD = 5


def heading(answer: Answer, asked: Asked) -> str:
    """“12 free things this week near DE4 3AB”, in an order that every language can have."""
    count = ngettext("%d result", "%d results", answer.total) % answer.total
    if answer.total == 0:
        count = _("Nothing found")
    if asked.query.words:
        count = _("%(count)s for “%(words)s”") % {"count": count, "words": asked.query.words}
    if isinstance(asked.place, Resolved):
        count = _("%(count)s near %(place)s") % {"count": count, "place": asked.place.label}
    tags = [label for name, _value, label in picked(asked) if name in ("needs", "theme", "when")]
    if 0 < len(tags) <= NAMED:
        count = _("%(count)s: %(tags)s") % {"count": count, "tags": joined(tags)}
    return count


def summary(asked: Asked) -> str:
    """The search in one line, for a phone: “Near DE4 3AB, within 10 miles”.

    Of what was ticked nothing: the chips below it tell that.
    """
    words = ", ".join(_typed(asked)) or _("everything")
    return words[:1].upper() + words[1:]


def in_full(asked: Asked) -> str:
    """The search where nothing stands beside it: “Near DE4 3AB, within 10 miles, Free, Online”.

    For the name of a calendar or a poster. Empty where nothing narrows it.
    """
    parts = _typed(asked)
    if asked.typed["ages"]:
        parts.append(_("ages %s") % band_in_words(asked.typed["ages"]))
    if asked.typed["part"]:
        parts.append(asked.typed["part"].label)
    labels = [label for _name, _value, label in picked(asked)]
    parts += labels[:TOLD]
    if (more := len(labels) - TOLD) > 0:
        parts.append(ngettext("and %d thing more", "and %d things more", more) % more)
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _typed(asked: Asked) -> list[str]:
    query = asked.query
    parts = [f"“{query.words}”"] if query.words else []
    if isinstance(asked.place, Resolved):
        parts.append(
            _("near %(place)s, %(within)s")
            % {"place": asked.place.label, "within": _within(asked).lower()}
        )
    if query.age:
        parts.append(_age_in_words(query.age))
    return parts


def _within(asked: Asked) -> str:
    miles = round(asked.query.within)
    return ngettext("Within %d mile", "Within %d miles", miles) % miles


def _age_in_words(age: Age) -> str:
    if age.in_pregnancy:
        return _("in pregnancy")
    return _("age %s") % age_in_words(age.months)


def picked(asked: Asked) -> list[tuple[str, str, str]]:
    """Each option chosen: filter, value, label, in the order of the page."""
    query = asked.query
    chosen = {**query.options, "when": query.when, "time": query.times}
    chosen["serves"] = ("yes",) if query.serves else ()
    chosen["unchecked"] = ("1",) if query.unchecked else ()
    if not any(chosen.values()):
        return []
    choices = offered.choices() | {"when": offered.when_choices(query.windows)}
    return [
        (name, value, label)
        for name in offered.legends()
        for value, label in choices[name]
        if value in chosen.get(name, ())
    ]


def chips(parameters: QueryDict, asked: Asked) -> list[Chip]:
    """Each thing that narrows the search, with the address of the search without it."""
    found = []
    typed = asked.typed
    if typed["q"]:
        found.append((f"“{typed['q']}”", with_parameter(parameters, "q", None)))
    if typed["near"]:
        # A distance from nowhere narrows nothing.
        anywhere = with_parameter(parameters, "near", None, "within")
        found.append((_("Near %s") % typed["near"], anywhere))
        if typed["within"] != DEFAULT_MILES:
            found.append((_within(asked), with_parameter(parameters, "within", None)))
    if typed["age"]:
        found.append((_("Age %s") % parameters["age"], with_parameter(parameters, "age", None)))
    if typed["ages"]:
        label = _("Ages %s") % band_in_words(typed["ages"])
        found.append((label, with_parameter(parameters, "ages", None)))
    if typed["part"]:
        found.append((typed["part"].label, with_parameter(parameters, "part", None)))
    for name, value, label in picked(asked):
        if value == "on":
            found.append((label, with_parameter(parameters, "on", None)))
        elif value in parameters.getlist(name):
            found.append((label, without(parameters, name, value)))
    return found


def without(parameters: QueryDict, name: str, value: str) -> str:
    """The same search without one of several values."""
    changed = parameters.copy()
    changed.pop("page", None)
    changed.setlist(name, [one for one in changed.getlist(name) if one != value])
    return f"?{changed.urlencode()}"


def place_problem(parameters: QueryDict, place: NotResolved) -> dict[str, Any]:
    """What the page says of a place that nobody knows: why, what was meant, how to go on."""
    return {
        "heading": _("We could not find that place"),
        "place_problem": place.explanation,
        "suggestions": [
            (label, with_parameter(parameters, "near", label)) for label in place.suggestions
        ],
        "without_place_url": with_parameter(parameters, "near", None, "within"),
    }


def orders(parameters: QueryDict, asked: Asked) -> list[tuple[str, str, bool]]:
    """Ways to sort: label, address, whether it is this one. Distance only from somewhere."""
    labels = {
        Sort.BEST: _("best match"),
        Sort.NEAREST: _("nearest"),
        Sort.NEXT: _("on next"),
        Sort.CHECKED: _("last checked"),
        Sort.NAME: _("A to Z"),
    }
    if not asked.query.near:
        del labels[Sort.NEAREST]
    return [
        (label, with_parameter(parameters, "sort", sort.value or None), sort == asked.query.sort)
        for sort, label in labels.items()
    ]


def notes(
    typed: QueryDict, parameters: QueryDict, asked: Asked, answer: Answer
) -> list[dict[str, str]]:
    """What we took the words for, and how to have it otherwise: text, link, words of the link."""
    found: list[dict[str, str]] = []
    if read := _what_was_read(typed, parameters, asked):
        found.append(
            {
                "text": _("We read “%(typed)s” as: %(read)s.")
                % {"typed": typed["q"], "read": read},
                "url": with_parameter(typed, "exact", "1"),
                "link": _("Look for just those words instead"),
            }
        )
    found += ({"text": text} for text in _said(parameters, asked, answer))
    if left_out := answer.without.get("unchecked", answer.total) - answer.total:
        found.append(_unchecked(parameters, left_out))
    return found


def _unchecked(parameters: QueryDict, number: int) -> dict[str, str]:
    """“There are 3 more that nobody has checked for a year.”"""
    words = ngettext(
        "There is one more that nobody has checked for a year.",
        "There are %(number)d more that nobody has checked for a year.",
        number,
    )
    return {
        "text": words % {"number": number},
        "url": with_parameter(parameters, "unchecked", "1"),
        "link": ngettext("Show it, too", "Show them, too", number),
    }


def _said(parameters: QueryDict, asked: Asked, answer: Answer) -> Iterator[str]:
    """What was taken for the place and the words, where that is not what was typed."""
    words = {"typed": asked.query.words, "words": answer.looked_for}
    if isinstance(asked.place, Resolved) and asked.place.note:
        yield asked.place.note
    if not asked.query.near and parameters.get("within", "") not in ("", str(DEFAULT_MILES)):
        yield _("To look within a distance, tell us where: a postcode, a town or a village.")
    if answer.looked_for:
        yield _("Nothing has “%(typed)s”, so we looked for “%(words)s”.") % words
    if answer.some_words:
        yield _("Few have all of those words, so these have some of them.")
    if answer.no_words:
        yield _("Nothing has the words “%(typed)s”, so here is all that fits the rest.") % words


def _what_was_read(typed: QueryDict, parameters: QueryDict, asked: Asked) -> str:
    """“football, near Bakewell, This Saturday”; nothing where the words stayed what they were."""
    if typed.get("q") == parameters.get("q"):
        return ""
    parts = []
    if parameters.get("near") != typed.get("near"):
        parts.append(_("near %s") % parameters["near"])
    if parameters.get("age") != typed.get("age") and asked.query.age:
        parts.append(_age_in_words(asked.query.age))
    for name, value, label in picked(asked):
        if value not in typed.getlist(name) and not (value == "on" and typed.get("on")):
            parts.append(label)
    if not parts:
        # The day that was read out of them has been let go of.
        return ""
    return ", ".join([*([f"“{asked.query.words}”"] if asked.query.words else []), *parts])
