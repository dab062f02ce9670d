"""Other directories in the staff pages: set one, read it, say what its drafts are."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin import source_answers
from assets.admin.base import StaffAdmin, who
from assets.freshness.rules import BEGINS, Stage, last_day_of
from assets.harvesting import accepting, beside, reading
from assets.harvesting.credit import stamp_what_came_from
from assets.harvesting.refused import Limits
from assets.harvesting.telling import in_words
from assets.models import Harvest, Source

# Nobody waits longer before a page; what is larger is read by night, or by a command.
BY_HAND = Limits(
    answer_seconds=10, seconds=25, services=2_000, answer_bytes=8_000_000, bytes=50_000_000
)
SHOWN = 50
LATEST = 5


class ReadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("A file instead of its feed"),
        required=False,
        help_text=gettext_lazy("JSON or NDJSON, with all that it has."),
    )
    many_gone = forms.BooleanField(
        label=gettext_lazy("Most of it may be withdrawn, if it is gone from there"),
        required=False,
        help_text=gettext_lazy(
            "Without a tick, a reading in which more than half is missing changes nothing: it may "
            "be cut off."
        ),
    )


@admin.register(Source, site=staff_site)
class SourceAdmin(StaffAdmin):
    change_form_template = "admin/assets/source.html"
    about = gettext_lazy(
        "Directories that others keep, such as the county’s. What they publish comes in as drafts, "
        "and you say what families see. What a group says of itself here is never overwritten."
    )
    list_display = ("name", "licence", "every_night", "last_read")
    fields = (
        "name",
        "address",
        "licence",
        "licence_url",
        "every_night",
        "takes_modified_after",
    )

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "source_read": ("read/", self.read),
            "source_drafts": ("drafts/", self.drafts),
            "source_duplicates": ("duplicates/", self.duplicates),
        }
        ours = [
            path(f"<int:key>/{route}", self.admin_site.admin_view(view), name=f"assets_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        last = Harvest.objects.filter(source=OuterRef("pk"))
        found = super().get_queryset(request)
        return found.annotate(
            last_read=Subquery(last.values("begun_at")[:1]),
            last_outcome=Subquery(last.values("outcome")[:1]),
        )

    @admin.display(description=gettext_lazy("last read"), ordering="last_read")
    def last_read(self, source: Any) -> str:
        if source.last_read is None:
            return _("Never")
        when = date_format(timezone.localtime(source.last_read), "j F Y, H:i")
        is_read = source.last_outcome == Harvest.Outcome.READ
        return when if is_read else _("%s: refused") % when

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        title = {"title": _("Add a directory that others keep")}
        return super().add_view(request, form_url, (extra_context or {}) | title)

    def response_add(
        self, request: HttpRequest, obj: Source, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to its page, where it is read."""
        if set(request.POST) & {"_addanother", "_continue"}:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("“%s” is here now. Read it, and look at what comes.") % obj)
        return _to("source_change", obj.pk)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        # Whoever sets the address answers for what is read from it.
        obj.set_by = who(request)
        super().save_model(request, obj, form, change)
        if change and {"name", "licence"} & {*form.changed_data}:
            stamp_what_came_from(obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        if source:
            context |= {
                "latest": [(one, in_words(one)) for one in source.harvests.all()[:LATEST]],
                **waiting(request, source),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def read(self, request: HttpRequest, key: int) -> HttpResponse:
        """Its feed, or a file with all of it."""
        source = _own(request, key)
        is_sent = request.method == "POST"
        form = ReadForm(request.POST, request.FILES) if is_sent else ReadForm()
        if not form.is_valid():
            title = _("Read %s") % source
            return self._page(request, "source_read", title, source=source, form=form)
        how: dict[str, Any] = {
            "source": source,
            "by": who(request),
            "many_gone": form.cleaned_data["many_gone"],
            "limits": BY_HAND,
        }
        if file := form.cleaned_data["file"]:
            done = reading.read_from(name=file.name, file=file, **how)
        else:
            done = reading.read(whole=True, **how)
        is_read = done.outcome == Harvest.Outcome.READ
        messages.add_message(
            request, messages.SUCCESS if is_read else messages.ERROR, in_words(done)
        )
        return _to("harvest_change", done.pk)

    def drafts(self, request: HttpRequest, key: int) -> HttpResponse:
        """Made public, or taken away, only where somebody has ticked them."""
        source = _own(request, key)
        if request.method == "POST":
            ticked = [one for one in request.POST.getlist("draft") if _is_key(one)]
            if ticked:
                source_answers.decide(request, source, ticked)
            else:
                messages.warning(request, _("Tick at least one."))
            return _to("source_drafts", source.pk)
        page = Paginator(accepting.drafts(source), SHOWN).get_page(request.GET.get("page"))
        # What nobody has checked for so long is ticked one by one.
        stale_on = last_day_of(BEGINS[Stage.STALE])
        return self._page(
            request,
            "source_drafts",
            _("Drafts from %s") % source,
            source=source,
            page=page,
            drafts=[(one, beside.of_draft(one)) for one in page],
            all_ticked="all" in request.GET,
            stale_on=stale_on,
            any_stale=any(_is_stale(one, stale_on) for one in page),
        )

    def duplicates(self, request: HttpRequest, key: int) -> HttpResponse:
        source = _own(request, key)
        if request.method == "POST":
            source_answers.answer(request, source)
            return _to("source_duplicates", source.pk)
        page = Paginator(accepting.asked(source), SHOWN).get_page(request.GET.get("page"))
        return self._page(
            request,
            "source_duplicates",
            _("Are these the same?"),
            source=source,
            page=page,
            asked=[(one, beside.of_ours(one.listing), source_answers.choices(one)) for one in page],
            answered=accepting.answered(source)[:SHOWN],
        )

    def _page(self, request: HttpRequest, name: str, title: str, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/assets/{name}.html", context | more)


def waiting(request: HttpRequest, source: Source) -> dict[str, Any]:
    return {
        "drafts": accepting.drafts(source).count(),
        "asked": source.duplicates.filter(answer="").count(),
        "may_read": may_read(request),
    }


def _is_stale(draft: Any, stale_on: date) -> bool:
    return draft.assured_on is not None and draft.assured_on <= stale_on


def may_read(request: HttpRequest) -> bool:
    return who(request).has_perm("assets.change_source")


def _own(request: HttpRequest, key: int) -> Source:
    if not may_read(request):
        raise PermissionDenied
    return get_object_or_404(Source, pk=key)


def _is_key(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True


def _to(name: str, *args: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:assets_{name}", args=args))
