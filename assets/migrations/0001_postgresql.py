"""What the tables stand on: extensions, how names are sorted, how words are read."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is only “stable”, because its rules could be changed: an index needs “immutable”.
# Schemas are spelt out so that a restored dump builds its indexes too.
FUNCTIONS = """
CREATE FUNCTION immutable_unaccent(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN public.unaccent('public.unaccent'::regdictionary, words);
CREATE FUNCTION sort_key(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.immutable_unaccent(words));
"""
DROP_FUNCTIONS = "DROP FUNCTION sort_key(text); DROP FUNCTION immutable_unaccent(text);"

# English stems, with accents forgiven: “café” finds “cafe”.
SEARCH_CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION directory (COPY = english);
ALTER TEXT SEARCH CONFIGURATION directory
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
DROP_SEARCH_CONFIGURATION = "DROP TEXT SEARCH CONFIGURATION directory;"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(SEARCH_CONFIGURATION, DROP_SEARCH_CONFIGURATION),
        migrations.RunSQL(
            "CREATE SEQUENCE assets_searchrow_version", "DROP SEQUENCE assets_searchrow_version"
        ),
    ]
