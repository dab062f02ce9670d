"""The gaps that a round aims at: chosen from what is missing now, and what became of them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from assets.coverage import Asked, Dim, Gap, gaps
from assets.coverage.cells import ALL
from assets.models import Place
from grants import aiming, commissioners, rounds
from grants.admin.round_pages import to_run
from grants.models import Round, RoundGap

# Of each kind: what matters most stands first.
OFFERED = 30
BEYOND = 12


class GapsForm(forms.Form):
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("What is missing now"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what this round aims at.")},
    )

    def __init__(self, data: Any, *, offered: dict[str, Gap]) -> None:
        super().__init__(data)
        choices = [(key, gap.words) for key, gap in offered.items()]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    to = forms.EmailField(label=gettext_lazy("To"), max_length=254)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("Message"), max_length=8000, widget=forms.Textarea(attrs={"rows": 18})
    )


def page(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    offered = _offered(round) if round.is_draft else {}
    form = GapsForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        try:
            _aim(request, round, [offered[one] for one in form.cleaned_data["chosen"]])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("The round aims at it now. Everybody can read it there."))
            return HttpResponseRedirect(request.path)
    return _show(
        model_admin,
        request,
        round,
        "gaps.html",
        title=_("Gaps it aims at"),
        form=form,
        offered=offered,
        filled=aiming.filled(round),
        beyond=aiming.beyond(round)[:BEYOND],
    )


def message(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    round = to_run(model_admin, request, key)
    initial = {"subject": commissioners.SUBJECT, "text": commissioners.drafted(round)}
    form = MessageForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        mail = commissioners.tell(**form.cleaned_data, by=who(request))
        messages.success(request, _("On its way to %s.") % mail.to)
        return HttpResponseRedirect(reverse("admin:grants_round_gaps", args=[round.pk]))
    return _show(
        model_admin,
        request,
        round,
        "commissioners.html",
        title=_("Tell commissioners"),
        form=form,
    )


PAGES = {"gaps": page, "commissioners": message}


def _offered(round: Round) -> dict[str, Gap]:
    """What is missing now and may be funded, without what the round aims at already."""
    may_fund = {one.pk for one in round.needs_groups.all()}
    of_needs = [gap for gap in gaps(Asked(), about=Dim.NEEDS) if gap.keys[Dim.NEEDS] in may_fund]
    has = {_key(aiming.keys_of(gap)) for gap in aiming.gaps_of(round)}
    found = [*gaps(Asked())[:OFFERED], *of_needs[:OFFERED]]
    return {key: gap for gap in found if (key := _key(gap.keys)) not in has}


def _key(keys: aiming.Keys) -> str:
    """“theme:youth-voice,ages:all,place:wirksworth”."""
    return ",".join(f"{dim}:{key}" for dim, key in sorted(keys.items()))


def _aim(request: HttpRequest, round: Round, chosen: list[Gap]) -> None:
    """With the verb of a draft: refused where the round has opened or somebody was faster."""
    named = [gap.keys[Dim.PLACE] for gap in chosen if gap.keys[Dim.PLACE] != ALL]
    towns = {one.slug: one for one in Place.objects.filter(slug__in=named)}
    parts = [
        RoundGap(
            theme_id=gap.keys.get(Dim.THEME),
            needs_group_id=gap.keys.get(Dim.NEEDS),
            ages="" if gap.keys[Dim.AGES] == ALL else gap.keys[Dim.AGES],
            place=towns.get(gap.keys[Dim.PLACE]),
        )
        for gap in chosen
    ]
    rounds.save(round=round, by=who(request), parts=parts)


def _show(
    model_admin: Any, request: HttpRequest, round: Round, template: str, **more: Any
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": round,
        "subtitle": str(round),
        **more,
    }
    return TemplateResponse(request, f"admin/grants/{template}", context)
