"""The meeting: who is there and who may decide, who came and left when, and its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assets.admin.base import who
from assets.admin.fields import Lines
from grants import deciding
from grants.admin.panel_guard import show
from grants.models import (
    Application,
    Attendance,
    Interest,
    Meeting,
    Round,
    RoundStatus,
    Seat,
)
from grants.panel.scored import BEFORE_THE_PANEL


class BeginForm(forms.Form):
    place = forms.CharField(label=gettext_lazy("Where"), required=False, max_length=120)


class ComeForm(forms.Form):
    """Shows who is away; who has come meanwhile can be ticked and stays."""

    seats = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Who has come"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick who has come.")},
    )

    def __init__(self, *args: Any, round: Round, meeting: Meeting | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = round.seats.taken().select_related("person")
        field = cast(forms.ModelMultipleChoiceField, self.fields["seats"])
        field.queryset = seats
        away = seats.exclude(pk__in=meeting.present().values("seat")) if meeting else seats
        field.choices = [(one.pk, str(one)) for one in away]


class LeaveForm(forms.Form):
    """`left_for`: they go only while this one is talked about."""

    seat = forms.ModelChoiceField(Seat.objects.none())
    left_for = forms.ModelChoiceField(Application.objects.none(), required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["seat"]).queryset = round.seats.all()
        cast(forms.ModelChoiceField, self.fields["left_for"]).queryset = talked_about(round)


class EndForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note for the minutes"),
        required=False,
        max_length=5000,
        widget=Lines(attrs={"rows": 5}),
    )


@dataclass(frozen=True)
class Here:
    """Somebody who is there, and what they have an interest in: they leave while it is talked
    about."""

    attendance: Attendance
    interests: list[Interest]


@dataclass
class Forms:
    begin: BeginForm
    come: ComeForm
    end: EndForm
    wrong: list[str]

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.begin.errors or self.come.errors or self.end.errors)


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    person = who(request)
    is_chair = deciding.may_chair(person, round)
    may_keep = is_chair or person.has_perm("grants.run_round")
    meeting = meeting_now(round)
    found = Forms(BeginForm(), ComeForm(round=round, meeting=meeting), EndForm(), [])
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        if not may_keep:
            raise PermissionDenied
        try:
            if verb is None:
                raise ValidationError(_("Choose one of the buttons."))
            if said := verb(request, round, meeting, found):
                messages.success(request, said)
                return HttpResponseRedirect(request.path)
        except ValidationError as refused:
            found.wrong = list(refused.messages)
        meeting = meeting_now(round)
    present = _present(meeting) if meeting else []
    return show(
        model_admin,
        request,
        round,
        "meeting.html",
        title=_("Meeting"),
        here="meeting",
        meeting=meeting,
        forms=found,
        is_chair=is_chair,
        may_keep=may_keep,
        is_open=round.status == RoundStatus.PANEL,
        present=present,
        is_quorate=len(present) >= round.quorum,
        applications=talked_about(round),
        rows=_rows(round),
    )


def meeting_now(round: Round) -> Meeting | None:
    return Meeting.objects.filter(round=round, ended_at=None).first()


def talked_about(round: Round) -> Any:
    return round.applications.sent().filter(status__in=BEFORE_THE_PANEL).order_by("number")


def _begin(request: HttpRequest, round: Round, _meeting: Meeting | None, found: Forms) -> str:
    found.begin = BeginForm(request.POST)
    if not found.begin.is_valid():
        return ""
    if round.status != RoundStatus.PANEL:
        raise ValidationError(_("This round is not with the panel."))
    deciding.begin_meeting(round=round, by=who(request), place=found.begin.cleaned_data["place"])
    return _("The meeting has begun. Tick who else is there.")


def _come(request: HttpRequest, round: Round, meeting: Meeting | None, found: Forms) -> str:
    now = _still_on(meeting)
    found.come = ComeForm(request.POST, round=round, meeting=now)
    if not found.come.is_valid():
        return ""
    seats: list[Seat] = list(found.come.cleaned_data["seats"])
    deciding.come(meeting=now, seats=seats)
    came = ngettext("%(number)d has come.", "%(number)d have come.", len(seats))
    return came % {"number": len(seats)}


def _leave(request: HttpRequest, round: Round, meeting: Meeting | None, _found: Forms) -> str:
    now = _still_on(meeting)
    form = LeaveForm(request.POST, round=round)
    if not form.is_valid():
        raise ValidationError(_("Choose who leaves, and for which application."))
    seat: Seat = form.cleaned_data["seat"]
    left_for: Application | None = form.cleaned_data["left_for"]
    if not deciding.leave(meeting=now, seat=seat, left_for=left_for):
        raise ValidationError(_("They had left already."))
    if left_for:
        words = {"who": seat, "what": left_for.reference}
        return _("%(who)s has left while %(what)s is talked about.") % words
    return _("%s has left.") % seat


def _end(request: HttpRequest, round: Round, meeting: Meeting | None, found: Forms) -> str:
    now = _still_on(meeting)
    found.end = EndForm(request.POST)
    if not found.end.is_valid():
        return ""
    deciding.end_meeting(meeting=now, by=who(request), note=found.end.cleaned_data["note"])
    return _("The meeting is over. Its minutes are ready to print.")


def _still_on(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise ValidationError(_("This meeting is over."))
    return meeting


VERBS: dict[str, Callable[[HttpRequest, Round, Meeting | None, Forms], str]] = {
    "begin": _begin,
    "come": _come,
    "leave": _leave,
    "end": _end,
}


def _present(meeting: Meeting) -> list[Here]:
    here = list(meeting.present().select_related("seat__person"))
    told: dict[int, list[Interest]] = {}
    people = [one.seat.person_id for one in here]
    mine = Interest.objects.filter(application__round=meeting.round_id, person__in=people)
    for one in mine.select_related("application__round"):
        told.setdefault(one.person_id, []).append(one)
    return [Here(one, told.get(one.seat.person_id, [])) for one in here]


def _rows(round: Round) -> Any:
    """Who came and left when, the last meeting first."""
    rows = Attendance.objects.filter(meeting__round=round)
    return rows.select_related("meeting", "seat__person", "left_for__round").order_by(
        "-meeting__began_at", "came_at", "pk"
    )
