"""What a reading has heard of each row."""

from assets.harvesting.noted import Noted
from assets.harvesting.refused import Limits
from assets.harvesting.spool import spool


def test_what_is_in_the_feed_is_not_gone_whatever_else_is_said_of_it() -> None:
    with spool(Limits()) as kept:
        noted = Noted(kept)
        noted.over(["seen", "over"])
        noted.seen(["seen"])
        noted.over(["seen"])
        of_all = [noted.is_gone(key, is_whole=True) for key in ("seen", "over", "unheard")]
        of_changes = [noted.is_gone(key, is_whole=False) for key in ("seen", "over", "unheard")]
    assert (of_all, of_changes) == ([False, True, True], [False, True, False])


def test_what_hangs_comes_back_once_each_and_a_few_at_a_time() -> None:
    with spool(Limits()) as kept:
        noted = Noted(kept)
        noted.hang(["a", "b"], {"partners": ["x"]})
        noted.hang(["c"], {"partners": []})
        noted.hang(["a"], {"partners": ["y"]})
        parts = list(noted.hanging(2))
    assert parts == [
        {"b": {"partners": ["x"]}, "c": {"partners": []}},
        {"a": {"partners": ["y"]}},
    ]
