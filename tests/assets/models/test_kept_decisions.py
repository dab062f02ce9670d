"""What became of a proposal or a document stays on record."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from assets.models import DocumentMove, DocumentOpening, Proposal, ProposalMove
from tests.assets.make import make_organisation
from tests.assets.models.rows import build
from tests.people import person

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("model", [ProposalMove, DocumentMove])
EACH = pytest.mark.parametrize("model", [ProposalMove, DocumentMove, DocumentOpening])


def stored(model: type[Model], **changes: Any) -> Any:
    row = build(model, changes)
    row.save()
    return row


def refused(act: Any) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return str(caught.value.__cause__.diag.message_primary)  # type: ignore[union-attr]


@BOTH
def test_a_record_is_not_changed(model: type[Model]) -> None:
    rows = model._default_manager.filter(pk=stored(model).pk)
    said = refused(lambda: rows.update(to_status="dropped"))
    assert said == "The record of who did what is not changed."


def test_who_opened_a_document_is_not_changed() -> None:
    rows = DocumentOpening.objects.filter(pk=stored(DocumentOpening).pk)
    said = refused(lambda: rows.update(opened_by=person("ada")))
    assert said == "The record of who did what is not changed."


@EACH
def test_a_record_is_not_deleted(model: type[Model]) -> None:
    row = stored(model)
    assert refused(row.delete) == "The record of who did what is kept."


def test_what_was_written_to_a_group_is_not_rewritten_but_wiped_in_time() -> None:
    rows = ProposalMove.objects.filter(pk=stored(ProposalMove, message="Which hall?").pk)
    said = refused(lambda: rows.update(message="Which room?"))
    assert said == "The record of who did what is not changed."
    rows.update(message="", took={})
    assert rows.get().message == ""


def test_an_example_goes_with_its_record() -> None:
    group = make_organisation(is_example=True)
    proposal = Proposal.objects.create(
        kind="change", organisation=group, asker_email="vera@example.org", is_example=True
    )
    proposal.moves.create(from_status="draft", to_status="dropped")
    group.delete()
    assert not ProposalMove.objects.exists()
