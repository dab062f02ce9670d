"""The tagging desk in the staff pages: one listing at a time, and the queue behind it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from assets import words
from assets.admin import lifecycle
from assets.admin.base import ReadOnlyAdmin, who
from assets.admin.pages import page_of
from assets.models import Activity, TagOpinion
from assets.tagging import opinions
from assets.tagging.agreement import ENOUGH, agreements
from assets.tagging.desk import Line, Tags, Why, lines, tags_of, version_of
from assets.tagging.opinions import Chosen
from assets.tagging.suggested import in_words, options, to_tag
from thrive.models import NeedsGroup, Theme
from thrive.suggesting import NEEDS, THEMES

PER_PAGE = 25


class AnswerForm(forms.Form):
    """What a button sends: `do` is which, `version` what the page showed."""

    key = forms.UUIDField()
    version = forms.CharField(max_length=120)
    do = forms.ChoiceField(choices=[(do, do) for do in ("take", "keep", "save", "unsure")])
    needs_groups = forms.ModelMultipleChoiceField(NeedsGroup.objects.all(), required=False)
    themes = forms.ModelMultipleChoiceField(Theme.objects.all(), required=False)


@dataclass(frozen=True)
class Option:
    """A box to tick; `reasons` are those of the rules."""

    value: str
    name: str
    hint: str
    is_ticked: bool
    reasons: list[str]


@dataclass(frozen=True)
class Shown:
    """What the desk shows of one listing."""

    line: Line
    url: str
    facts: list[tuple[str, str]]
    needs_groups: list[Option]
    themes: list[Option]
    suggestions: list[tuple[str, list[str]]]
    tags: Tags | None
    opinions: list[tuple[TagOpinion, str]]
    version: str
    can_take: bool
    can_keep: bool


@admin.register(TagOpinion, site=staff_site)
class TagOpinionAdmin(ReadOnlyAdmin):
    """Its list is the desk."""

    list_display = ("activity", "person", "given_at")
    fields = ("activity", "person", "given_at", "needs_groups", "themes", "unsure", "settles")
    readonly_fields = ("given_at",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not may_tag(request):
                raise PermissionDenied
            return _answered(request)
        found = lines(who(request))
        counts = Counter(line.why for line in found)
        wanted = request.GET.get("why", "")
        if wanted in {why.name.lower() for why in Why}:
            found = [line for line in found if line.why == Why[wanted.upper()]]
        else:
            wanted = ""
        page = page_of(found, request.GET.get("p"), PER_PAGE)
        line = _asked_for(request, found)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Tagging desk"),
            "opts": self.opts,
            "shown": _shown(line) if line else None,
            "page": page,
            "filters": [
                (why.name.lower(), why.label, counts[why], why.name.lower() == wanted)
                for why in Why
            ],
            "wanted": wanted,
            "waiting": sum(counts.values()),
            "may_tag": may_tag(request),
            "agreements": agreements(),
            "enough": ENOUGH,
        }
        return TemplateResponse(request, "admin/assets/tag_desk.html", context)


def may_tag(request: HttpRequest) -> bool:
    user = who(request)
    return user.has_perm("assets.add_tagopinion") and user.has_perm("assets.change_activity")


def _asked_for(request: HttpRequest, found: list[Line]) -> Line | None:
    """The one that a link of the queue names, else the first that waits."""
    key = request.GET.get("one", "")
    for line in found:
        if str(line.activity.pk) == key:
            return line
    return found[0] if found else None


def _shown(line: Line) -> Shown:
    activity = line.activity
    hidden = line.is_blind
    suggestions = [] if hidden else line.suggestions
    themes = frozenset() if hidden else frozenset(activity.themes.values_list("pk", flat=True))
    needs = frozenset() if hidden else line.needs
    # Without tags, what rules are sure of is ticked; the rest is for staff to choose.
    sure = [one for one in suggestions if not one.is_unsure]
    reasons = {
        (one.of, one.option): [in_words(reason) for reason in one.reasons] for one in suggestions
    }

    def boxes(of: str, rows: Any, there: frozenset[str]) -> list[Option]:
        ticked = there or ({*options(sure, of)} if not line.needs else there)
        return [
            Option(
                row.pk, str(row), row.description, row.pk in ticked, reasons.get((of, row.pk), [])
            )
            for row in rows
        ]

    needs_boxes = boxes(NEEDS, NeedsGroup.objects.all(), needs)
    theme_boxes = boxes(THEMES, Theme.objects.all(), themes)
    return Shown(
        line=line,
        url=lifecycle.change_url(activity),
        facts=_facts(activity),
        needs_groups=needs_boxes,
        themes=theme_boxes,
        suggestions=[
            (box.name, box.reasons) for box in (*needs_boxes, *theme_boxes) if box.reasons
        ],
        tags=None if hidden else tags_of(activity),
        opinions=[] if hidden else _in_words(line.opinions, (*needs_boxes, *theme_boxes)),
        version=version_of(activity),
        can_take=bool(options(sure, NEEDS)),
        can_keep=bool(needs),
    )


def _facts(activity: Activity) -> list[tuple[str, str]]:
    return [
        (_("Kind"), str(activity.get_kind_display())),
        (_("Open to"), str(activity.get_level_display())),
        (_("Ages"), words.ages_of(activity)),
        (_("How to come"), str(activity.get_how_to_come_display())),
        (_("Made for"), ", ".join(str(one) for one in activity.audiences.all())),
    ]


def _in_words(found: list[TagOpinion], boxes: Iterable[Option]) -> list[tuple[TagOpinion, str]]:
    """Each with what it says, in the order of the boxes."""
    names = {box.value: box.name for box in boxes}
    return [
        (
            one,
            _("not sure")
            if one.unsure
            else ", ".join(
                name for key, name in names.items() if key in one.needs_groups or key in one.themes
            ),
        )
        for one in found
    ]


def _answered(request: HttpRequest) -> HttpResponse:
    """Stores it and leads to the next; what does not fit is told, and stores nothing."""
    form = AnswerForm(request.POST)
    desk = reverse("admin:assets_tagopinion_changelist")
    if not form.is_valid():
        messages.error(request, _("That did not work. Try again."))
        return HttpResponseRedirect(desk)
    said = form.cleaned_data
    activity = get_object_or_404(to_tag(), pk=said["key"])
    again = HttpResponseRedirect(f"{desk}?one={activity.pk}")
    if said["version"] != version_of(activity):
        messages.error(request, _("Somebody else has just changed this one. Look again first."))
        return again
    (line,) = lines(who(request), [activity])
    if said["do"] == "unsure":
        opinions.say_unsure(activity=activity, by=who(request))
        messages.info(request, _("“%s” stays here for somebody else to look at.") % activity)
        return HttpResponseRedirect(_next(request, desk))
    try:
        opinion = opinions.give(
            activity=activity,
            by=who(request),
            chosen=_chosen(line, said),
            suggestions=line.suggestions,
            has_seen_others=bool(line.opinions) and not line.is_blind,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return again
    first = line.opinions[0] if line.is_blind else opinion
    if (opinion.needs_groups, opinion.themes) != (first.needs_groups, first.themes):
        messages.warning(
            request, _("You two differ about “%s”. It waits at the desk to be settled.") % activity
        )
    else:
        messages.success(request, _("“%s” is tagged.") % activity)
    return HttpResponseRedirect(_next(request, desk))


def _chosen(line: Line, said: dict[str, Any]) -> Chosen:
    themes = frozenset(line.activity.themes.values_list("pk", flat=True))
    match said["do"]:
        case "take":
            sure = [one for one in line.suggestions if not one.is_unsure]
            return Chosen(options(sure, NEEDS), themes | options(sure, THEMES))
        case "keep":
            return Chosen(line.needs, themes)
    return Chosen(
        frozenset(one.pk for one in said["needs_groups"]),
        frozenset(one.pk for one in said["themes"]),
    )


def _next(request: HttpRequest, desk: str) -> str:
    """The same queue as before."""
    wanted = request.GET.get("why", "")
    return f"{desk}?why={wanted}" if wanted in {why.name.lower() for why in Why} else desk
