"""The publishers' own schemas, beside this clone where they are; and how to ask the API."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

SCHEMAS = Path(__file__).parents[4] / "shared" / "standards" / "oruk" / "schema"
# Of each path: of what its list holds, and of one alone.
OF_PATHS = {
    "services": ("compiled/service_list", "compiled/service"),
    "service_at_locations": (
        "compiled/service_at_location_list",
        "compiled/service_at_location",
    ),
    "organizations": ("compiled/organization_list", "compiled/organization"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}


def schema(name: str) -> dict[str, Any]:
    path = SCHEMAS / f"{name}.json"
    if not path.exists():
        pytest.skip("The publishers' schemas are not beside this clone.")
    said: dict[str, Any] = json.loads(path.read_text())
    return said


@cache
def judge(name: str) -> Draft202012Validator:
    said = schema(name)
    if name.startswith("taxonomy"):
        # They refer to one another by bare file names.
        said["properties"].pop("taxonomy_terms", None)
    return Draft202012Validator(said, format_checker=FormatChecker())


def errors(name: str, said: Any) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in judge(name).iter_errors(said)]


def ask(path: str, status: int = 200, **asked: Any) -> Any:
    answer = Client().get(f"/open-referral/{path}", asked)
    assert answer.status_code == status, answer.content
    return answer.json()


def told(path: str, **asked: Any) -> list[Any]:
    contents: list[Any] = ask(path, **asked)["contents"]
    return contents


def names(path: str = "services", **asked: Any) -> list[str]:
    """In the order of the alphabet: that of the keys is by chance."""
    return sorted(one["name"] for one in told(path, **asked))
