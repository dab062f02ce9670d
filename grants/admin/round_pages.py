"""Pages below that of a round: preview, copy, open, move on, more time, more money."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from grants import copying, rounds
from grants.models import Round, RoundStatus
from grants.models.rounds import MOVES
from grants.money import in_pounds
from grants.panel import stages
from grants.round_page import round_page
from grants.round_words import in_london

LONGEST_WHY = 250
# What was done, where the page of the round then stands; ValidationError where it was refused.
Do = Callable[[Round, dict[str, Any]], tuple[str, Round]]


def _why(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WHY,
        required=required,
        help_text=gettext_lazy("For the history. Only staff see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SeenForm(forms.Form):
    """`version` is that of the round as it was shown."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class OpenForm(SeenForm):
    why = _why(required=False)


class MoveForm(SeenForm):
    without_the_rest = forms.BooleanField(
        label=gettext_lazy("Go to the panel without scores that are not in"),
        required=False,
        help_text=gettext_lazy("They are kept, and do not count any more."),
    )
    why = _why(required=False)

    def __init__(self, *args: Any, to: list[RoundStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(
            label=gettext_lazy("Move it to"),
            choices=[(one.value, one.label) for one in to],
            widget=forms.RadioSelect,
        )
        if RoundStatus.PANEL not in to:
            del self.fields["without_the_rest"]
        self.order_fields(["to", "without_the_rest", "why"])


class CopyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=50,
        help_text=gettext_lazy("Its page is at /grants/ and this, such as “spring-2027”."),
    )
    code = forms.CharField(
        label=gettext_lazy("Short code"),
        max_length=8,
        help_text=gettext_lazy("Every application's reference begins with it."),
    )


class ExtendForm(SeenForm):
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("London time. Later than now, never earlier."),
    )
    decisions_on = forms.DateField(
        label=gettext_lazy("They hear from us by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = _why(required=True)


class PotForm(SeenForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Add to the pot, in pounds"), max_digits=9, decimal_places=2
    )
    why = _why(required=True)


def preview(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    """The page as those who apply will see it. Nothing on it can be sent."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    round = get_object_or_404(model_admin.get_queryset(request), pk=key)
    if not model_admin.has_view_permission(request, round):
        raise PermissionDenied
    context = {"page": round_page(round), "preview": True}
    return render(request, "grants/round.html", context)


def copy(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    form = CopyForm(_posted(request), initial=copying.suggested(round))

    def do(round: Round, cleaned: dict[str, Any]) -> tuple[str, Round]:
        made = copying.copy(round=round, by=who(request), **cleaned)
        return _("Copied, with dates a year later. Look through all of it."), made

    words = {
        "title": _("Copy this round"),
        "lead": _("Questions, criteria, levels, headings and checks come along. It is a draft."),
        "button": _("Copy it"),
    }
    return _ask(model_admin, request, round, form, do, words)


def open_(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    form = OpenForm(_posted(request), initial={"version": round.version})

    def do(round: Round, cleaned: dict[str, Any]) -> tuple[str, Round]:
        rounds.open_(round=round, by=who(request), why=cleaned["why"])
        return _("“%s” is open now.") % round, round

    lead = _(
        "Everybody can read it then, and groups can apply from %(opens)s until %(closes)s. Its "
        "questions, criteria and weights cannot be changed any more."
    )
    words = {
        "title": _("Open this round"),
        "lead": lead % {"opens": in_london(round.opens_at), "closes": in_london(round.closes_at)},
        "button": _("Open it"),
        "missing": rounds.what_is_missing(round) if round.is_draft else [],
    }
    return _ask(model_admin, request, round, form, do, words)


def move(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    if request.POST.get("version", str(round.version)) != str(round.version):
        # Where it could go then it may not go now.
        messages.error(request, rounds.somebody_was_faster(round))
        return HttpResponseRedirect(reverse("admin:grants_round_change", args=[round.pk]))
    # It is decided when all are told, on the page that releases the decisions.
    elsewhere = {RoundStatus.OPEN, RoundStatus.DECIDED}
    to = sorted(MOVES[RoundStatus(round.status)] - elsewhere, key=[*RoundStatus].index)
    form = MoveForm(_posted(request), to=to, initial={"version": round.version})

    def do(round: Round, cleaned: dict[str, Any]) -> tuple[str, Round]:
        to = RoundStatus(cleaned.pop("to"))
        stages.move(round=round, to=to, by=who(request), **cleaned)
        said = {"what": round, "status": to.label.lower()}
        return _("“%(what)s”: %(status)s.") % said, round

    words = {
        "title": _("Move this round on"),
        "lead": _("Now it is: %s.") % round.get_status_display().lower(),
        "button": _("Move it"),
    }
    return _ask(model_admin, request, round, form, do, words)


def extend(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    now = {name: getattr(round, name) for name in ("version", "closes_at", "decisions_on")}
    form = ExtendForm(_posted(request), initial=now)

    def do(round: Round, cleaned: dict[str, Any]) -> tuple[str, Round]:
        rounds.extend(round=round, by=who(request), **cleaned)
        return _("It closes at %s now.") % in_london(round.closes_at), round

    words = {
        "title": _("Give them more time"),
        "lead": _("It closes at %s.") % in_london(round.closes_at),
        "button": _("Give them more time"),
    }
    return _ask(model_admin, request, round, form, do, words)


def pot(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    form = PotForm(_posted(request), initial={"version": round.version})

    def do(round: Round, cleaned: dict[str, Any]) -> tuple[str, Round]:
        rounds.add_to_pot(round=round, by=who(request), **cleaned)
        return _("There is %s in the pot now.") % in_pounds(round.pot), round

    words = {
        "title": _("Add to the pot"),
        "lead": _("There is %s in it. It can grow, and never shrinks.") % in_pounds(round.pot),
        "button": _("Add to the pot"),
    }
    return _ask(model_admin, request, round, form, do, words)


PAGES = {
    "preview": preview,
    "copy": copy,
    "open": open_,
    "move": move,
    "extend": extend,
    "pot": pot,
}


def to_run(model_admin: Any, request: HttpRequest, key: UUID) -> Round:
    if not who(request).has_perm("grants.run_round"):
        raise PermissionDenied
    round: Round = get_object_or_404(model_admin.get_queryset(request), pk=key)
    return round


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _ask(
    model_admin: Any,
    request: HttpRequest,
    round: Round,
    form: forms.Form,
    do: Do,
    words: dict[str, Any],
) -> HttpResponse:
    """Says what will happen, and asks; does it, or says why not."""
    if form.is_valid():
        cleaned = dict(form.cleaned_data)
        seen = get_object_or_404(Round, pk=round.pk)
        seen.version = cleaned.pop("version", seen.version)
        try:
            said, shown = do(seen, cleaned)
        except ValidationError as refused:
            _tell(form, refused)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:grants_round_change", args=[shown.pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "subtitle": str(round),
        "opts": model_admin.opts,
        "original": round,
        "form": form,
        **words,
    }
    return TemplateResponse(request, "admin/grants/round_ask.html", context)


def _tell(form: forms.Form, refused: ValidationError) -> None:
    """Beside the field where there is one."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused.messages)
        return
    for name, said in refused.message_dict.items():
        form.add_error(name if name in form.fields else None, said)
