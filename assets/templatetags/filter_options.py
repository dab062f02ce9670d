"""The options of a filter as a list of boxes to tick.

Eighty options a page: a template took as long for them as for all the rest of the page.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assets.offered import Option

register = template.Library()

BOX = (
    '<li><input type="checkbox" form="finder" name="{0}" value="{1}" id="{0}-{1}"{2}>'
    '<label for="{0}-{1}">{3} <span class="options__count">{4}</span></label></li>\n'
)
TICKED = SafeString(" checked")


@register.simple_tag
def option_list(name: str, options: Iterable[Option]) -> SafeString:
    boxes = format_html_join(
        "",
        BOX,
        ((name, one.value, TICKED if one.chosen else "", one.label, one.count) for one in options),
    )
    return format_html('<ul class="options">\n{}</ul>', boxes)
