"""Imports go one way: accounts ← thrive ← assets ← grants."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LAYERS = ["accounts", "thrive", "assets", "grants"]


def imported_apps(path: Path) -> set[str]:
    """The apps that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found & set(LAYERS)


@pytest.mark.parametrize("app", [app for app in LAYERS if (ROOT / app).is_dir()])
def test_an_app_imports_only_what_stands_below_it(app: str) -> None:
    above = set(LAYERS[LAYERS.index(app) + 1 :])
    wrong = {
        str(path.relative_to(ROOT)): sorted(imported_apps(path) & above)
        for path in sorted((ROOT / app).rglob("*.py"))
        if imported_apps(path) & above
    }
    assert wrong == {}


def test_the_rule_would_notice(tmp_path: Path) -> None:
    late = tmp_path / "late.py"
    late.write_text("def f():\n    from grants.models import Award\n")
    assert imported_apps(late) == {"grants"}
