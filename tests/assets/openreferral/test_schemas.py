"""Every record is what the publishers' schemas say, and what our own document says."""

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from assets.openreferral.openapi import described
from tests.assets.openreferral.published import OF_PATHS, ask, errors, told

pytestmark = pytest.mark.usefixtures("example_district")


@pytest.mark.parametrize("path", OF_PATHS)
def test_the_example_district_has_no_error(path: str) -> None:
    in_list, alone = OF_PATHS[path]
    listed = told(path, per_page=500)
    assert len(listed) > 10
    assert [why for one in listed for why in errors(in_list, one)] == []
    if "taxonom" not in path:
        full = told(path, per_page=500, full="true")
        assert [one["id"] for one in full] == [one["id"] for one in listed]
        assert [why for one in full for why in errors(alone, one)] == []
    one = ask(f"{path}/{listed[0]['id']}")
    assert errors(alone, one) == []


def _holes(said: Any) -> bool:
    """Whether anything in it is null, or empty."""
    if isinstance(said, dict):
        return any(map(_holes, said.values()))
    if isinstance(said, list):
        return not said or any(map(_holes, said))
    return said is None or said == ""


@pytest.mark.parametrize("path", OF_PATHS)
def test_nothing_is_null_and_all_is_as_our_own_document_has_it(path: str) -> None:
    document = described()
    page = document["paths"][f"/{path}"]["get"]["responses"]["200"]["content"]
    judge = Draft202012Validator(
        page["application/json"]["schema"] | {"components": document["components"]},
        format_checker=FormatChecker(),
    )
    asked: dict[str, Any] = {} if "taxonom" in path else {"full": "true"}
    answer = ask(path, per_page=500, **asked)
    assert [one.message for one in judge.iter_errors(answer)] == []
    assert [one for one in answer["contents"] if _holes(one)] == []


def test_line_by_line_it_is_the_same() -> None:
    answer = Client().get("/open-referral/services", {"format": "ndjson", "full": "true"})
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(one) for one in answer.getvalue().splitlines()]
    assert lines == told("services", per_page=500, full="true")
