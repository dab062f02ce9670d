"""Sending an application, and taking it back. Late is late by this server's clock."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Activity, Organisation
from grants.applying import mails
from grants.applying.budget import BudgetForm
from grants.applying.form import BUDGET, PROJECT, WHO, part_of
from grants.applying.project import PeopleForm, ProjectForm
from grants.applying.reading import Missing, missing
from grants.applying.writing import NotOpen
from grants.models import Application, ApplicationStatus, Round, RoundStatus
from grants.moving import move


class NotWhole(ValidationError):
    """What is still wrong with it: `missing`."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__([one.says for one in missing])


class TooLate(ValidationError):
    """The round takes no applications any more, or not yet."""

    def __init__(self) -> None:
        super().__init__(_("This round takes no applications just now."))


@transaction.atomic
def submit(*, application: Application, by: User) -> Application:
    """Sends it, with the next number of its round, and writes a receipt to all who wrote it.

    Sent already, it is the same again. Raises NotWhole, TooLate, and NotOpen once it is taken back.
    """
    at = timezone.now()
    # As in `withdraw`: the round first.
    Round.objects.select_for_update().get(pk=application.round_id)
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if locked.submitted_at:
        return locked
    if not locked.is_draft:
        raise NotOpen
    if found := missing(locked):
        raise NotWhole(found)
    number = _next_number(locked, at)
    _read(locked)
    locked.save()
    move(
        locked,
        ApplicationStatus.SUBMITTED,
        by=by,
        number=number,
        submitted_at=at,
        submitted_by=by,
    )
    # Whoever typed it in for them has done so: from here on it is theirs, and ours to read.
    locked.applicants.filter(person=locked.entered_by_id).delete()
    mails.send_all("received", locked)
    return locked


def _next_number(application: Application, at: object) -> int:
    """The next one, if the round takes applications at this moment: asked and taken in one step."""
    taken = Round.objects.filter(
        pk=application.round_id, status=RoundStatus.OPEN, opens_at__lte=at, closes_at__gt=at
    ).update(last_number=F("last_number") + 1)
    if not taken:
        raise TooLate
    return Round.objects.values_list("last_number", flat=True).get(pk=application.round_id)


def _read(application: Application) -> None:
    """From what was typed to the columns by which it is found, added up and awarded."""
    project, people, budget = (
        part_of(application, slug).judged(application)  # type: ignore[union-attr]
        for slug in (PROJECT, WHO, BUDGET)
    )
    # Whole, as `missing` has found: this makes the cleaned values.
    assert isinstance(project, ProjectForm) and project.is_valid()  # noqa: S101, PT018
    assert isinstance(people, PeopleForm) and people.is_valid()  # noqa: S101, PT018
    assert isinstance(budget, BudgetForm) and budget.is_valid()  # noqa: S101, PT018
    application.title = project.cleaned_data["title"]
    application.summary = project.cleaned_data["summary"]
    application.starts_on = project.cleaned_data["starts_on"]
    application.ends_before = project.ends_before
    application.grows = Activity.objects.filter(pk=project.grown).first() if project.grown else None
    application.people = people.cleaned_data["people"]
    application.age_from = people.cleaned_data["age_from"].months
    application.age_before = people.age_before
    application.minimum = budget.cleaned_data["minimum"]
    application.ideal = budget.cleaned_data["ideal"]
    application.total_cost = budget.total("cost")
    application.needs_groups.set(people.cleaned_data["needs_groups"])
    application.themes.set(people.cleaned_data["themes"])
    application.places.set(people.found)


@transaction.atomic
def withdraw(*, application: Application, by: User, why: str = "", for_them: bool = False) -> bool:
    """Takes it back, at any time before a decision is told. False when it was too late for that.

    `for_them`: somebody of our team does it, as the group asked.
    """
    # The panel may be giving it money at this moment: one after the other, as in `deciding`.
    Round.objects.select_for_update().get(pk=application.round_id)
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if not locked.may_be_withdrawn:
        return False
    move(locked, ApplicationStatus.WITHDRAWN, by=by, why=why)
    if locked.submitted_at:
        mails.send_all("withdrawn-for-them" if for_them else "withdrawn", locked)
    return True


def groups_to_apply_for(person: User, round: Round) -> list[Organisation]:
    """Of those that somebody acts for: which have no application in this round."""
    applying = Application.objects.live().filter(round=round, organisation__isnull=False)
    own = Organisation.objects.acted_for_by(person)
    return list(own.exclude(pk__in=applying.values("organisation")).order_by("name"))
