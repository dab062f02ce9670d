"""How well young people are heard: looked at every six months, and what changed, told to all."""

from datetime import date, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import VoiceStandard, YouthVoiceReview
from thrive.reference import add_missing, read

FOLDER = Path(__file__).parent / "reference"
# From one look to the next.
EVERY = timedelta(days=183)


@transaction.atomic
def look(*, review: YouthVoiceReview, by: User | None) -> YouthVoiceReview:
    """Stores a new look, or what is mended in one: as it was stays in its history.

    ValidationError for a day to come, and for what breaks a rule.
    """
    if review.looked_on > timezone.localdate():
        raise ValidationError({"looked_on": _("That day is still to come.")})
    if review._state.adding:
        review.looked_by = by
    review.full_clean(exclude=["looked_by"])
    review._history_user = by  # type: ignore[attr-defined]
    review.save()
    return review


def due(today: date | None = None) -> QuerySet[VoiceStandard]:
    """Those that nobody has looked at for six months, or ever."""
    before = (today or timezone.localdate()) - EVERY
    standards = VoiceStandard.objects.with_last_look()
    return standards.filter(Q(looked_at=None) | Q(looked_at__lte=before))


def load() -> None:
    """The standards that are not there yet; what staff have changed stays as they left it."""
    add_missing(VoiceStandard, read(FOLDER, "youth_voice")["standard"])
