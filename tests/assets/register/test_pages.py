"""The pages of listing a group: easy to read, read again in any language, and never a 500."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assets.models import Proposal
from assets.proposals import claiming, links, writing
from assets.register.steps import STEPS
from tests.assets.make import make_contact, make_organisation, publish
from tests.assets.proposals.made import changes_of, public_group
from tests.assets.register.writer import ABOUT, TUESDAYS, Writer, begun, hidden, rows
from tests.guards.test_reading_age import HIGHEST_GRADE, NEVER, Sentences, grade
from tests.people import person
from tests.pseudo_language import CODE

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
STEP_PAGES = [f"group/{step.slug}/" for step in STEPS["group"]]
STEP_PAGES += [f"new-1/{step.slug}/" for step in STEPS["activity"]]
NASTY = ["\x00", "9" * 5000, "-1", "1e309", "NaN", "²", "' OR 1=1 --", "<script>", "\u202edlrow"]
NASTY += ["9999-12-31", "31 December 9999", "12", "DE45 1DY", "new", "dates", "None", "[]"]


def vouching() -> HttpResponse:
    group = publish(make_organisation(name="Weir Field Wrens"))
    make_contact(group, kind="email", value="wrens@example.com")
    claim = claiming.claim(
        organisation=group, name="Jo", email="jo@example.com", phone="", why="I help."
    )
    key = links.key_of(claim, links.VOUCHING)
    return Client().get(f"/list-your-group/vouch/{key}/")  # type: ignore[return-value]


def changes() -> HttpResponse:
    """“Check what you wrote” of a group that is on the board."""
    group = public_group(name="Larch Lane Larks")
    changes_of(group, summary="We sing.")
    vera = Client()
    vera.force_login(person("vera"))
    return vera.get(f"/my/{group.pk}/edit/check/")  # type: ignore[return-value]


def walk() -> dict[str, HttpResponse]:
    """Every page behind a link of its own, by what it is."""
    proposal = begun()
    jo = Writer.of(proposal)
    pages: dict[str, Any] = {"nothing yet": jo.get(), "missing": jo.get("check/")}
    base = hidden(jo.get("group/about/"), "base")
    jo.write_all()
    pages |= {"list": jo.get(), "check": jo.get("check/")} | {s: jo.get(s) for s in STEP_PAGES}
    pages |= {f"preview of {part}": jo.get(f"preview/{part}/") for part in ("group", "new-1")}
    pages["wrong"] = jo.save("group/contact", phone="banana")
    pages["clash"] = jo.post("group/about/", base=base, **ABOUT | {"name": "Wind Club"})
    pages["sure"] = jo.post(do="drop", part="new-1")
    pages["not found"] = jo.save("new-1/where", find="zebracrossing", do="find")
    jo.post("check/", confirm="on")
    pages |= {"sent": jo.get("sent/"), "is sent": jo.get()}
    base = hidden(jo.get("group/about/"), "base")
    writing.drop(proposal=Proposal.objects.get(pk=proposal.pk), by=None)
    pages["too late"] = jo.post("group/about/", base=base, name="Wind Club")
    return pages | {"vouch": vouching(), "changes": changes()}


def test_its_pages_are_easy_to_read_and_show_every_template() -> None:
    pages = walk()
    for name, answer in pages.items():
        parser = Sentences()
        parser.feed(answer.content.decode())
        sentences = parser.sentences()
        hardest = sorted(sentences, key=lambda one: grade([one]), reverse=True)[:5]
        assert grade(sentences) <= HIGHEST_GRADE, (name, hardest)
        said = " ".join(sentences).lower().split()
        assert [word for word in NEVER if word in said] == [], name
    used = {one.name for answer in pages.values() for one in answer.templates if one.name}  # type: ignore[attr-defined]
    written = {
        str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / "assets/register").glob("*.html")
    }
    on_the_public_walk = {"start", "begin", "claim", "claim_sent"}
    on_the_public_walk |= {"link_again", "link_sent", "bad_link"}
    assert written - used == {f"assets/register/{name}.html" for name in on_the_public_walk}


def test_what_stands_in_a_form_is_read_again_in_any_language() -> None:
    proposal = begun()
    jo = Writer.of(proposal)
    part = jo.add()
    jo.save(f"{part}/when", **rows(TUESDAYS))
    jo.save(f"{part}/who", from_age="5", to_age="11", level="universal")
    foreign = Writer(f"/{CODE}{jo.form}")
    page = foreign.get(f"{part}/when/").content.decode()
    assert 'value="4 pm"' in page
    assert 'value="5 years"' in foreign.get(f"{part}/who/").content.decode()


@pytest.mark.parametrize("value", NASTY)
def test_garbage_in_the_fields_is_told(value: str) -> None:
    jo = Writer.of(begun())
    jo.add()
    for page in STEP_PAGES:
        form = jo.get(page).context["form"]  # type: ignore[attr-defined]
        typed = dict.fromkeys(form.fields, value)
        for do in ("next", "find", "more", value):
            sent = typed | {"base": hidden(jo.get(page), "base"), "do": do, "rows": value}
            assert jo.post(page, **sent).status_code in (200, 302, 409), page
    for sent in ({"do": value}, {"do": "add", "as": value}, {"do": "drop", "part": value}):
        assert jo.post(**sent).status_code in (200, 302)
    assert jo.post(do="copy", part=value).status_code in (302, 404)
    assert Client().get("/list-your-group/", {"q": value}).status_code in (200, 400)
