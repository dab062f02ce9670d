"""The stored rules, ready to be asked, and asking them for one text."""

from collections.abc import Iterable

from thrive.models import TagRule
from thrive.reading import Text, words_of
from thrive.stems import stems_of
from thrive.suggesting import Facts, Rules, Suggestion


def rules_in_use() -> Rules:
    """Read from the table each time: there are few, and staff change them."""
    return Rules.read(TagRule.objects.filter(in_use=True), stems_of)


def suggests(text: str, facts: Facts | None = None, rules: Rules | None = None) -> list[Suggestion]:
    """For one text."""
    return next(iter(suggest_each([(text, facts or Facts())], rules or rules_in_use())))


def suggest_each(listings: Iterable[tuple[str, Facts]], rules: Rules) -> list[list[Suggestion]]:
    """For many texts, with one question to the database."""
    read = [(text, words_of(text), facts) for text, facts in listings]
    stems = stems_of({word.text for _text, words, _facts in read for word in words})
    return [rules.suggests(Text(text, stems, words), facts) for text, words, facts in read]
