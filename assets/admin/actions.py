"""Moves and checks of several listings at once, from their list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assets.admin import lifecycle
from assets.models import Listing, Status
from assets.models.lifecycle import CheckedBy

# How many are named on the page that asks, and how many refusals are told.
NAMED = 20

# Does it to one listing, with a reason or note; what was wrong, or nothing.
Do = Callable[[Listing, HttpRequest, str], str]


class SeveralForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("For the history. Only staff see it."),
    )


def _ask_or_do(
    model_admin: Any, request: HttpRequest, several: QuerySet[Any], words: Any, do: Do
) -> HttpResponse | None:
    """Asks for a reason first. None leads back to the list."""
    form = SeveralForm(request.POST if "sure" in request.POST else None)
    if form.is_valid():
        _do_each(request, several, form.cleaned_data["why"], do)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": words,
        "opts": model_admin.opts,
        "form": form,
        "count": several.count(),
        "named": several[:NAMED],
        "action": request.POST["action"],
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/assets/several.html", context)


def _do_each(request: HttpRequest, several: QuerySet[Any], why: str, do: Do) -> None:
    refusals = [do(listing, request, why) for listing in several]
    done = refusals.count("")
    if done:
        said = ngettext("Done for %(number)d listing.", "Done for %(number)d listings.", done)
        messages.success(request, said % {"number": done})
    told = [refusal for refusal in refusals if refusal]
    for refusal in told[:NAMED]:
        messages.error(request, refusal)
    if len(told) > NAMED:
        messages.error(request, _("And %(number)d more.") % {"number": len(told) - NAMED})


def _move_action(to: Status, words: Any) -> Any:
    def do(listing: Listing, request: HttpRequest, why: str) -> str:
        refused = lifecycle.moved(listing, to, request, why)
        return format_html("{}: {}", listing, refused) if refused else ""

    def action(model_admin: Any, request: HttpRequest, several: QuerySet[Any]) -> Any:
        return _ask_or_do(model_admin, request, several, words, do)

    action.__name__ = f"move_to_{to.value}"
    return admin.action(description=words, permissions=["change"])(action)


@admin.action(description=gettext_lazy("Checked today"), permissions=["change"])
def checked_today(model_admin: Any, request: HttpRequest, several: QuerySet[Any]) -> Any:
    def do(listing: Listing, request: HttpRequest, why: str) -> str:
        lifecycle.checked(listing, CheckedBy.TEAM, request, why)
        return ""

    return _ask_or_do(model_admin, request, several, _("Checked today"), do)


ACTIONS = [
    *(_move_action(to, words) for to, words in lifecycle.MOVE_WORDS.items()),
    checked_today,
]
