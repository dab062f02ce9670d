"""Who scores in one round: seats, who has declared, who has what, and giving it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assets.admin.base import who
from assets.admin.fields import PersonField
from grants import interests, sight
from grants.models import (
    Application,
    Declaration,
    Interest,
    Round,
    RoundStatus,
    ScoreSheet,
    Seat,
    SeatMove,
    SheetStatus,
)
from grants.models.application_status import TO_SCORE
from grants.scoring import giving


class JoinForm(forms.Form):
    person = PersonField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    partner = forms.CharField(
        label=gettext_lazy("For whom"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Such as the council or a charity."),
    )
    is_young = forms.BooleanField(
        label=gettext_lazy("Young scorer"),
        required=False,
        help_text=gettext_lazy(
            "Has the weight that the round has published, and reads nothing that tells of people."
        ),
    )


class SeatForm(forms.Form):
    """Leaving, or taking the chair."""

    seat = forms.ModelChoiceField(Seat.objects.none())
    why = forms.CharField(required=False, max_length=250)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["seat"])
        field.queryset = Seat.objects.taken().filter(round=round)


class GiveForm(forms.Form):
    each = forms.IntegerField(
        label=gettext_lazy("So many scorers for each application"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Empty: everybody scores all that they may."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


@dataclass(frozen=True)
class Line:
    """One seat. Sheets are counted of those applications alone that the reader may see."""

    seat: Seat
    has_declared: bool
    given: int
    done: int
    interests: list[Interest]


@dataclass
class Forms:
    """Of the page; the one that was sent has its errors."""

    join: JoinForm
    give: GiveForm
    wrong: list[str]

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.join.errors or self.give.errors)


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    found = Forms(JoinForm(), GiveForm(), [])
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        try:
            if verb is None:
                raise ValidationError(_("Choose one of the buttons."))
            if said := verb(request, round, found):
                messages.success(request, said)
                return HttpResponseRedirect(reverse("admin:grants_seat_round", args=[round.pk]))
        except ValidationError as refused:
            found.wrong = list(refused.messages)
    person = who(request)
    seen = sight.applications(person).filter(round=round)
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/seat_round.html",
        str(round),
        round=round,
        lines=_lines(round, seen),
        gone=round.seats.exclude(left_at=None).select_related("person"),
        applications=_applications(seen),
        moves=_moves(round),
        hides_some=sight.has_interest_in(person, round),
        is_scoring=round.status == RoundStatus.SCORING,
        forms=found,
    )
    return shown


def _join(request: HttpRequest, round: Round, found: Forms) -> str:
    found.join = JoinForm(request.POST)
    if not found.join.is_valid():
        return ""
    seat = interests.join(round=round, by=who(request), **found.join.cleaned_data)
    return _("%s has a seat now.") % seat


def _seat(request: HttpRequest, round: Round) -> tuple[Seat, str]:
    form = SeatForm(request.POST, round=round)
    if not form.is_valid():
        raise ValidationError(_("They have left this round. Look again first."))
    return form.cleaned_data["seat"], form.cleaned_data["why"]


def _leave(request: HttpRequest, round: Round, found: Forms) -> str:
    seat, why = _seat(request, round)
    number = interests.leave(seat=seat, by=who(request), why=why)
    left = ngettext(
        "%(who)s has left, with %(number)d application not scored.",
        "%(who)s has left, with %(number)d applications not scored.",
        number,
    )
    return left % {"who": seat, "number": number}


def _chair(request: HttpRequest, round: Round, found: Forms) -> str:
    seat, why = _seat(request, round)
    interests.hand_over(to=seat, by=who(request), why=why)
    return _("%s chairs the round now.") % seat


def _give(request: HttpRequest, round: Round, found: Forms) -> str:
    found.give = GiveForm(request.POST)
    if not found.give.is_valid():
        return ""
    done = giving.give(round=round, each=found.give.cleaned_data["each"], by=who(request))
    if done.warning:
        messages.warning(request, done.warning)
    if sight.has_interest_in(who(request), round):
        # A number would tell of what they do not see.
        return _("The applications are given out.")
    words = _("Given out: %(given)d. Taken back: %(back)d.")
    return words % {"given": done.given, "back": done.taken_back}


VERBS: dict[str, Callable[[HttpRequest, Round, Forms], str]] = {
    "join": _join,
    "leave": _leave,
    "chair": _chair,
    "give": _give,
}


def _lines(round: Round, seen: Any) -> list[Line]:
    declared = set(Declaration.objects.filter(round=round).values_list("person", flat=True))
    before = Q(stage=ScoreSheet.Stage.BEFORE) & ~Q(status=SheetStatus.VOID)
    sheets = ScoreSheet.objects.filter(before, application__in=seen).order_by()
    given = dict(sheets.values_list("scorer").annotate(Count("pk")))
    done = dict(sheets.counted().values_list("scorer").annotate(Count("pk")))
    told: dict[int, list[Interest]] = {}
    for one in Interest.objects.filter(application__in=seen).select_related("application__round"):
        told.setdefault(one.person_id, []).append(one)
    return [
        Line(
            seat,
            seat.person_id in declared,
            given.get(seat.person_id, 0),
            done.get(seat.person_id, 0),
            told.get(seat.person_id, []),
        )
        for seat in round.seats.taken().select_related("person")
    ]


def _applications(seen: Any) -> list[Application]:
    """With how many score each, and how many are in."""
    before = Q(sheets__stage=ScoreSheet.Stage.BEFORE)
    given = before & ~Q(sheets__status=SheetStatus.VOID)
    done = before & Q(sheets__status=SheetStatus.SUBMITTED)
    return list(
        seen.filter(status__in=TO_SCORE)
        .select_related("round")
        .annotate(given=Count("sheets", filter=given), done=Count("sheets", filter=done))
        .order_by("number")
    )


def _moves(round: Round) -> list[SeatMove]:
    moves = SeatMove.objects.filter(seat__round=round).select_related("seat__person", "moved_by")
    return list(moves.order_by("-moved_at", "-pk"))
