"""Worries about safety, for the safeguarding lead and deputy: opened, looked after, closed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets import listings, safety
from assets.admin.base import who
from assets.admin.reports import ReportAdmin, Verb, faster
from assets.models import SafetyWorry, Status
from assets.models.safety import WorryStatus
from assets.problems import Reportable

HIDE_WORDS = {
    Status.PAUSED: gettext_lazy("Pause: its page says that it is having a break"),
    Status.WITHDRAWN: gettext_lazy("Take down: its page is gone"),
}


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(choices=SafetyWorry.Outcome.choices)
    why = forms.CharField(max_length=500, required=False)


class ReopenForm(forms.Form):
    why = forms.CharField(max_length=500, required=False)


@admin.register(SafetyWorry, site=staff_site)
class SafetyWorryAdmin(ReportAdmin):
    """A worry that nobody has opened shows no word: opening it is a button, and is written down."""

    permission = "assets.handle_safetyworry"
    order = (WorryStatus.NEW, WorryStatus.TAKEN, WorryStatus.CLOSED)
    change_form_template = "admin/assets/safety_worry.html"
    list_display = ("listing_name", "status_tag", "reported_at", "escalated_on", "outcome")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        done = ["outcome", "closed_at", "wiped_at"]
        return ["reported_at", *(name for name in done if getattr(obj, name, None))]

    def verbs(self) -> dict[str, Verb]:
        return {
            "take": self.take,
            "close": self.close,
            "reopen": self.reopen,
            "hide": self.hide,
            "show": self.show,
        }

    def beside(self, report: Any) -> dict[str, Any]:
        return super().beside(report) | {
            "records": report.records.select_related("recorded_by"),
            "outcomes": SafetyWorry.Outcome.choices,
            "to_hide": _to_hide(report),
            "hidden": report.hidings.on().select_related("activity", "organisation", "venue"),
        }

    def take(self, request: HttpRequest, worry: SafetyWorry) -> str:
        if worry.status != WorryStatus.NEW or not safety.take(worry=worry, by=who(request)):
            return faster()
        messages.success(request, _("You look after it now."))
        return ""

    def close(self, request: HttpRequest, worry: SafetyWorry) -> str:
        form = CloseForm(request.POST)
        if not form.is_valid():
            return _("Say how it ended, in 500 letters at most.")
        outcome, why = SafetyWorry.Outcome(form.cleaned_data["outcome"]), form.cleaned_data["why"]
        if worry.status != WorryStatus.TAKEN or not safety.close(
            worry=worry, outcome=outcome, why=why, by=who(request)
        ):
            return faster()
        messages.success(request, _("It is closed."))
        return ""

    def reopen(self, request: HttpRequest, worry: SafetyWorry) -> str:
        form = ReopenForm(request.POST)
        if not form.is_valid():
            return _("Write a reason of 500 letters at most.")
        if worry.status != WorryStatus.CLOSED or not safety.reopen(
            worry=worry, why=form.cleaned_data["why"], by=who(request)
        ):
            return _("It cannot be opened again: its words are wiped, or a colleague was faster.")
        messages.success(request, _("It is open again."))
        return ""

    def hide(self, request: HttpRequest, worry: SafetyWorry) -> str:
        pressed = request.POST.get("hide", "")
        wanted = {value: (listing, to) for listing, to, value, _words in _choices(worry)}
        if worry.status == WorryStatus.NEW or pressed not in wanted:
            return faster()
        listing, to = wanted[pressed]
        try:
            safety.hide(worry=worry, listing=listing, to=to, by=who(request))
        except listings.MoveRefused as refused:
            return " ".join(refused.messages)
        said = {"what": listing, "status": Status(to).label.lower()}
        messages.success(request, _("“%(what)s” is %(status)s now.") % said)
        return ""

    def show(self, request: HttpRequest, worry: SafetyWorry) -> str:
        pressed = request.POST.get("show", "")
        hidden = worry.hidings.on().filter(pk=pressed).first() if pressed.isdecimal() else None
        if hidden is None:
            return faster()
        try:
            safety.show_again(worry=worry, listing=hidden.listing, by=who(request))
        except listings.MoveRefused as refused:
            return " ".join(refused.messages)
        messages.success(request, _("“%s” is public again.") % hidden.listing)
        return ""


def _choices(worry: SafetyWorry) -> list[tuple[Reportable, Status, str, Any]]:
    """Each way of hiding each listing: what the button sends, and what it says."""
    return [
        (listing, to, f"{listing._meta.model_name}-{to.value}", words)
        for listing in safety.may_be_hidden(worry)
        for to, words in HIDE_WORDS.items()
        if listing.may_move_to(to)
    ]


def _to_hide(worry: SafetyWorry) -> list[tuple[Reportable, list[tuple[str, Any]]]]:
    """Listing by listing: its buttons."""
    choices = _choices(worry)
    return [
        (listing, [(value, words) for one, _to, value, words in choices if one == listing])
        for listing in safety.may_be_hidden(worry)
    ]
