"""What somebody typed, read: “football bakewell saturday” is football, near Bakewell, on Saturday.

Nothing typed is kept or logged. Whatever is typed, there is an answer and never an exception.
"""

from dataclasses import dataclass, replace
from datetime import date

from assets.understanding.costs import take_cost
from assets.understanding.days import leave_what_is_no_day, take_days, take_times
from assets.understanding.distances import take_distance
from assets.understanding.phrases import says_nothing_at_all
from assets.understanding.place_names import leave_what_is_no_place, take_place
from assets.understanding.stated_ages import take_age, take_bare_age
from assets.understanding.text import Text


@dataclass(frozen=True)
class Understood:
    """Each part in the words of the search's own address.

    `words` is what is left to look for, as typed. `near` is for `resolve`; `within` is in miles,
    one of those on offer, or None. `when` holds today,
    tomorrow, saturday, sunday, weekend, week, next-week, holidays or ISO dates; `time` morning,
    afternoon, after-school or evening; `age` is for `read_age`; `cost` holds free and help.
    """

    words: str = ""
    near: str = ""
    when: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    age: str = ""
    cost: tuple[str, ...] = ()
    within: int | None = None

    @property
    def is_more_than_words(self) -> bool:
        """Whether anything but words was understood, that a page should say."""
        return bool(self.near or self.when or self.time or self.age or self.cost)


def understand(typed: str, *, today: date) -> Understood:
    """At most one query, and none while the names of places are still kept."""
    text = Text.read(typed)
    leave_what_is_no_place(text)
    leave_what_is_no_day(text)
    age = take_age(text)
    when = take_days(text, today)
    time, is_today = take_times(text)
    if is_today and not when:
        when = ("today",)
    within = take_distance(text)
    near = take_place(text)
    cost = take_cost(text)
    age = age or take_bare_age(text)
    read = Understood(text.left(), near, when, time, age, cost, within)
    # Of “what’s on today” nothing is left to look for.
    if read.is_more_than_words and says_nothing_at_all(read.words):
        return replace(read, words="")
    return read
