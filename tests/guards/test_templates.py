"""The walks over all pages leave no template of a public page out."""

from pathlib import Path

from django.test import Client

from tests.pages import PUBLIC_PAGES

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
WALKED = ["assets", "components", "pages", "thrive"]
# Shown where the walk cannot go; tests/accounts walks the pages that show it.
ELSEWHERE = {"components/messages.html"}
# Behind a link of their own, or a sign-in: the tests of these walk them.
WALKED_THERE = ("assets/alerts/", "assets/register/", "assets/my/", "assets/freshness/")


def test_every_public_template_is_walked(example_district: None) -> None:
    used: set[str] = set()
    for page in PUBLIC_PAGES:
        used |= {one.name for one in Client().get(page.path).templates if one.name}
    written = {
        str(path.relative_to(TEMPLATES))
        for folder in WALKED
        for path in (TEMPLATES / folder).rglob("*.html")
    }
    left = {name for name in written - used if not name.startswith(WALKED_THERE)}
    assert left - ELSEWHERE == set()
