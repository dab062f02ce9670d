"""What search engines may list of the fund: rounds and our own awards."""

from django.urls import reverse

from assets.sitemap import Entry, Part
from grants.models import PublishedGrant, Round


def rounds() -> list[Entry]:
    found = Round.objects.to_tell_machines().order_by("slug").values_list("slug", flat=True)
    return [Entry(reverse("round", args=[slug])) for slug in found]


def awards() -> list[Entry]:
    """Others' awards have pages that search engines are asked to leave out."""
    found = PublishedGrant.objects.to_tell_machines().newest_first()
    return [Entry(reverse("award", args=[key])) for key in found.values_list("pk", flat=True)]


PARTS: dict[str, Part] = {"rounds": rounds, "awards": awards}
