"""The same search as plain JSON: the rows of the other files under names that stay."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from assets.export.links import for_a_file
from assets.export.rows import Row, help_row, rows_of
from assets.export.whole_search import MOST, whole_answer
from assets.models import HelpLine

MEDIA_TYPE = "application/json"


def of_search(parameters: QueryDict) -> bytes:
    """`total`, `page` (to read it on), `results`, `MOST` at most. Raises NotAnswered.

    Dates are written 2026-11-24; what is not known is left out of a result. Words of crisis are
    answered with `help_first`, too.
    """
    question, _asked, answer = whole_answer(parameters, most=MOST)
    page = settings.SITE_URL.geturl() + reverse("activities") + for_a_file(parameters)
    said: dict[str, Any] = {"total": answer.total, "page": page}
    if question.help_first:
        said["help_first"] = [_told(help_row(one)) for one in HelpLine.objects.to_reach_now()]
    said["results"] = [_told(row) for row in rows_of(answer.found, for_machines=True)]
    return json.dumps(said, ensure_ascii=False, default=str).encode()


def _told(row: Row) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if value not in ("", None)}
