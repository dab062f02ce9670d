"""The verbs of who may act for a group: invite, make an owner, leave."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.mails import in_every_mail
from accounts.models import User
from accounts.outbox import queue
from assets.models import Membership, Organisation
from assets.proposals import links

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR


def of_group(organisation: Organisation) -> list[Membership]:
    """Those that count, the owners first."""
    confirmed = organisation.memberships.filter(confirmed_at__isnull=False)
    return list(confirmed.select_related("user").order_by("-role", "user__email"))


@transaction.atomic
def invite(*, organisation: Organisation, email: str, name: str, by: User) -> Membership:
    """A colleague may change listings from now on, and is told by e-mail. Twice is once."""
    _lock(organisation)
    person = people.of_address(email=email, name=name, is_example=organisation.is_example)
    member, made = Membership.objects.get_or_create(
        organisation=organisation,
        user=person,
        defaults={"role": EDITOR, "confirmed_at": timezone.now(), "confirmed_by": by},
    )
    if not made and member.confirmed_at:
        return member
    member.confirmed_at, member.confirmed_by = timezone.now(), by
    member.save()
    context = in_every_mail() | {
        "organisation": organisation,
        "by": by,
        "my_groups_url": links.url("my_groups"),
    }
    queue.put(
        to=person.email,
        subject=_("You can now look after “%s”") % organisation,
        body=render_to_string("assets/email/invited.txt", context).strip() + "\n",
        reason="invited",
        label=_("Invitation"),
        secret=True,
    )
    return member


@transaction.atomic
def hand_over(*, member: Membership) -> None:
    """A colleague becomes an owner, beside those who are."""
    _lock(member.organisation)
    Membership.objects.filter(pk=member.pk, confirmed_at__isnull=False).update(role=OWNER)


@transaction.atomic
def leave(*, member: Membership) -> None:
    """Somebody acts for the group no more. Raises ValidationError for its last owner."""
    _lock(member.organisation)
    others = member.organisation.memberships.filter(role=OWNER, confirmed_at__isnull=False)
    if member.role == OWNER and not others.exclude(pk=member.pk).exists():
        raise ValidationError(
            _("Somebody must look after the group. Make a colleague an owner first.")
        )
    member.delete()


def _lock(organisation: Organisation) -> None:
    # Of two owners who leave at the same moment, one is the last.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
