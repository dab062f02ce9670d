"""The pages on which a group writes, for a new group and for one on the board alike.

Whoever may be there has been asked already: each takes a `Desk`.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from assets.models import Proposal
from assets.proposals import sending, writing
from assets.proposals.applying import CannotBeTaken
from assets.proposals.fields import GROUP, fields_of, of_part
from assets.proposals.parts import next_key
from assets.proposals.words import in_words
from assets.proposals.writing import NotOpen, Theirs, WrittenMeanwhile
from assets.register import signed_out
from assets.register.asking import ConfirmForm
from assets.register.desk import MOST_ACTIVITIES, Desk
from assets.register.forms import StepForm
from assets.register.preview import preview_of
from assets.register.steps import Step, next_step, step_of
from assets.register.tasks import Answer, Tasks, reference_of, title_in
from assets.register.when import WhenForm
from assets.saying import Values


def task_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.proposal.is_open:
        return closed(request, desk)
    if request.method == "POST":
        return _change_parts(request, desk)
    last = desk.proposal.moves.last() if desk.is_stored else None
    context = {
        "desk": desk,
        "tasks": Tasks(desk),
        "next_key": next_key(desk.proposal),
        "is_full": len(desk.parts) > MOST_ACTIVITIES,
        "last_message": last.message if last else "",
    }
    return render(request, "assets/register/form.html", context)


def _change_parts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One more activity, one fewer, or none of it at all."""
    do, part = request.POST.get("do", ""), request.POST.get("part", "")
    if do == "forget" or (do == "drop" and part in desk.parts and part != GROUP):
        if not request.POST.get("sure"):
            title = title_in(desk, part if do == "drop" else GROUP)
            context = {"desk": desk, "do": do, "part": part, "title": title}
            return render(request, "assets/register/sure.html", context)
        _drop(desk, part if do == "drop" else "")
    elif do in ("add", "copy", "again") and len(desk.parts) <= MOST_ACTIVITIES:
        return _add(request, desk, do, "" if do == "add" else part)
    return HttpResponseRedirect(desk.form_url)


def _drop(desk: Desk, part: str) -> None:
    """One part, or all of it. What is closed already stays as it is: the list says so."""
    if not part and desk.is_stored:
        writing.drop(proposal=desk.proposal, by=desk.by)
    elif part:
        with suppress(NotOpen):
            writing.drop_part(proposal=desk.stored(), part=part, by=desk.by)


def _add(request: HttpRequest, desk: Desk, do: str, like: str) -> HttpResponse:
    if like and (like not in desk.parts or like == GROUP):
        raise Http404
    expected = request.POST.get("as") or "none"
    try:
        _proposal, part = writing.add_activity(
            proposal=desk.stored(), key=expected, like=like, but_when=do == "again", by=desk.by
        )
    except NotOpen:
        return closed(request, desk)
    # Pressed twice: the list shows what the first press has made.
    slug = "when" if do == "again" else "what"
    url = desk.step_url(part, slug) if part else desk.form_url
    return HttpResponseRedirect(f"{url}?like={like}" if part and like else url)


def step(
    request: HttpRequest, desk: Desk, part: str, slug: str, kept: QueryDict | None = None
) -> HttpResponse:
    """`kept` is what was typed here before somebody had to sign in again."""
    if not desk.proposal.is_open and request.method != "POST":
        return closed(request, desk)
    sealed = desk.unseal(part, slug, (kept or request.POST).get("base", ""))
    # Left out by a colleague meanwhile: what was typed since is kept.
    if part not in desk.parts and not (sealed and part.startswith("new-")):
        raise Http404
    if (asked := step_of(part, slug)) is None:
        raise Http404
    base = sealed or {name: desk.values(part)[name] for name in asked.form.writes}
    if request.method != "POST":
        form = asked.form(base, kept)
        like = request.GET.get("like", "")
        if like in desk.parts and isinstance(form, WhenForm) and not kept:
            form.begin_with_times_of(desk.values(like)["schedules"])
        return _show(request, desk, part, asked, form, was_kept=bool(kept))
    form = asked.form(base, request.POST)
    if request.POST.get("do") in ("find", "more"):
        form.keep_typed(request.POST)
    elif form.is_valid():
        return _save(request, desk, part, asked, form)
    return _show(request, desk, part, asked, form)


def _save(request: HttpRequest, desk: Desk, part: str, asked: Step, form: StepForm) -> HttpResponse:
    said = _without_theirs(request, form.said())
    try:
        if said:
            writing.write(
                proposal=desk.stored(), part=part, values=said, base=form.base, by=desk.by
            )
    except WrittenMeanwhile as error:
        theirs = {name: one.value for name, one in error.theirs.items()}
        again = asked.form({**form.base, **theirs}, request.POST)
        return _show(request, desk, part, asked, again, _clashes(part, error.theirs))
    except NotOpen:
        desk.proposal.refresh_from_db()
        return closed(request, desk, typed=_answers(part, said))
    return HttpResponseRedirect(_after(desk, part, asked, request.POST.get("do", "")))


def _without_theirs(request: HttpRequest, said: Values) -> Values:
    """“Keep theirs” is said of what two have changed: the rest of what was typed is kept."""
    theirs = request.POST.getlist("clash") if request.POST.get("do") == "theirs" else []
    return {name: value for name, value in said.items() if name not in theirs}


def _after(desk: Desk, part: str, asked: Step, do: str) -> str:
    """Where it goes on: the next step, the list, or back to “check what you wrote”."""
    if do == "check":
        return desk.check_url
    after = next_step(part, asked.slug)
    return desk.form_url if after is None or do == "list" else desk.step_url(part, after.slug)


def _show(
    request: HttpRequest,
    desk: Desk,
    part: str,
    asked: Step,
    form: StepForm,
    clashes: list[dict[str, Any]] | None = None,
    *,
    was_kept: bool = False,
) -> HttpResponse:
    like = request.GET.get("like", "")
    context = {
        "desk": desk,
        "part": part,
        "part_title": title_in(desk, part) if part in desk.parts else "",
        "step": asked,
        "form": form,
        "base": desk.seal(part, asked.slug, form.base),
        "clashes": clashes,
        "was_kept": was_kept,
        "writer": signed_out.mark(desk.by) if desk.by and not desk.is_new else "",
        "came_from_check": request.GET.get("from") == "check",
        "copy_of": title_in(desk, like) if like in desk.parts else "",
        "also_there": [title_in(desk, other) for other in desk.also_at(part)],
    }
    return render(request, "assets/register/step.html", context, status=409 if clashes else 200)


def _clashes(part: str, theirs: Mapping[str, Theirs]) -> list[dict[str, Any]]:
    labels = fields_of(of_part(part))
    return [
        {
            "name": name,
            "label": labels[name].label,
            "lines": in_words(of_part(part), name, one.value),
            "by": one.by.name if one.by else "",
        }
        for name, one in theirs.items()
    ]


def _answers(part: str, said: Values) -> list[Answer]:
    labels = fields_of(of_part(part))
    return [
        Answer(str(labels[name].label), in_words(of_part(part), name, value))
        for name, value in said.items()
    ]


def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.proposal.is_open:
        return closed(request, desk)
    tasks = Tasks(desk)
    if not desk.is_stored or not (desk.is_new or tasks.has_changes):
        return HttpResponseRedirect(desk.form_url)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    missing = None
    if form.is_bound and form.is_valid():
        try:
            sending.send(proposal=desk.proposal, by=desk.by)
            return HttpResponseRedirect(desk.sent_url)
        except CannotBeTaken as error:
            missing = tasks.missing() or tasks.told(error.problems)
        except NotOpen:
            desk.proposal.refresh_from_db()
            return closed(request, desk)
    if missing is None and desk.proposal.status != "sent":
        missing = tasks.missing()
    context = {"desk": desk, "tasks": tasks, "form": form, "missing": missing}
    return render(request, "assets/register/check.html", context)


def preview(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """As families will see it. What is still missing is told on the page before."""
    if not desk.proposal.is_open:
        return closed(request, desk)
    if part not in desk.parts:
        raise Http404
    try:
        return preview_of(request, desk, part)
    except CannotBeTaken:
        return HttpResponseRedirect(desk.check_url)


def closed(request: HttpRequest, desk: Desk, typed: list[Answer] | None = None) -> HttpResponse:
    """Kindly: what became of it. What was typed too late is there to copy."""
    last = desk.proposal.moves.last()
    context = {"desk": desk, "message": last.message if last else "", "typed": typed}
    return render(request, "assets/register/closed.html", context, status=409 if typed else 200)


def sent(request: HttpRequest, desk: Desk, proposal: Proposal | None) -> HttpResponse:
    """The receipt, of what was sent last."""
    if proposal is None or proposal.sent_at is None:
        return HttpResponseRedirect(desk.form_url)
    context = {"desk": desk, "proposal": proposal, "reference": reference_of(proposal)}
    return render(request, "assets/register/sent.html", context)
