"""What stands in the addresses of applying: Vera's application, in a round that is open."""

from typing import Any
from uuid import uuid4

from grants import agreeing
from grants.applying import documents, writing
from grants.models import Application, ApplicationDocument, Round
from tests.assets.documents import a_pdf
from tests.grants.make import make_round
from tests.grants.released import offered
from tests.people import person

# There is nothing to see on these before it was decided, or sent.
TOLD = ("application_decision", "application_refuse", "application_agreed", "application_fair")


def open_round() -> Round:
    return Round.objects.taking_applications().first() or make_round()


def value(name: str, key: str) -> Any:
    """LookupError for what these addresses do not hold."""
    match key:
        case "slug":
            return open_round().slug
        case "part":
            return "project"
        case "pk" if name in TOLD:
            return _told(name)
        case "pk":
            return _document().pk if "document" in name and "documents" not in name else _own().pk
    raise LookupError(f"What stands for <{key}> in {name}?")


def _own() -> Application:
    vera = person("vera")
    found = Application.objects.of_applicant(vera).filter(status="draft").first()
    return found or writing.begin(
        round=open_round(),
        organisation=None,
        group_name="Kites",
        eligible={},
        by=vera,
        once=str(uuid4()),
    )


def _told(name: str) -> Any:
    """The key of one that was awarded, and on the page of what was agreed accepted as well."""
    award = offered()
    if name == "application_agreed":
        sign = agreeing.sign_of(agreeing.agreement_of(award))
        said: dict[str, Any] = {"name": "Vera Holt", "sign": sign, "is_minimal": False}
        agreeing.agree(award=award, by=person("vera"), **said)
    return award.application_id


def _document() -> ApplicationDocument:
    return documents.bring(
        application=_own(),
        kind="",
        name="rules.pdf",
        data=a_pdf(),
        once=uuid4(),
        by=person("vera"),
    )
