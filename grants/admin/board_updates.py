"""Updates for boards in the staff pages: what people write in it, and the page itself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.admin_site import staff_site
from assets import pdf
from assets.admin.base import DirectoryForm, StaffAdmin, who
from grants.models import BoardUpdate
from grants.update import paper, writing


class UpdateForm(DirectoryForm):
    beside = {
        "boardupdate_is_of_some_days": "ends_before",
        "boardupdate_says_for_whom": "board",
        "boardupdate_once": "board",
        "boardupdate_reaches_nobody": "issues",
    }

    def clean_first_on(self) -> Any:
        first = self.cleaned_data["first_on"]
        if first and first > timezone.localdate():
            raise forms.ValidationError(writing.STILL_TO_COME)
        return first


@admin.register(BoardUpdate, site=staff_site)
class BoardUpdateAdmin(StaffAdmin):
    form = UpdateForm
    change_form_template = "admin/grants/board_update.html"
    list_display = ("board", "first_on", "ends_before", "its_page")
    search_fields = ("board__unaccent__icontains",)
    search_help_text = gettext_lazy("Name of the board")
    ordering = ("-ends_before", "board")
    fields = ("board", ("first_on", "ends_before"), "issues", "asks", "goals", "contact")

    @admin.display(description=gettext_lazy("the page"))
    def its_page(self, update: BoardUpdate) -> SafeString:
        url = reverse("admin:grants_boardupdate_paper", args=[update.pk])
        said = _("Read it")
        return format_html(
            '<a href="{}">{}<span class="visually-hidden">: {}</span></a>', url, said, update
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        writing.write(update=obj, by=who(request))

    def get_urls(self) -> list[URLPattern]:
        of_staff = self.admin_site.admin_view
        return [
            path("<int:key>/paper/", of_staff(self.paper), name="grants_boardupdate_paper"),
            path("<int:key>/paper.pdf", of_staff(self.as_pdf), name="grants_boardupdate_pdf"),
            *super().get_urls(),
        ]

    def _update(self, request: HttpRequest, key: int) -> BoardUpdate:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(BoardUpdate, pk=key)

    @method_decorator(require_safe)
    def paper(self, request: HttpRequest, key: int) -> HttpResponse:
        update = self._update(request, key)
        context = {
            **self.admin_site.each_context(request),
            **paper.context_of(update),
            "title": _("Update for %s") % update.board,
            "opts": self.opts,
            "may_change": self.has_change_permission(request, update),
            "has_pdf": pdf.can(),
        }
        return TemplateResponse(request, "admin/grants/update.html", context)

    @method_decorator(require_safe)
    def as_pdf(self, request: HttpRequest, key: int) -> HttpResponse:
        update = self._update(request, key)
        if not pdf.can():
            said = _("This site cannot write PDF. Print the page instead: any browser can keep it.")
            return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
        answer = HttpResponse(pdf.pdf(paper.as_html(update, request)), content_type=pdf.MEDIA_TYPE)
        name = f"{paper.file_name(update)}.pdf"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
