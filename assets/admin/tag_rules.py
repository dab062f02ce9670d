"""The rules of tags in the staff pages: changed, and tried on the whole directory before saving."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm, StaffAdmin
from assets.admin.fields import Lines
from assets.models import Activity, Audience
from assets.models.activities import HowToCome, Kind, Level
from assets.tagging.suggested import suggested, to_tag
from thrive.models import NeedsGroup, TagRule, Theme
from thrive.rules import rules_in_use
from thrive.stems import stems_of
from thrive.suggesting import NEEDS, Rules

TRY = "_try"
SHOWN = 25
LISTS = ("says", "also_says", "unless_says")


class Phrases(SimpleArrayField):
    """Words or phrases, one a line; empty lines do not count, nor the same twice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            forms.CharField(max_length=80),
            delimiter="\n",
            widget=Lines(attrs={"rows": 6}),
            max_length=150,
            required=False,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            lines = (" ".join(line.split()) for line in value.splitlines())
            value = "\n".join(dict.fromkeys(filter(None, lines)))
        return super().to_python(value)


class Ticked(forms.MultipleChoiceField):
    """Of a few options, none of them needed."""

    def __init__(self, name: str, choices: Any) -> None:
        column: Any = TagRule._meta.get_field(name)
        super().__init__(
            label=column.verbose_name,
            help_text=column.help_text,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


def _phrases(name: str) -> Phrases:
    column: Any = TagRule._meta.get_field(name)
    return Phrases(label=column.verbose_name, help_text=column.help_text)


class TagRuleForm(DirectoryForm):
    """A form that is tried is never valid: what is not valid is not stored."""

    beside = {
        "tagrule_name_once": "name",
        "tagrule_suggests_something": "needs_groups",
        "tagrule_looks_at_something": "says",
        "tagrule_help_is_of_professionals": "run_by",
        "tagrule_ages_in_order": "age_before",
    }
    needs_groups = Ticked(
        "needs_groups", lambda: [(one.pk, str(one)) for one in NeedsGroup.objects.all()]
    )
    themes = Ticked("themes", lambda: [(one.pk, str(one)) for one in Theme.objects.all()])
    says = _phrases("says")
    also_says = _phrases("also_says")
    unless_says = _phrases("unless_says")
    kinds = Ticked("kinds", Kind.choices)
    levels = Ticked("levels", Level.choices)
    how_to_come = Ticked("how_to_come", HowToCome.choices)
    audiences = Ticked("audiences", lambda: [(one.pk, str(one)) for one in Audience.objects.all()])

    @property
    def is_tried(self) -> bool:
        return TRY in self.data

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_tried


@dataclass(frozen=True)
class Change:
    """One tag that would be suggested now, or no more; `words` led to it."""

    name: str
    tag: str
    words: str
    is_tagged: bool


@dataclass(frozen=True)
class Tried:
    """What would be suggested otherwise, over the whole directory. Each list is shown in part."""

    looked_at: int
    would_add: int
    would_remove: int
    adds: list[Change]
    removes: list[Change]

    @property
    def more_to_add(self) -> int:
        return self.would_add - len(self.adds)

    @property
    def more_to_remove(self) -> int:
        return self.would_remove - len(self.removes)


Told = dict[tuple[int, str, str], tuple[str, ...]]


def try_out(rule: TagRule) -> Tried:
    """All rules with this one as it is in the form, beside all rules as stored. Stores nothing."""
    activities = list(to_tag().prefetch_related("needs_groups", "themes").order_by("title"))
    stored = TagRule.objects.filter(in_use=True)
    others = [one for one in stored if one.pk != rule.pk]
    with_it = Rules.read([*others, rule] if rule.in_use else others, stems_of)
    before = _told(activities, rules_in_use())
    after = _told(activities, with_it)
    new = [(key, after[key]) for key in after if key not in before]
    gone = [(key, before[key]) for key in before if key not in after]
    names = _names()
    return Tried(
        len(activities),
        len(new),
        len(gone),
        _changes(new[:SHOWN], activities, names),
        _changes(gone[:SHOWN], activities, names),
    )


def _told(activities: Sequence[Activity], rules: Rules) -> Told:
    return {
        (place, one.of, one.option): tuple(
            words for reason in one.reasons for words in reason.words
        )
        for place, found in enumerate(suggested(activities, rules))
        for one in found
    }


def _names() -> dict[str, str]:
    return {one.pk: str(one) for model in (NeedsGroup, Theme) for one in model.objects.all()}


def _changes(
    found: Iterable[tuple[tuple[int, str, str], tuple[str, ...]]],
    activities: Sequence[Activity],
    names: dict[str, str],
) -> list[Change]:
    changes = []
    for (place, of, option), words in found:
        activity = activities[place]
        tags = activity.needs_groups.all() if of == NEEDS else activity.themes.all()
        is_tagged = any(tag.pk == option for tag in tags)
        changes.append(
            Change(activity.title, names.get(option, option), ", ".join(words), is_tagged)
        )
    return changes


@admin.register(TagRule, site=staff_site)
class TagRuleAdmin(StaffAdmin):
    form = TagRuleForm
    change_form_template = "admin/thrive/tag_rule.html"
    list_display = ("name", "suggests", "words", "in_use")
    list_filter = ("in_use",)
    search_fields = ("name__unaccent__icontains", "says__icontains")
    search_help_text = _("Name, or a word that it looks for")
    fieldsets = (
        (None, {"fields": ("name", "description", "message", "in_use")}),
        (_("What it suggests"), {"fields": ("needs_groups", "themes", "staff_choose")}),
        (_("Words in the listing"), {"fields": LISTS}),
        (
            _("Facts of the listing"),
            {
                "fields": (
                    "run_by",
                    "kinds",
                    "levels",
                    "how_to_come",
                    "audiences",
                    ("age_from", "age_before"),
                )
            },
        ),
        (_("Other rules"), {"fields": ("yields_to",)}),
    )

    @admin.display(description=_("suggests"))
    def suggests(self, rule: TagRule) -> str:
        return ", ".join([*rule.needs_groups, *rule.themes])

    @admin.display(description=_("words"))
    def words(self, rule: TagRule) -> str | Promise:
        if not rule.says:
            return _("facts alone")
        more = len(rule.says) - 4
        return ", ".join(rule.says[:4]) + (f" … (+{more})" if more > 0 else "")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if form.is_bound and form.is_tried and not form.errors:
            context["tried"] = try_out(form.instance)
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer
