"""Schemathesis asks the running API whatever a description of it allows, and what it does not."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.assets.openreferral.published import OF_PATHS, schema

HERE = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/"
# Of each address and kind of asking; by chance, but the same in every run.
EXAMPLES, SEED = 6, 20_261_123
# Which postcodes there are, and that a distance wants a postcode, a description cannot say: what it
# allows may be refused. And what it does not know of is passed over, as the web does.
OF_OURS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,unsupported_method"
)
# The publishers' document knows no answer but 200.
OF_THEIRS = "not_a_server_error,content_type_conformance,response_schema_conformance"


def failures(document: Any, site: str, checks: str, folder: Path) -> str:
    """What it found; empty where there is nothing."""
    _give_keys(document, site)
    described = folder / "openapi.json"
    described.write_text(json.dumps(document))
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(described)]
    command += ["--url", f"{site}/open-referral", "--checks", checks, "--phases=fuzzing"]
    command += [f"--max-examples={EXAMPLES}", f"--seed={SEED}", "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _give_keys(document: Any, site: str) -> None:
    """Of rows that are there: by chance none would ever be met."""
    for path in OF_PATHS:
        if f"/{path}/{{id}}" not in document["paths"]:
            # The publishers describe no organizations.
            continue
        alone = document["paths"][f"/{path}/{{id}}"]
        page = _read(f"{site}/open-referral/{path}?per_page=20")
        keys = [one["id"] for one in page["contents"]]
        (parameter,) = alone.get("parameters") or alone["get"]["parameters"]
        parameter["schema"] = {"type": "string", "enum": [*keys, "none"]}


def _read(url: str) -> Any:
    with urlopen(url) as answer:  # noqa: S310 (our own address)
        return json.load(answer)


def test_our_own_description_is_true(site: str, tmp_path: Path) -> None:
    document = _read(f"{site}/open-referral/openapi.json")
    assert failures(document, site, OF_OURS, tmp_path) == ""


def test_the_publishers_description_is_true(site: str, tmp_path: Path) -> None:
    document = _inlined(schema("openapi"))
    # Two known mistakes of it: a path with the schema of another, and a type that is none.
    at_location = document["paths"]["/service_at_locations/{id}"]["get"]["responses"]["200"]
    right = _inlined(schema("compiled/service_at_location"))
    at_location["content"]["application/json"]["schema"] = right
    for name in ("start_time", "end_time"):
        document["components"]["parameters"][name]["schema"] = {"type": "string"}
    assert failures(document, site, OF_THEIRS, tmp_path) == ""


def _inlined(said: Any) -> Any:
    """With the schemas that it refers to in their places."""
    if isinstance(said, list):
        return [_inlined(one) for one in said]
    if not isinstance(said, dict):
        return said
    name = said.get("$ref", "")
    if isinstance(name, str) and name.endswith(".json"):
        return _inlined(schema(name.removeprefix(HERE).removesuffix(".json")))
    return {key: _inlined(value) for key, value in said.items()}
