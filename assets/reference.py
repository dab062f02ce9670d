"""Loads help lines, who it is for, what makes it easy, languages, everyday words, where to start.

Bank holidays and school terms, too: see `assets.dates.load`; what there is to read and whom to ask,
too: see `assets.learning_load`.
"""

from pathlib import Path

from simple_history.utils import bulk_create_with_history

from assets import learning_load, youth_voice
from assets.dates import load as dates
from assets.models import AccessFeature, Audience, HelpLine, Language, StartingPoint, Synonym
from assets.places.words import plain
from assets.search.options import give_bits
from assets.understanding import vocabulary
from thrive.reference import add_missing, read

FOLDER = Path(__file__).parent / "reference"


def load() -> None:
    """Help lines as in the file unless staff have checked them since; the rest is only added."""
    for row in read(FOLDER, "help_lines")["help_line"]:
        newer = HelpLine.objects.filter(slug=row["slug"], checked_on__gt=row["checked_on"])
        if not newer.exists():
            HelpLine.objects.update_or_create(slug=row.pop("slug"), defaults=row)
    add_missing(Audience, read(FOLDER, "audiences")["audience"])
    add_missing(AccessFeature, read(FOLDER, "access_features")["access_feature"])
    add_missing(Language, read(FOLDER, "languages")["language"])
    add_missing(StartingPoint, read(FOLDER, "starting_points")["starting_point"])
    give_bits()
    dates.load()
    _add_missing_synonyms()
    learning_load.load()
    youth_voice.load()
    vocabulary.add_words_of_lists()


def _add_missing_synonyms() -> None:
    """What staff have changed stays as they left it. One row of the file is several phrases."""
    there = {plain(phrase) for phrase in Synonym.objects.values_list("phrase", flat=True)}
    missing = [
        Synonym(phrase=phrase, means=row["means"], note=row.get("note", ""))
        for row in read(FOLDER, "synonyms")["synonym"]
        for phrase in row["phrases"]
        if plain(phrase) not in there
    ]
    bulk_create_with_history(missing, Synonym)
