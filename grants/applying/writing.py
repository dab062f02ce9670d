"""The verbs of those who write an application: begin, write, invite. Each is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import User
from assets.models import Organisation
from assets.written_meanwhile import Theirs as Theirs
from assets.written_meanwhile import WrittenMeanwhile as WrittenMeanwhile
from grants.applying import mails
from grants.applying.parts import Typed
from grants.models import Applicant, Application, ApplicationEdit, Round

# Field → a short sign of what stood in it when the page was made.
Base = Mapping[str, str]


class NotOpen(ValidationError):
    """It was sent or taken back meanwhile: nothing more can be written in it."""

    def __init__(self) -> None:
        super().__init__(_("This was sent or taken back while you were writing."))


class AlreadyApplying(ValidationError):
    """The group has an application in this round: `application`."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__(_("Your group is applying to this round already."))


@dataclass(frozen=True)
class Entered:
    """Somebody of our team writes it down: for whom, and how they asked (`HowEntered`).

    `email` is theirs, if they have one: they get the receipt, and can read and write it.
    """

    by: User
    whom: str
    how: str
    email: str = ""


@transaction.atomic
def begin(
    *,
    round: Round,
    organisation: Organisation | None,
    group_name: str,
    eligible: Mapping[str, bool],
    by: User,
    once: str,
    entered: Entered | None = None,
) -> Application:
    """An application with nothing said in it yet but `eligible`: number of a question → answer.

    `once` is of one form on one screen: sent a second time, it finds what the first one began.
    Raises AlreadyApplying, and ValidationError for a round that is not open.
    """
    key = UUID(bytes=salted_hmac("apply", f"{once}\n{by.pk}", algorithm="sha256").digest()[:16])
    if found := Application.objects.of_applicant(by).filter(pk=key).first():
        return found
    if not round.takes_applications:
        raise ValidationError(_("This round takes no applications just now."))
    application = Application(
        pk=key,
        round=round,
        organisation=organisation,
        group_name=organisation.name if organisation else group_name,
        said={"eligibility": dict(eligible)},
        is_example=round.is_example or bool(organisation and organisation.is_example),
    )
    _check_begun(application, entered)
    if begun := _store_begun(application, by):
        return begun
    Applicant.objects.create(application=application, person=by, added_by=by)
    if entered and entered.email:
        invite(application=application, email=entered.email, name=entered.whom, by=by)
    return application


def _store_begun(application: Application, by: User) -> Application | None:
    """Nothing, or what the same press has begun. Raises AlreadyApplying: a colleague was first."""
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        if begun := Application.objects.of_applicant(by).filter(pk=application.pk).first():
            return begun
        live = Application.objects.live().filter(round=application.round)
        raise AlreadyApplying(live.get(organisation=application.organisation)) from None
    return None


def _check_begun(application: Application, entered: Entered | None) -> None:
    """Nothing is typed yet but whose it is, and who entered it for them."""
    checked = {"group_name"}
    if entered:
        application.entered_by = entered.by
        application.entered_for, application.entered_how = entered.whom, entered.how
        checked |= {"entered_for", "entered_how"}
    fields = Application._meta.fields
    application.clean_fields(exclude={one.name for one in fields if one.name not in checked})


def sign_of(value: Any) -> str:
    """A short sign of what stands in a field; the same for what was never filled in."""
    return sha256(repr(value or "").encode()).hexdigest()[:16]


def signs_of(application: Application, part: str, fields: Any) -> dict[str, str]:
    said = application.said.get(part, {})
    return {name: sign_of(said.get(name)) for name in fields}


@transaction.atomic
def write(
    *, application: Application, part: str, typed: Typed, base: Base, by: User
) -> Application:
    """Keep what was typed into one part. `base` has the signs of what the writer saw before it.

    What others have written meanwhile stays. Raises WrittenMeanwhile where both have changed the
    same field to something else, and NotOpen where it is no longer a draft.
    """
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if not locked.is_draft:
        raise NotOpen
    now: Typed = locked.said.get(part, {})
    changed = {
        name: value
        for name, value in typed.items()
        if sign_of(value) not in (base.get(name, sign_of("")), sign_of(now.get(name)))
    }
    clashes = [n for n in changed if sign_of(now.get(n)) != base.get(n, sign_of(""))]
    if clashes:
        raise WrittenMeanwhile(
            {name: Theirs(now.get(name, ""), _last_writer(locked, part, name)) for name in clashes}
        )
    if changed:
        before = {name: now.get(name, "") for name in changed}
        locked.said[part] = now | changed
        locked.version += 1
        locked.written_at = timezone.now()
        locked.save(update_fields=["said", "version", "written_at"])
        ApplicationEdit.objects.create(
            application=locked,
            version=locked.version,
            part=part,
            said=changed,
            before=before,
            written_by=by,
        )
    return locked


def _last_writer(application: Application, part: str, name: str) -> User | None:
    edits = application.edits.filter(part=part, said__has_key=name).select_related("written_by")
    last = edits.last()
    return last.written_by if last else None


@transaction.atomic
def invite(*, application: Application, email: str, name: str, by: User) -> Applicant:
    """A colleague may write in it from now on, and is told by e-mail. Twice is once."""
    Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    person = people.of_address(email=email, name=name, is_example=application.is_example)
    applicant, made = Applicant.objects.get_or_create(
        application=application, person=person, defaults={"added_by": by}
    )
    if made:
        mails.send("invited", application, to=person.email, by=by)
    return applicant


@transaction.atomic
def leave(*, applicant: Applicant) -> None:
    """Somebody writes in it no more. Raises ValidationError for the last one."""
    Application.objects.select_for_update(of=["self"]).get(pk=applicant.application_id)
    others = Applicant.objects.filter(application=applicant.application_id)
    if not others.exclude(pk=applicant.pk).exists():
        raise ValidationError(_("Somebody must be left to write it. Invite a colleague first."))
    applicant.delete()
