"""The pages of applying: one's own and nobody else's; whatever is sent gets an answer in words."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assets.models import Organisation
from grants.admin import check_tasks
from grants.applying.eligible import seal
from grants.models import Application, ApplicationDocument, EligibilityQuestion, Round
from grants.my_urls import urlpatterns
from tests.assets.documents import a_pdf
from tests.grants.make import make_round
from tests.grants.writing import begun, write, written
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


@pytest.fixture
def its_round() -> Round:
    return make_round()


@pytest.fixture
def application(its_round: Round) -> Application:
    return begun(its_round, person("vera"), None, group_name="Wheelers")


def url(name: str, application: Application, **more: Any) -> str:
    return reverse(name, kwargs={"pk": application.pk} | more)


def bring(client: Client, application: Application, name: str, data: bytes) -> Any:
    file = SimpleUploadedFile(name, data)
    sent = {"kind": "", "file": file, "once": str(uuid4())}
    return client.post(url("application_documents", application), sent)


def test_of_somebody_else_every_page_is_not_there(
    client_of: ClientOf, application: Application
) -> None:
    bring(client_of("vera"), application, "rules.pdf", a_pdf())
    document = ApplicationDocument.objects.get()
    asked = 0
    for who in ("stefan", "erin", "mona", "ada"):
        client = client_of(who)
        for pattern in urlpatterns:
            if pattern.name == "applications":
                assert "Wheelers" not in client.get(reverse("applications")).content.decode()
                continue
            is_file = pattern.name in ("application_document", "application_document_drop")
            more = {"part": "project"} if pattern.name == "application_part" else {}
            key = document.pk if is_file else application.pk
            path = reverse(str(pattern.name), kwargs={"pk": key} | more)
            answers = {client.get(path).status_code, client.post(path, {"sure": 1}).status_code}
            assert answers <= {404, 405}, (who, path)
            asked += 1
    assert asked == 4 * (len(urlpatterns) - 1)
    application.refresh_from_db()
    assert (application.status, application.documents.count()) == ("draft", 1)


def test_who_may_not_is_told_why_and_nothing_is_kept(client_of: ClientOf, its_round: Round) -> None:
    client = Client()
    path = reverse("apply", args=[its_round.slug])
    assert client.get(path).cookies == {}
    no = client.get(path, {"q1": "no"}).content.decode()
    assert EligibilityQuestion.objects.get().why_not in no
    assert client.get(path, {"q1": "perhaps"}).status_code == 400
    yes = client.get(path, {"q1": "yes"})
    begin = reverse("begin_application", args=[its_round.slug])
    assert (yes.status_code, yes["Location"].split("?")[0]) == (302, begin)
    # Signed out, one comes in first; without an answer of ours, one is asked again.
    assert Client().get(yes["Location"])["Location"].startswith("/account/login/")
    for fits in ("", "garbage", seal(make_round(), {"1": True})):
        again = client_of("vera").get(begin, {"fits": fits})
        assert again["Location"] == path
    assert Application.objects.count() == 0


def test_one_begins_for_a_group_of_one_s_own_only(client_of: ClientOf, its_round: Round) -> None:
    other = Organisation.objects.create(name="Not Vera's", slug="not-veras", summary="Others.")
    path = reverse("begin_application", args=[its_round.slug])
    begin = f"{path}?fits={seal(its_round, {'1': True})}"
    sent = {"key": str(uuid4()), "website": "", "name": ""}
    wrong = client_of("vera").post(begin, sent | {"group": str(other.pk)})
    assert (wrong.status_code, Application.objects.count()) == (200, 0)
    for _press in range(3):
        right = client_of("vera").post(begin, sent | {"group": "another", "name": "Kites"})
    made = Application.objects.get()
    assert (right["Location"], made.group_name) == (url("application", made), "Kites")
    assert made.said == {"eligibility": {"1": True}}


@pytest.mark.parametrize("base", ["", "garbage", "[]", "5", "null"])
def test_garbage_where_the_page_keeps_its_signs_loses_nothing(
    base: str, client_of: ClientOf, application: Application
) -> None:
    path = url("application_part", application, part="question-1")
    client = client_of("vera")
    client.post(path, {"text": "First words.", "base": base, "do": "list"})
    shown = client.post(path, {"text": "Other words.", "base": base, "do": "list"})
    # It cannot know what was seen, so it asks.
    assert shown.status_code == 409
    assert "First words." in shown.content.decode()
    assert "Other words." in shown.content.decode()
    application.refresh_from_db()
    assert application.said["question-1"] == {"text": "First words."}


def test_a_null_and_endless_text_are_kept_as_far_as_can_be(
    client_of: ClientOf, application: Application
) -> None:
    path = url("application_part", application, part="project")
    client_of("vera").post(path, {"title": "Bi\0kes", "summary": "x" * 100_000, "do": "list"})
    application.refresh_from_db()
    said = application.said["project"]
    assert (said["title"], len(said["summary"])) == ("Bikes", 20_000)


def test_no_such_part_is_not_there(client_of: ClientOf, application: Application) -> None:
    for part in ("eligibility", "question-3", "nothing"):
        path = url("application_part", application, part=part)
        assert client_of("vera").get(path).status_code == 404


def test_what_was_typed_after_a_colleague_has_sent_it_can_be_copied(
    client_of: ClientOf, its_round: Round
) -> None:
    application = written(its_round, person("vera"), None, group_name="Wheelers")
    client = client_of("vera")
    assert client.post(url("application_check", application))["Location"] == url(
        "application_sent", application
    )
    path = url("application_part", application, part="question-1")
    late = client.post(path, {"text": "One more thought.", "do": "next"})
    assert (late.status_code, "One more thought." in late.content.decode()) == (409, True)
    assert client.get(path)["Location"] == url("application", application)
    assert client.post(path, {"text": "x", "do": "keep"}).status_code == 409


def test_documents_are_looked_at_before_they_are_kept(
    client_of: ClientOf, application: Application
) -> None:
    client = client_of("vera")
    refused = [
        bring(client, application, "script.pdf", b"#!/bin/sh\nrm -rf /"),
        bring(client, application, "drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        bring(client, application, "policy.pdf.exe", a_pdf()),
        bring(client, application, "large.pdf", a_pdf() + b" " * 11_000_000),
    ]
    assert [answer.status_code for answer in refused] == [200] * 4
    assert all("There is a problem" in answer.content.decode() for answer in refused)
    assert ApplicationDocument.objects.count() == 0
    bring(client, application, "../../rules.pdf", a_pdf())
    kept = ApplicationDocument.objects.get()
    served = client.get(reverse("application_document", args=[kept.pk]))
    assert served["Content-Disposition"] == f'attachment; filename="{kept.pk}.pdf"'


def test_sent_documents_stay(client_of: ClientOf, its_round: Round) -> None:
    application = written(its_round, person("vera"), None, group_name="Wheelers")
    client = client_of("vera")
    bring(client, application, "rules.pdf", a_pdf())
    client.post(url("application_check", application))
    kept = ApplicationDocument.objects.get()
    client.post(reverse("application_document_drop", args=[kept.pk]))
    assert ApplicationDocument.objects.get() == kept


def test_what_we_ask_for_is_added_later_until_all_is_over(
    client_of: ClientOf, its_round: Round
) -> None:
    application = written(its_round, person("vera"), None, group_name="Wheelers")
    client = client_of("vera")
    client.post(url("application_check", application))
    assert (
        "Add a document" in client.get(url("application_documents", application)).content.decode()
    )
    bring(client, application, "more.pdf", a_pdf())
    kept = ApplicationDocument.objects.get()
    parts = [part for task in check_tasks.tasks(person("mona")) for part in task.parts]
    assert [part.words for part in parts if part.count] == [
        f"1 in “{its_round}”",
        "1 came after it was sent",
    ]
    client.post(reverse("application_document_drop", args=[kept.pk]))
    client.post(url("application_withdraw", application), {"sure": "yes"})
    assert bring(client, application, "late.pdf", a_pdf()).status_code == 200
    assert ApplicationDocument.objects.get() == kept


def test_pages_ask_no_more_of_the_database_for_more_lines(
    client_of: ClientOf, application: Application, django_assert_max_num_queries: Any
) -> None:
    client = client_of("vera")
    path = url("application_part", application, part="budget")
    counts = []
    for rows in (1, 30):
        line = {"heading": "1", "what": "The hall", "cost": "300", "asked": "200"}
        lines = {f"{row}-{name}": typed for row in range(rows) for name, typed in line.items()}
        write(application, "budget", lines, person("vera"))
        client.get(path)
        with django_assert_max_num_queries(40) as made:
            assert client.get(path).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]
