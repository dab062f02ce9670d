"""Bring a file in: all of it, in one transaction, or nothing; and the same file twice is nothing.

Colleagues' changes wait while a load runs, because changes to the directory take turns.
"""

from django.db import transaction
from django.utils import timezone

from assets import listings
from assets.importing.asked import Loaded, Options
from assets.importing.loader import Loader
from assets.importing.mapping import Mapping
from assets.importing.sheet import read_sheet
from assets.importing.table import Table
from assets.turns import take_turn


def load(table: Table, mapping: Mapping, options: Options) -> Loaded:
    """Read, compare, store. A check does all of it too, and takes it back."""
    sheet = read_sheet(table, mapping, timezone.localdate())
    if sheet.problems:
        return Loaded(problems=sheet.problems, notes=sheet.notes)
    with transaction.atomic():
        take_turn()
        with listings.all_at_once():
            loaded = Loader(mapping, options).bring_in(sheet)
            if options.check or not loaded.is_whole:
                transaction.set_rollback(True)
    if options.check or not loaded.is_whole:
        loaded.batch = None
    return loaded
