"""Reports in the staff pages: which are late, which are to be read, and one to read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from accounts.models import User
from assets.admin.base import who
from grants import aiming, did, paying, sight
from grants.admin.own_pages import OwnPages
from grants.admin.payment_page import why_of
from grants.models import Report, ReportStatus
from grants.models.reports import OPEN
from grants.money import in_pounds
from grants.reporting import reviewing, stories


@dataclass(frozen=True)
class Listed:
    title: str
    nothing: str
    reports: list[Report]


@admin.register(Report, site=staff_site)
class ReportAdmin(OwnPages):
    """Pages of our own throughout: each fetches by `grants.sight`."""

    def may_see(self, person: User) -> bool:
        return person.has_perm("grants.view_report")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        seen = Report.objects.filter(award__in=sight.awards(who(request)))
        return seen.select_related("award__application__round", "award__organisation", "story")

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("did/", self.view(self.did), name="grants_report_did"),
            path("did.csv", self.view(self.did_csv), name="grants_report_did_csv"),
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is to be read first; then what is late, what is to come, what is done."""
        self.guard(request)
        lists = _lists(self.get_queryset(request))
        return self.show(request, "admin/grants/reports.html", _("Reports"), lists=lists)

    def page_of(self, request: HttpRequest, row: Report) -> HttpResponse:
        return self._page(request, row)

    def did(self, request: HttpRequest) -> HttpResponse:
        """What all of it did, with every number: for our eyes."""
        self.guard(request)
        found = did.by_all(did.of_staff(who(request)), hides=False)
        return self.show(request, "admin/grants/did.html", _("What it did"), did=found)

    def did_csv(self, request: HttpRequest) -> HttpResponse:
        self.guard(request)
        found = did.by_all(did.of_staff(who(request)), hides=False)
        return did.as_file(found, "what-it-did-all-numbers.csv")

    def _page(self, request: HttpRequest, report: Report) -> HttpResponse:
        wrong: list[str] = []
        if request.method == "POST":
            verb = VERBS.get(request.POST.get("do", ""))
            try:
                if verb is None:
                    raise ValidationError(_("Choose one of the buttons."))
                said = verb(report, who(request), why_of(request))
                messages.success(request, said)
                here = reverse("admin:grants_report_change", args=[report.pk])
                return HttpResponseRedirect(here)
            except ValidationError as refused:
                wrong = list(refused.messages)
                report.refresh_from_db()
        return self.show(
            request,
            "admin/grants/report.html",
            report.award.application.title,
            report=report,
            award=report.award,
            outcomes=report.outcomes.select_related("outcome"),
            spending=[
                (one.heading, in_pounds(one.amount))
                for one in report.spending.select_related("heading")
            ],
            spent=None if report.spent is None else in_pounds(report.spent),
            left=in_pounds(reviewing.unspent(report)) if reviewing.unspent(report) else "",
            to_plan=_not_planned(report),
            unspent_why=report.said.get("unspent", ""),
            story=getattr(report, "story", None),
            aimed=aiming.aimed(
                report.award.application, aiming.gaps_of(report.award.application.round)
            ),
            moves=report.moves.select_related("moved_by"),
            may_review=who(request).has_perm("grants.review_report"),
            wrong=wrong,
            why=why_of(request),
        )


def _not_planned(report: Report) -> str:
    """What they are still owed, and nobody has planned to pay; empty where nothing."""
    owed = paying.left_to_plan(report.award) - reviewing.unspent(report)
    return in_pounds(owed) if owed > 0 else ""


def _lists(reports: QuerySet[Report]) -> list[Listed]:
    today = timezone.localdate()
    waiting = reports.filter(status__in=OPEN)
    to_read = reports.filter(status=ReportStatus.SENT)
    done = reports.filter(status=ReportStatus.ACCEPTED).order_by("-sent_at")
    return [
        Listed(_("To read"), _("Nothing is to read."), list(to_read)),
        Listed(_("Late"), _("None is late."), list(waiting.filter(due_on__lt=today))),
        Listed(_("To come"), _("None is to come."), list(waiting.filter(due_on__gte=today))),
        Listed(_("Accepted"), _("None yet."), list(done[:100])),
    ]


def _give_back(report: Report, by: User, why: str) -> str:
    reviewing.give_back(report=report, missing=why, by=by)
    return _("Given back. We have written to the group.")


def _accept(report: Report, by: User, why: str) -> str:
    reviewing.accept(report=report, by=by, note=why)
    return _("Accepted. The award is complete.")


def _drop_story(report: Report, by: User, why: str) -> str:
    if story := getattr(report, "story", None):
        stories.withdraw(story=story, by=by)
    return _("The story is gone from every page, and from here.")


VERBS: dict[str, Callable[[Report, User, str], str]] = {
    "return": _give_back,
    "accept": _accept,
    "drop-story": _drop_story,
}
