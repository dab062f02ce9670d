"""What papers and minutes both tell: who has declared what."""

from django.utils.translation import gettext as _

from grants.models import Declaration, Interest, Round
from grants.panel.paper import Paper


def interests(paper: Paper, round: Round) -> None:
    declared = Declaration.objects.filter(round=round).select_related("person")
    told = Interest.objects.filter(application__round=round).select_related(
        "person", "application__round"
    )
    some = {one.person_id for one in told}
    nothing = sorted(str(one.person) for one in declared if one.person_id not in some)
    paper.table(
        _("Interests that were declared"),
        [_("Who"), _("Application"), _("Kind"), _("What it is"), _("When")],
        [
            (
                str(one.person),
                one.application.reference,
                str(one.get_kind_display()),
                one.why,
                f"{one.declared_at:%d/%m/%Y}",
            )
            for one in told
        ],
    )
    if nothing:
        paper.text(_("Nothing to declare: %s.") % ", ".join(nothing))
    if not told and not nothing:
        paper.text(_("Nobody has declared yet."))
