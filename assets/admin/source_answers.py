"""What staff say of what another directory sent: which drafts are for us, and what is the same."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assets.admin import lifecycle
from assets.admin.base import who
from assets.harvesting import accepting
from assets.models import Activity, HarvestDuplicate, Source

# Reasons that are told, and listings that are named.
SHOWN, NAMED = 50, 10
Answer = HarvestDuplicate.Answer
OF_GROUP = [
    (Answer.SAME, gettext_lazy("The same: ours stays, and what they run comes in under it")),
    (Answer.OTHER, gettext_lazy("Another group: bring it in as a draft, with what it runs")),
]
OF_ACTIVITY = [
    (Answer.SAME, gettext_lazy("The same: ours stays, and theirs stays out")),
    (Answer.OTHER, gettext_lazy("Another one: bring it in as a draft")),
]


def choices(asked: HarvestDuplicate) -> Sequence[tuple[str, Promise]]:
    """What may be said of it, and what comes of that."""
    return OF_GROUP if asked.organisation else OF_ACTIVITY


def answer(request: HttpRequest, source: Source) -> None:
    if key := _key(request.POST.get("again", "")):
        if accepting.ask_again(source=source, key=key):
            messages.success(request, _("It is asked about again."))
        return
    answers = {
        key: str(said)
        for name, said in request.POST.items()
        if name.startswith("is-") and (key := _key(name.removeprefix("is-")))
    }
    done = accepting.answer(source=source, answers=answers, by=who(request))
    if not done:
        messages.warning(request, _("Answer at least one that is still open."))
        return
    said = ngettext("%d answered.", "%d answered.", done) % done
    then = _("The next reading of all of it acts on it.")
    url = reverse("admin:assets_source_read", args=[source.pk])
    link = format_html('<a href="{}">{}</a>', url, _("Read it now"))
    messages.success(request, format_html("{} {} {}", said, then, link))


def _key(typed: str) -> int:
    """Nothing, where it is none, or has thousands of digits."""
    return int(typed) if typed.isdecimal() and len(typed) < 20 else 0


def decide(request: HttpRequest, source: Source, ticked: list[str]) -> None:
    """Says which, and of what else was ticked why not."""
    is_refused = "refuse" in request.POST
    how: dict[str, Any] = {"source": source, "keys": ticked, "by": who(request)}
    decided = accepting.refuse(**how) if is_refused else accepting.accept(**how)
    done = decided.done
    for one in decided.why_not[:SHOWN]:
        messages.warning(request, one)
    if is_refused:
        said = ngettext("%d is taken away:", "%d are taken away:", len(done))
        then = _("No reading brings them back. If you want one after all, make it a draft again.")
    else:
        said, then = ngettext("%d is public now:", "%d are public now:", len(done)), ""
    if done:
        names = format_html_join(
            ", ", '<a href="{}">{}</a>', ((lifecycle.change_url(one), one) for one in done[:NAMED])
        )
        more = "…" if len(done) > NAMED else "."
        told = format_html("{} {}{} {}", said % len(done), names, more, then)
        messages.success(request, told)
    if not is_refused:
        _ask_for_tags(request, done)
    if others := len({*ticked}) - decided.drafts:
        said = ngettext("%d was no draft any more.", "%d were no drafts any more.", others)
        messages.warning(request, said % others)


def _ask_for_tags(request: HttpRequest, public: list[Activity]) -> None:
    """One by one they would say the same: see `lifecycle.what_is_missing`."""
    keys = [one.pk for one in public]
    if number := Activity.objects.filter(pk__in=keys, needs_groups=None).count():
        said = ngettext(
            "%d has no needs group: “What would help?” does not lead to it.",
            "%d have no needs group: “What would help?” does not lead to them.",
            number,
        )
        desk = format_html(
            '<a href="{}">{}</a>', reverse("admin:assets_tagopinion_changelist"), _("Tag them")
        )
        messages.warning(request, format_html("{} {}", said % number, desk))
