"""The page of one proposal: what differs, who asks, and the buttons to answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin import proposal_told
from assets.admin.proposal_told import Answer
from assets.models import Proposal
from assets.proposals import deciding
from assets.proposals.applying import CannotBeTaken
from assets.proposals.differences import title_of
from assets.proposals.fields import fields_of, of_part

LONGEST = 2000


class AnswerForm(forms.Form):
    """`do` is the button that was pressed, `sentence` the number of one to begin with."""

    version = forms.IntegerField(min_value=1)
    do = forms.ChoiceField(
        choices=[(one, one) for one in "accept ticked back decline looked".split()], required=False
    )
    sentence = forms.IntegerField(min_value=0, required=False)
    message = forms.CharField(max_length=LONGEST, required=False)


def page(
    model_admin: Any, request: HttpRequest, proposal: Proposal, moderator: User | None
) -> HttpResponse:
    """`moderator` is None for somebody who only looks."""
    answer = Answer()
    if request.method == "POST" and moderator:
        answer = _answered(request, proposal, moderator)
        if answer is DONE:
            return _next(request, proposal)
        # A colleague may have been here meanwhile.
        proposal = model_admin.get_queryset(request).get(pk=proposal.pk)
    proposal = proposal.as_sent()
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": proposal.name,
        "original": proposal,
        "answer": answer,
        "may_decide": moderator is not None,
        **proposal_told.told(proposal, answer, to_moderator=moderator is not None),
    }
    return TemplateResponse(request, "admin/assets/proposal.html", context)


DONE = Answer()


def _answered(request: HttpRequest, proposal: Proposal, by: User) -> Answer:
    form = AnswerForm(request.POST)
    said = str(request.POST.get("message", ""))
    typed = Answer(said, frozenset(request.POST.getlist("tick")))
    if not form.is_valid():
        too_long = "message" in form.errors
        typed.beside_message = _("Write %d letters at most.") % LONGEST if too_long else ""
        typed.wrong = () if too_long else (_("That did not work. Look again first."),)
        return typed
    if form.cleaned_data["sentence"] is not None:
        return _begun_with(proposal, form.cleaned_data["sentence"], typed)
    try:
        messages.success(request, _do(form.cleaned_data, typed, proposal, by))
    except ValidationError as refused:
        return _told(refused, proposal, typed)
    return DONE


def _begun_with(proposal: Proposal, number: int, typed: Answer) -> Answer:
    sentences = proposal_told.sentences(proposal)
    if number < len(sentences):
        typed.message = "\n\n".join(filter(None, [typed.message.strip(), sentences[number]]))
    return typed


def _do(cleaned: dict[str, Any], typed: Answer, proposal: Proposal, by: User) -> str:
    """What was done, in words. ValidationError where it could not be."""
    if cleaned["do"] in ("accept", "ticked", "back", "decline"):
        # Before anything else: who was too late has nothing to mend.
        deciding.must_wait(proposal, cleaned["version"])
    seen = {"proposal": proposal, "version": cleaned["version"], "by": by}
    message = cleaned["message"]
    match cleaned["do"]:
        case "accept":
            if _ticked(proposal, typed)[1]:
                said = _("You have unticked something: then press “Accept the ticked”.")
                raise ValidationError({"message": said})
            return _now(deciding.accept(**seen, message=message))
        case "ticked":
            return _now(_accept_ticked(seen, typed, message))
        case "back":
            return _now(deciding.give_back(**seen, message=message))
        case "decline":
            return _now(deciding.decline(**seen, message=message))
        case "looked" if deciding.look_at(proposal=proposal, by=by):
            return _("“%(what)s” was looked at.") % {"what": proposal.name}
        case "looked":
            raise ValidationError(_("A colleague has looked at it already."))
    raise ValidationError(_("Choose one of the buttons."))


def _accept_ticked(seen: dict[str, Any], typed: Answer, message: str) -> Proposal:
    only, rest = _ticked(seen["proposal"], typed)
    if rest and not message.strip():
        raise ValidationError({"message": _("Write a line about what you did not tick.")})
    return deciding.accept(**seen, only=only, message=message)


def _ticked(proposal: Proposal, typed: Answer) -> tuple[dict[str, set[str]], bool]:
    """What is ticked, part by part, and whether that leaves anything out."""
    shown = proposal_told.ticks(proposal)
    only = {
        part: {
            name
            for name in values
            if (tick := proposal_told.tick_of(part, name)) not in shown or typed.has(tick)
        }
        for part, values in proposal.sent.items()
    }
    return only, any(only[part] != set(values) for part, values in proposal.sent.items())


def _told(refused: ValidationError, proposal: Proposal, typed: Answer) -> Answer:
    if isinstance(refused, CannotBeTaken):
        typed.wrong = tuple(
            f"{_where(proposal, one.part, one.field)}: {one.says}" for one in refused.problems
        )
    elif hasattr(refused, "error_dict"):
        typed.beside_message = " ".join(refused.message_dict["message"])
    else:
        typed.wrong = tuple(refused.messages)
    return typed


def _where(proposal: Proposal, part: str, name: str) -> str:
    field = fields_of(of_part(part)).get(name)
    title = title_of(proposal, part)
    return f"{title}, {field.label}" if field else title


def _now(proposal: Proposal) -> str:
    last = proposal.moves.last()
    said = {"what": proposal.name, "status": proposal.get_status_display().lower()}
    if last and last.took and last.took != proposal.sent:
        return _("“%(what)s”: what was ticked is on the board, the rest went back.") % said
    return _("“%(what)s” is %(status)s now.") % said


def _next(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """To the one that has waited longest after this one, or the longest of all."""
    waiting = Proposal.objects.to_decide().exclude(pk=proposal.pk)
    later = waiting.filter(sent_at__gt=proposal.sent_at) if proposal.sent_at else waiting
    following = later.first() or waiting.first() or Proposal.objects.to_look_at().first()
    if following is None:
        messages.info(request, _("Nothing else waits."))
        return HttpResponseRedirect(reverse("admin:assets_proposal_changelist"))
    messages.info(request, _("This is the next one."))
    return HttpResponseRedirect(reverse("admin:assets_proposal_change", args=[following.pk]))
