"""What a page tells programs: its own address, how it looks when it is shared, its calendar."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse

from assets.canonical import canonical_query
from assets.pdf import can

register = template.Library()


@register.inclusion_tag("components/own_address.html", takes_context=True)
def own_address(context: dict[str, Any]) -> dict[str, str]:
    """The address that is the page's own, and its card where somebody shares it.

    Nothing where the site map knows no such page.
    """
    request = context.get("request")
    if request is None or request.resolver_match is None:
        return {}
    site = settings.SITE_URL.geturl()
    query = canonical_query(request.GET, context.get("form"))
    return {
        "address": f"{site}{request.path}{query}",
        "title": _title(context),
        "site_name": settings.SITE_NAME,
        "picture": site + static("img/preview.png"),
    }


@register.inclusion_tag("components/calendar_links.html")
def calendar_links(path: str) -> dict[str, str]:
    """`path` of the calendar: once to take along, once to follow."""
    site = settings.SITE_URL
    return {"file": path, "follow": site._replace(scheme="webcal").geturl() + path}


@register.inclusion_tag("components/poster_links.html")
def poster_links(name: str, *slug: str, query: str = "", of: str = "") -> dict[str, str]:
    """`name` is that of the poster's address; `of` what it is of, where a page has several."""
    forms = ("pdf", "svg") if can() else ("svg",)
    return {"of": of} | {form: reverse(name, args=[*slug, form]) + query for form in forms}


def _title(context: Any) -> str:
    """What the page puts between its title tags, ready to stand in the page once more."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    title: str = block.nodelist.render(context).strip()
    return title
