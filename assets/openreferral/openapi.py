"""Our own OpenAPI document: what we really answer."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.openreferral.answers import JSON, LINES, PROBLEM
from assets.openreferral.asked import (
    FARTHEST,
    FORMATS,
    LONGEST,
    MOST_MINIMAL,
    MOST_PAGE,
    OLDEST,
    PER_PAGE,
)
from assets.openreferral.asked import MOST_PER_PAGE as MOST
from assets.openreferral.shapes import (
    ADDRESS,
    KEY,
    MOMENT,
    NUMBER,
    SHAPES,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Shape,
    one,
    page_of,
    several,
    thing,
)

# What each parameter takes, and what it does.
Parameters = dict[str, tuple[Shape, Promise]]
AGE = NUMBER | {"minimum": 0, "maximum": OLDEST}
TIME = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"}
DAY = "(MO|TU|WE|TH|FR|SA|SU|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
OF_EVERY_LIST: Parameters = {
    "page": (
        WHOLE | {"minimum": 1, "maximum": MOST_PAGE, "example": 2},
        gettext_lazy("Counted from 1."),
    ),
    "per_page": (
        WHOLE | {"minimum": 1, "maximum": MOST, "default": PER_PAGE, "example": 100},
        format_lazy(
            gettext_lazy(
                "{usual} if you do not say, {most} at most. With minimal, {most_keys} at most."
            ),
            usual=PER_PAGE,
            most=MOST,
            most_keys=f"{MOST_MINIMAL:,}",
        ),
    ),
    "search": (
        TEXT | {"maxLength": LONGEST, "example": "football"},
        gettext_lazy("What our own search finds for these words. Words near to them count, too."),
    ),
    "format": (
        {"type": "string", "enum": list(FORMATS), "example": FORMATS[1]},
        gettext_lazy("json: a page. ndjson: all of it in one stream, one to a line."),
    ),
}
OF_TERMS: Parameters = {
    "taxonomy_id": (KEY, gettext_lazy("Of this taxonomy.")),
    "parent_id": (KEY, gettext_lazy("Part of this term. No term of ours is part of another.")),
    "top_only": (
        YES_OR_NO | {"example": True},
        gettext_lazy("Only those that are not part of another: here, all."),
    ),
}
OF_SERVICES: Parameters = {
    "minimal": (
        YES_OR_NO | {"example": True},
        gettext_lazy("Only id and modified_date, all in one page. Not with full."),
    ),
    "full": (
        YES_OR_NO | {"example": True},
        gettext_lazy("With everything nested. Not with minimal."),
    ),
    "taxonomy_id": (
        several(KEY),
        gettext_lazy("Has a term of this taxonomy. Say it again for another: each has to fit."),
    ),
    "taxonomy_term_id": (
        several(KEY),
        gettext_lazy("Has this term. Say it again for another: each has to fit."),
    ),
    "minimum_age": (
        AGE | {"example": 11},
        gettext_lazy("In years. With maximum_age: somebody of one of these ages may come."),
    ),
    "maximum_age": (
        AGE | {"example": 15},
        gettext_lazy("In years; 4 lasts until the fifth birthday."),
    ),
    "start_time": (TIME | {"example": "09:30"}, gettext_lazy("Begins at this time or later.")),
    "end_time": (TIME | {"example": "17:00"}, gettext_lazy("Is over at this time or earlier.")),
    "day": (
        {"type": "string", "pattern": f"^{DAY}(,{DAY})*$", "example": "SA,SU"},
        gettext_lazy("MO or Monday. Several with commas: any of them."),
    ),
    "postcode": (
        TEXT | {"maxLength": LONGEST, "example": "DE4 3AB"},
        gettext_lazy(
            "Leaves out what is only for people of another area. A postcode that we do not know "
            "finds nothing."
        ),
    ),
    "proximity": (
        NUMBER | {"minimum": 0, "maximum": FARTHEST, "example": 5_000},
        gettext_lazy(
            "In metres from the postcode, which it needs. A hidden place is where its village is."
        ),
    ),
    "organization_id": (KEY, gettext_lazy("Of this organization.")),
    "modified_after": (
        MOMENT | {"example": "2026-11-01T09:30:00Z"},
        gettext_lazy(
            "What changed at this moment or later, and what was written so late that nobody could "
            "have seen it before."
        ),
    ),
}
A_ROOT = thing("version profile openapi_url", version=TEXT, profile=ADDRESS, openapi_url=ADDRESS)


def described() -> dict[str, Any]:
    lists = OF_EVERY_LIST
    into = lists | OF_SERVICES
    paths = {"/": {"get": _operation("root", _("Which standard this is."), A_ROOT, 405)}}
    paths |= _pair("services", "Service", into, minimal=True)
    paths |= _pair("service_at_locations", "ServiceAtLocation", into, minimal=True)
    paths |= _pair("organizations", "Organization", into, minimal=True)
    paths |= _pair("taxonomies", "Taxonomy", lists)
    paths |= _pair("taxonomy_terms", "TaxonomyTerm", lists | OF_TERMS)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"{settings.SITE_NAME}: Open Referral UK",
            "version": "3.0",
            "description": "What is on for children and young people. What was public once stays "
            "here: its status says that it is over. Harvest all pages once, then ask for what "
            "was modified after the moment at which you last began.",
        },
        "servers": [{"url": settings.SITE_URL.geturl() + reverse("open_referral").rstrip("/")}],
        "paths": paths,
        "components": {"schemas": SHAPES},
    }


def _pair(path: str, name: str, parameters: Parameters, *, minimal: bool = False) -> dict[str, Any]:
    """The list, and one of it."""
    shapes = [one(name), one("Minimal")] if minimal else [one(name)]
    listed = _operation(f"list_{path}", _("A page of %s.") % path, page_of(*shapes), 400, 405)
    listed["parameters"] = [
        {"name": asked, "in": "query", "description": str(about), "schema": shape}
        for asked, (shape, about) in parameters.items()
    ]
    listed["responses"]["200"]["content"][LINES] = {"schema": TEXT}
    single = _operation(f"get_{path}", _("One of the %s.") % path, one(name), 404, 405)
    single["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": KEY}]
    return {f"/{path}": {"get": listed}, f"/{path}/{{id}}": {"get": single}}


def _operation(name: str, summary: str, shape: Shape, *problems: int) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {"description": summary, "content": {JSON: {"schema": shape}}},
        "304": {"description": "As when you last asked."},
    }
    for status in problems:
        answers[str(status)] = {
            "description": "What is wrong.",
            "content": {PROBLEM: {"schema": one("Problem")}},
        }
    return {"operationId": name, "summary": summary, "responses": answers}
