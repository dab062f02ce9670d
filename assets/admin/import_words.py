"""What a load did, or would do, in sentences."""

from django.utils.translation import gettext as _

from assets.importing.asked import Loaded


def done_in_words(loaded: Loaded) -> str:
    if loaded.batch is None:
        return _("Nothing has changed: all of it was here already.")
    done = {
        "made": _("%d added"),
        "changed": _("%d changed"),
        "same": _("%d as before"),
        "skipped": _("%d left as ours"),
    }
    return " ".join(_said(loaded, done))


def to_do_in_words(loaded: Loaded) -> list[str]:
    to_do = {
        "made": _("%d to add"),
        "changed": _("%d to change"),
        "same": _("%d as before"),
        "skipped": _("%d left as ours"),
        "asked": _("%d to choose about"),
    }
    return _said(loaded, to_do)


def _said(loaded: Loaded, done: dict[str, str]) -> list[str]:
    """“Groups: 3 added, 1 as before.”"""
    kinds = {"group": _("Groups"), "venue": _("Places"), "activity": _("Activities")}
    said = []
    for kind, plural in kinds.items():
        counts = {what: loaded.totals[kind, what] for what in done}
        told = [done[what] % count for what, count in counts.items() if count]
        if told:
            said.append(f"{plural}: {', '.join(told)}.")
    return said
