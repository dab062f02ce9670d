"""Coverage counted the slow way: one activity after another, in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from uuid import UUID

from django.utils import timezone

from assets.coverage.cells import ALL, WEEKS, Asked, Dim, Measure
from assets.models import Activity, Area, Occurrence, Place
from assets.places.grid import METRES_IN_A_MILE
from assets.places.parts import By, parts

BANDS = {"0-4": (0, 5), "5-10": (5, 11), "11-15": (11, 16), "16-17": (16, 18), "18-25": (18, 26)}
TOWNS = ("ashbourne", "bakewell", "darley-dale", "matlock", "wirksworth")


Facts = list[tuple[UUID, dict[Dim, set[str]], float]]


def facts(measure: Measure, by: By, within: float) -> Facts:
    """Of each activity its key, what it has of each dimension, and its hours a week."""
    towns = list(Place.objects.filter(slug__in=TOWNS))
    found: Facts = []
    for activity in Activity.objects.public().select_related(
        "venue__place__district", "venue__ward", "area_served"
    ):
        has = {
            Dim.NEEDS: set(activity.needs_groups.values_list("slug", flat=True)),
            Dim.THEME: set(activity.themes.values_list("slug", flat=True)),
            Dim.AGES: set(bands(activity)),
            Dim.PLACE: set(places(measure, by, within, activity, towns)),
        }
        found.append((activity.pk, has, hours_a_week(activity) if measure == "hours" else 0))
    return found


def count(asked: Asked, found: Facts) -> dict[tuple[str, ...], tuple[int, float]]:
    """Activities and hours a week by the keys of each dimension, ALL among them."""
    number: Counter[tuple[str, ...]] = Counter()
    hours: dict[tuple[str, ...], float] = defaultdict(float)
    for key, has, a_week in found:
        if key in asked.closing or any(one not in has[dim] for dim, one in asked.only.items()):
            continue
        if asked.measure != Measure.REACH and not has[Dim.PLACE]:
            continue
        for keys in product(*({ALL, *has[dim]} for dim in asked.dims)):
            number[keys] += 1
            hours[keys] += a_week
    return {keys: (times, round(hours[keys], 6)) for keys, times in number.items()}


def bands(activity: Activity) -> Iterator[str]:
    """Any age in years and months that both have."""
    for name, (first, before) in BANDS.items():
        ages = range(first * 12, before * 12)
        end = activity.age_before or 2000
        if any(activity.age_from <= age < end for age in ages):
            yield name


def places(
    measure: Measure, by: By, within: float, activity: Activity, towns: list[Place]
) -> Iterator[str]:
    venue = activity.venue
    if measure == Measure.REACH:
        for part in parts(by).parts:
            if venue is None:
                served: Area | None = activity.area_served
                near = served is None or served.code in ("E07000035", "E10000007")
            else:
                assert part.middle
                near = venue.point.metres_to(part.middle) <= within * METRES_IN_A_MILE
            if near:
                yield part.key
    elif venue is None:
        yield "no-journey"
    elif by == By.WARD:
        if venue.ward:
            yield venue.ward.code
    elif venue.place.district.code == "E07000035":
        yield min(towns, key=lambda town: venue.place.point.metres_to(town.point)).slug


def hours_a_week(activity: Activity) -> float:
    today: date = timezone.localdate()
    on = Occurrence.objects.filter(
        activity=activity, cancelled=False, on__gte=today, on__lt=today + timedelta(days=7 * WEEKS)
    )
    return sum((one.ends_at - one.starts_at).total_seconds() for one in on) / 3600 / WEEKS
