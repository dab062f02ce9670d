"""What a page tells programs: where its calendar is, which address is its own, what it is about."""

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("components/calendar_links.html")
def calendar_links(path: str) -> dict[str, str]:
    """`path` of the calendar: once to take along, once to follow."""
    site = settings.SITE_URL
    return {"file": path, "follow": site._replace(scheme="webcal").geturl() + path}
