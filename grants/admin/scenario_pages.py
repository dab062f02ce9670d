"""Ways to share out the pot: saved under a name, and compared side by side."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets.admin.base import who
from grants import deciding
from grants.admin.board_page import saved_way
from grants.admin.panel_guard import show
from grants.aiming import Aimed, Tally
from grants.models import Application, Round, Scenario
from grants.money import MoneyNotUnderstood, read_money
from grants.panel import saving, scored
from grants.panel.board import COMPUTED, Board, cost_words
from grants.panel.scored import Line
from grants.panel.words import points, pounds
from grants.scenarios import Scenario as Way


@dataclass(frozen=True)
class Column:
    """One way. `saved` is None for what is always there."""

    name: str
    way: Way
    given: str
    left: str
    awards: int
    points: str
    cost: str
    covered: list[str]
    not_covered: list[str]
    tally: Tally
    aimed: list[Aimed]
    saved: Scenario | None = None


@dataclass(frozen=True)
class Row:
    line: Line
    amounts: list[str]
    differs: bool


class NewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (Scenario.Kind.OWN.value, gettext_lazy("Our own amounts, as written below")),
            *((one.value, one.label) for one in COMPUTED),
        ],
        widget=forms.RadioSelect,
        initial=Scenario.Kind.OWN.value,
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = board.as_the_panel_has_it.awards
        for line in board.lines:
            amount = now.get(line.key)
            self.fields[_field(line.application)] = forms.CharField(
                label=line.application.title,
                required=False,
                max_length=20,
                initial="" if amount is None else f"{amount:.2f}",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, typed in list(cleaned.items()):
            if name.startswith("amount-") and typed:
                try:
                    cleaned[name] = read_money(typed)
                except MoneyNotUnderstood as wrong:
                    self.add_error(name, str(wrong))
        return cleaned


def _field(application: Application) -> str:
    return f"amount-{application.pk}"


def may_save(person: User, round: Round) -> bool:
    return person.has_perm("grants.run_round") or deciding.may_chair(person, round)


def compare(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    person = who(request)
    if request.method == "POST":
        if not may_save(person, round):
            raise PermissionDenied
        return _delete(request, round)
    board = Board(scored.read(round))
    saved = list(round.scenarios.select_related("made_by").prefetch_related("awards"))
    columns = _columns(board, saved)
    is_short = request.GET.get("only") == "differences"
    rows = [row for row in _rows(board, columns) if row.differs or not is_short]
    reached = columns[0].way
    return show(
        model_admin,
        request,
        round,
        "scenarios.html",
        title=_("Ways to share out the pot"),
        here="scenarios",
        columns=columns,
        before=board.gaps.tally(),
        aimed=_aimed(columns),
        rows=rows,
        is_short=is_short,
        not_applied_for=board.names(reached.not_applied_for),
        may_save=may_save(person, round),
    )


def new(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    person = who(request)
    if not may_save(person, round):
        raise PermissionDenied
    board = Board(scored.read(round))
    form = NewForm(request.POST if request.method == "POST" else None, board=board)
    if form.is_valid():
        try:
            made = saving.save(
                round=round,
                name=form.cleaned_data["name"],
                kind=form.cleaned_data["kind"],
                awards=_awards(board, form),
                by=person,
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("“%s” is saved.") % made)
            path = reverse("admin:grants_round_scenarios", args=[round.pk])
            return HttpResponseRedirect(path)
    return show(
        model_admin,
        request,
        round,
        "scenario_new.html",
        title=_("Save a way to share out the pot"),
        here="scenarios",
        form=form,
        heads=[form["name"], form["kind"]],
        lines=_to_type(board, form),
        pot=pounds(round.pot),
    )


def _to_type(board: Board, form: NewForm) -> list[tuple[Any, ...]]:
    """Each application with its field, and the least and the most that would do."""
    rows = [(line, line.application) for line in board.lines]
    return [(line, form[_field(one)], pounds(one.minimum), pounds(one.ideal)) for line, one in rows]


def _awards(board: Board, form: NewForm) -> dict[Application, Decimal]:
    kind = form.cleaned_data["kind"]
    if kind in COMPUTED:
        way = board.computed(kind).awards
        return {line.application: way[line.key] for line in board.lines if line.key in way}
    return {
        line.application: cast(Decimal, amount)
        for line in board.lines
        if (amount := form.cleaned_data[_field(line.application)])
    }


def _delete(request: HttpRequest, round: Round) -> HttpResponse:
    form = DeleteForm(request.POST)
    if form.is_valid():
        found = get_object_or_404(round.scenarios.all(), pk=form.cleaned_data["scenario"])
        saving.delete(scenario=found)
        messages.success(request, _("“%s” is gone.") % found)
    return HttpResponseRedirect(request.path)


class DeleteForm(forms.Form):
    scenario = forms.UUIDField()


def _columns(board: Board, saved: list[Scenario]) -> list[Column]:
    computed = [(str(Scenario.Kind(kind).label), board.computed(kind), None) for kind in COMPUTED]
    kept = [(one.name, saved_way(board, one), one) for one in saved]
    ours: list[tuple[str, Way, Scenario | None]] = [
        (_("As the panel has it"), board.as_the_panel_has_it, None)
    ]
    return [_column(board, *one) for one in [*ours, *computed, *kept]]


def _column(board: Board, name: str, way: Way, saved: Scenario | None) -> Column:
    funded = board.funded(way)
    return Column(
        name=name,
        way=way,
        given=pounds(board.round.pot - way.left),
        left=pounds(way.left),
        awards=len(way.awards),
        points=points(way.points),
        cost=cost_words(board.cost(way)),
        covered=board.names(way.covered),
        not_covered=board.names(way.not_covered),
        tally=board.gaps.tally(funded),
        aimed=board.gaps.aimed(funded),
        saved=saved,
    )


def _aimed(columns: list[Column]) -> list[tuple[Aimed, list[int]]]:
    """Each gap that the round aims at, with what there would be in each way."""
    each = zip(*(column.aimed for column in columns), strict=True)
    return [(of_one[0], [one.after for one in of_one]) for of_one in each]


def _rows(board: Board, columns: list[Column]) -> list[Row]:
    rows = []
    for line in board.lines:
        amounts = [column.way.awards.get(line.key) for column in columns]
        shown = [pounds(one) for one in amounts]
        rows.append(Row(line, shown, differs=len(set(amounts)) > 1))
    return rows
