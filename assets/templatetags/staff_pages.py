"""What the templates of the staff pages ask for."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.admin.helpers import InlineAdminForm
from django.forms import Media
from django.template import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.admin import needs_doing
from assets.admin import tasks as staff_tasks
from assets.admin.task import Task

register = template.Library()

# The lists that stand at the top of every page, in this order.
FIRST = (
    "Proposal",
    "Organisation",
    "Activity",
    "Venue",
    "HelpLine",
    "Round",
    "Application",
    "ScoreSheet",
    "OutgoingMail",
    "User",
)


# The first page: what stands together, whatever app it is in. The rest follows by app.
INDEX: list[tuple[str | Promise, tuple[str, ...]]] = [
    (_("Listings"), ("Proposal", "Document", "Organisation", "Activity", "Venue", "HelpLine")),
    (
        _("What people tell us"),
        (
            "Problem",
            "SafetyWorry",
            "Evidence",
            "SharedStory",
            "YouthVoiceReview",
            "VoiceStandard",
        ),
    ),
    (_("Good to read"), ("Resource", "LearningNote")),
    (_("Staying true"), ("FreshnessReminder", "DailyJob")),
    (
        _("What listings say"),
        (
            "TagOpinion",
            "TagRule",
            "NeedsGroup",
            "Theme",
            "WayOfWorking",
            "Audience",
            "AccessFeature",
            "Language",
        ),
    ),
    (_("Places"), ("Place", "Area", "Postcode", "OutwardCode", "PlacesLoad")),
]


@dataclass(frozen=True)
class IndexSection:
    name: str | Promise
    models: list[dict[str, Any]]


@dataclass(frozen=True)
class Section:
    name: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def staff_sections(context: Context) -> list[Section]:
    """The lists at the top of the page, as far as this person may see them."""
    models = {
        model["object_name"]: model
        for app in context.get("available_apps") or []
        for model in app["models"]
        if model["admin_url"]
    }
    path = context["request"].path
    return [
        Section(model["name"], model["admin_url"], path.startswith(model["admin_url"]))
        for name in FIRST
        if (model := models.get(name))
    ]


@register.simple_tag(takes_context=True)
def index_sections(context: Context) -> list[IndexSection]:
    apps = context.get("app_list") or []
    models = {model["object_name"]: model for app in apps for model in app["models"]}
    first = [
        IndexSection(name, [models.pop(one) for one in names if one in models])
        for name, names in INDEX
    ]
    rest = [
        IndexSection(app["name"], [one for one in app["models"] if one["object_name"] in models])
        for app in apps
    ]
    return [section for section in [*first, *rest] if section.models]


@register.simple_tag(takes_context=True)
def index_heading(context: Context) -> str:
    """The first page of somebody who only looks speaks of no work."""
    works = needs_doing.has_work(context["request"].user)
    return gettext("What needs doing") if works else gettext("What you can look at")


@register.simple_tag(takes_context=True)
def tasks(context: Context) -> list[Task]:
    return staff_tasks.tasks(context["request"].user)


@register.simple_tag(takes_context=True)
def waiting(context: Context) -> list[needs_doing.Waiting]:
    return needs_doing.waiting(context["request"].user)


@register.simple_tag
def part_title(part: InlineAdminForm) -> str:
    """The line of one part of a listing."""
    title_of = getattr(part.model_admin, "title_of", str)
    return capfirst(str(title_of(part.original)))


@register.filter
def without_django_scripts(media: Media | str) -> SafeString | str:
    """Django's scripts need jQuery; static/js/staff.js does what we use of them."""
    if not isinstance(media, Media):
        return media
    own = [path for path in media._js if not str(path).startswith("admin/js/")]  # type: ignore[attr-defined]
    return Media(css=media._css, js=own).render()  # type: ignore[attr-defined]
