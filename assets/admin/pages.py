"""A page of a list that is in memory already."""

from typing import Any

from django.core.paginator import Page, Paginator

PER_PAGE = 50


def page_of(rows: list[Any], number: str | None, per_page: int) -> Page:
    """The page asked for, or the nearest there is."""
    return Paginator(rows, per_page).get_page(number)
