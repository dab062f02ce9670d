"""A round as a document for a committee: to read, to talk about, to draft answers in."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.odt import MEDIA_TYPE, Document
from grants.round_page import RoundPage

__all__ = ["MEDIA_TYPE", "document"]

LINES = 6


def document(page: RoundPage) -> bytes:
    """An OpenDocument text file."""
    made = Document(page.round.title, get_language() or "en-gb")
    made.text(page.round.summary)
    _what(made, page)
    _questions(made, page)
    _score_sheet(made, page)
    _next(made, page)
    return made.file()


def _what(made: Document, page: RoundPage) -> None:
    round = page.round
    for heading, words in (
        (_("What it is for"), round.about),
        (_("Who may apply"), round.who_may_apply),
        (_("What it cannot pay for"), round.not_funded),
    ):
        if words:
            made.heading(heading, 1)
            made.text(words)
    made.heading(_("How much"), 1)
    amounts = {"pot": page.pot, "smallest": page.smallest, "largest": page.largest}
    made.text(_("There is %(pot)s to give. You can ask for %(smallest)s to %(largest)s.") % amounts)
    made.text(_("The money comes from %s.") % round.funder)
    if page.needs_groups:
        made.heading(_("The kinds of help it can pay for"), 1)
        made.points(f"{one.plain_name} ({one.name})" for one in page.needs_groups)
    if page.gaps:
        made.heading(_("What is missing most"), 1)
        made.points(str(gap) for gap in page.gaps)


def _questions(made: Document, page: RoundPage) -> None:
    if page.eligibility_questions:
        made.heading(_("First: is it for you?"), 1)
        for first in page.eligibility_questions:
            made.heading(first.text, 2)
            if first.help:
                made.quiet(first.help)
            made.text(_("Answer: yes / no"))
    made.heading(_("What we ask"), 1)
    for number, question in enumerate(page.questions, start=1):
        made.heading(f"{number}. {question.text}", 2)
        if question.help:
            made.quiet(question.help)
        limit = _("At most %d words.") % question.most_words
        made.quiet(limit if question.is_required else f"{limit} {_('You may leave this out.')}")
        made.room(LINES)
    made.heading(_("What it costs"), 1)
    heads = [_("Heading"), _("What for"), _("Pounds")]
    made.table(
        _("What it costs"), heads, [(one.name, one.help, "") for one in page.budget_headings]
    )
    if page.checks:
        made.heading(_("What we look at"), 1)
        made.points(
            ": ".join(filter(None, [one.get_kind_display(), one.help])) for one in page.checks
        )


def _score_sheet(made: Document, page: RoundPage) -> None:
    made.heading(_("How we score"), 1)
    made.table(
        _("Weights"),
        [_("What we score"), _("Weight, of 100")],
        [(one.name, one.plain_weight) for one in page.criteria],
    )
    for criterion in page.criteria:
        weight = criterion.plain_weight
        made.heading(
            _("%(name)s: weight %(weight)s") % {"name": criterion.name, "weight": weight}, 2
        )
        if criterion.help:
            made.quiet(criterion.help)
        if criterion.may_not_apply:
            made.quiet(
                _("If this does not fit what you do, we leave it out. That never costs you points.")
            )
        made.table(
            criterion.name,
            [_("Points"), _("Level"), _("What it looks like")],
            [(str(one.points), one.name, one.description) for one in criterion.levels.all()],
        )
    made.text(page.young_scorers)


def _next(made: Document, page: RoundPage) -> None:
    made.heading(_("What happens next"), 1)
    made.table(
        _("What happens next"), [_("What"), _("When")], [(one.what, one.when) for one in page.steps]
    )
    if page.round.equality_note:
        made.heading(_("A fair chance for all"), 1)
        made.text(page.round.equality_note)
