"""A file in steps: brought, its columns named, looked at, loaded. The same load as by command."""

import hashlib
import json
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.importing.asked import Loaded, Options
from assets.importing.fields import FIELDS
from assets.importing.load import load
from assets.importing.mapping import Mapping, read_mapping
from assets.importing.problems import TableError
from assets.importing.table import Table, read_table
from assets.models import ImportColumns, ImportUpload
from assets.places.words import plain

ALSO_CALLED = Path(__file__).parent / "also_called.toml"
# What nobody has loaded by then is forgotten: it may hold what is not ours to keep.
KEPT = timedelta(days=7)
# So many take some twenty seconds on a small machine. Nobody waits for more before a page, and
# many a proxy gives up after a minute.
MOST_ROWS_HERE = 2_000


@transaction.atomic
def bring(*, name: str, data: bytes, source: str, by: User) -> ImportUpload:
    """Keep the file until it is loaded. Raises TableError for what is no table."""
    ImportUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    table = read_table(name, data)
    if len(table.rows) > MOST_ROWS_HERE:
        raise TableError(
            _(
                "It has %(rows)s rows, and a page can bring in %(most)s at once. Make it several "
                "sheets, or ask whoever runs the site to bring it in with: manage.py "
                "import_directory."
            )
            % {"rows": f"{len(table.rows):,}", "most": f"{MOST_ROWS_HERE:,}"}
        )
    upload = ImportUpload(owner=by, file_name=name[:200], data=data, source=source)
    upload.columns = _remembered(table) or _guessed(table)
    upload.save()
    return upload


def table_of(upload: ImportUpload) -> Table:
    return read_table(upload.file_name, bytes(upload.data))


@transaction.atomic
def name_columns(*, upload: ImportUpload, columns: dict[str, str]) -> None:
    """What each column is, from now on for every sheet with the same head."""
    upload.columns = columns
    upload.save()
    ImportColumns.objects.update_or_create(
        heads=_heads(table_of(upload)), defaults={"columns": columns}
    )


def mapping_of(upload: ImportUpload) -> Mapping:
    """With what our template takes for granted where a cell is empty."""
    template = read_mapping("template")
    return Mapping(
        name=upload.file_name,
        source=upload.source,
        columns={plain(head): (name,) for head, name in upload.columns.items() if name in FIELDS},
        defaults=template.defaults,
    )


def look(upload: ImportUpload, options: Options) -> Loaded:
    """Load it, or only check it, as `options` say."""
    return load(table_of(upload), mapping_of(upload), options)


def _guessed(table: Table) -> dict[str, str]:
    """By the names of our template's columns, by what we call the fields, and by what others do."""
    template = read_mapping("template")
    labels = {plain(str(one.label)): name for name, one in reversed(FIELDS.items())}
    labels |= _also_called()
    guessed: dict[str, Any] = {}
    for head in table.columns:
        named = template.fields_of(head) or (labels.get(plain(head), ""),)
        guessed[head] = named[0] if named[0] not in guessed.values() else ""
    return guessed


def _also_called() -> dict[str, str]:
    called = tomllib.loads(ALSO_CALLED.read_text("utf-8"))
    return {plain(head): name for name, heads in called.items() for head in heads}


def _remembered(table: Table) -> dict[str, str]:
    found = ImportColumns.objects.filter(heads=_heads(table)).first()
    return dict(found.columns) if found else {}


def _heads(table: Table) -> str:
    """A set of heads has one name, in whatever order they stand."""
    return hashlib.sha256(json.dumps(sorted(map(plain, table.columns))).encode()).hexdigest()
