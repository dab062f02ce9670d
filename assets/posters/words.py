"""What a poster says: what the page says, for somebody who stands before it with wet hands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assets import schedules, search_words, words
from assets.export.files import as_text
from assets.export.links import for_a_file
from assets.export.whole_search import NotAnswered, whole_answer
from assets.listed import listed
from assets.listing_page import contact_lines, where_of
from assets.models import Activity, Organisation
from assets.places.resolve import Resolved
from assets.qr import Code, code
from assets.search.answer import of_organisation
from assets.search.query import Found

# As many as one reads while walking past.
LINES, TITLES = 4, 6
# More letters than that nobody types from a wall; beside the code a line has so many.
TYPED, IN_A_LINE = 72, 28
# A code of more than that no phone reads from a wall.
LONGEST_PATH = 1_000


@dataclass(frozen=True)
class Poster:
    """`facts` are what a word before them says they are: “When”, and its lines.

    `path` is that of the page that it leads to.
    """

    title: str
    whose: str
    says: str
    facts: list[tuple[str, list[str]]]
    path: str
    is_example: bool = False
    site_name: str = field(default_factory=lambda: settings.SITE_NAME)

    @property
    def address(self) -> str:
        return settings.SITE_URL.geturl() + self.path

    @property
    def typed(self) -> list[str]:
        """Without “https://”, in lines that end after a slash; a long search without its question.

        So somebody with an old phone gets there too, or close.
        """
        whole = f"{settings.SITE_URL.netloc}{self.path}"
        short = whole if len(whole) <= TYPED else whole.partition("?")[0]
        lines = [""]
        for part in re.split(r"(?<=/)", short):
            for piece in wrap(part, IN_A_LINE, break_on_hyphens=False):
                if len(lines[-1]) + len(piece) > IN_A_LINE:
                    lines.append("")
                lines[-1] += piece
        return lines

    @property
    def as_it_was(self) -> str:
        """So that somebody can tell an old poster from a new one."""
        today = words.long_date(timezone.localdate())
        return _("As it was on %s. Ring before you travel: clubs change.") % today

    @cached_property
    def code(self) -> Code:
        return code(self.address)


def of_activity(activity: Activity) -> Poster:
    """A hidden place stays hidden: the village, and that the group will tell."""
    where = where_of(activity)
    contacts = contact_lines(activity) or contact_lines(activity.organisation)
    place = [", ".join(where.lines), where.note] if where else [words.where_in_words(activity)]
    when = [schedules.in_words(one) for one in activity.schedules.all()]
    facts = [
        (_("When"), when[:LINES]),
        (_("Where"), place),
        (_("Ages"), [words.ages_of(activity)]),
        (_("Cost"), [words.cost_in_words(activity)]),
        (_("How to come"), [words.how_to_come_in_words(activity)]),
        (_("Get in touch"), [one.text for one in contacts[:2]]),
    ]
    return Poster(
        title=as_text(activity.title),
        whose=as_text(activity.organisation.name),
        says=as_text(activity.summary),
        facts=_said(facts),
        path=reverse("activity", args=[activity.slug]),
        is_example=activity.is_example,
    )


def of_group(group: Organisation) -> Poster:
    facts = [
        (_("What we do"), _titles(of_organisation(group.pk))),
        (_("Get in touch"), [one.text for one in contact_lines(group)[:3]]),
    ]
    return Poster(
        title=as_text(group.name),
        whose="",
        says=as_text(group.summary),
        facts=_said(facts),
        path=reverse("organisation", args=[group.slug]),
        is_example=group.is_example,
    )


def of_search(parameters: QueryDict) -> Poster:
    """Some of what is found today. Raises NotAnswered.

    It hangs where anybody reads it: of a postcode it has the first half alone.
    """
    question, asked, answer = whole_answer(parameters, most=TITLES)
    if isinstance(asked.place, Resolved) and asked.place.coarse != asked.place.label:
        parameters = question.parameters.copy()
        parameters["near"] = asked.place.coarse
        _question, asked, answer = whole_answer(parameters, most=TITLES)
    path = reverse("activities") + for_a_file(parameters)
    if len(path) > LONGEST_PATH:
        raise NotAnswered(_("That search is too long for a poster."))
    rows = list(listed(answer.found))
    return Poster(
        title=_("What’s on"),
        whose=as_text(search_words.in_full(asked)),
        says=_("Groups, clubs, drop-ins and help for children, young people and families."),
        facts=_said([(_("Such as"), _titles(answer.found))]),
        path=path,
        is_example=any(one.is_example for _row, one in rows),
    )


def _titles(found: list[Found]) -> list[str]:
    """“Toddler group: Tuesdays, 10 am to 11.30 am”."""
    titles = []
    for _row, one in listed(found[:TITLES]):
        rules = list(one.schedules.all()) if isinstance(one, Activity) else []
        title = one.title if isinstance(one, Activity) else one.name
        titles.append(f"{title}: {schedules.in_words(rules[0])}" if rules else title)
    return titles


def _said(facts: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Without what nobody has said."""
    told = [(name, [as_text(line) for line in lines if line]) for name, lines in facts]
    return [(name, lines) for name, lines in told if lines]
