"""The options of a filter as a list of boxes to tick.

Eighty options a page: a template took as long for them as for all the rest of the page.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from assets.offered import Option

register = template.Library()

BOX = (
    '<li><input type="checkbox" form="finder" name="%(name)s" value="%(value)s"'
    ' id="%(name)s-%(value)s"%(ticked)s><label for="%(name)s-%(value)s">%(label)s'
    ' <span class="options__count">%(count)d</span></label></li>'
)


@register.simple_tag
def option_list(name: str, options: Iterable[Option]) -> SafeString:
    boxes = [
        BOX
        % {
            "name": escape(name),
            "value": escape(one.value),
            "ticked": " checked" if one.chosen else "",
            "label": escape(one.label),
            "count": one.count,
        }
        for one in options
    ]
    return SafeString("\n".join(['<ul class="options">', *boxes, "</ul>"]))
