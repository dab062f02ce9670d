"""Documents in the staff pages: read one, say what was seen, and it goes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from assets.documents import verbs
from assets.documents.forms import RefuseForm, SeenForm
from assets.documents.serving import as_attachment
from assets.models import Document
from assets.models.documents import DocumentStatus


@admin.register(Document, site=staff_site)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "status", "brought_at", "brought_by")
    list_filter = ("status", "kind")
    list_select_related = ("organisation", "brought_by")
    ordering = ("-status", "brought_at")
    fields = ("organisation", "kind", "name", "status", "brought_at", "brought_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        found: QuerySet[Document] = super().get_queryset(request)
        return found.defer("data")

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "document_look": ("<uuid:key>/look/", self.look),
            "document_file": ("<uuid:key>/file/", self.file),
        }
        ours = [
            path(route, self.admin_site.admin_view(view), name=f"assets_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        """One that waits opens where it is read."""
        waiting = Document.objects.waiting().filter(pk=object_id)
        if request.method == "GET" and _may_look(request) and waiting.exists():
            return HttpResponseRedirect(reverse("admin:assets_document_look", args=[object_id]))
        return super().change_view(request, object_id, *args, **kwargs)

    def look(self, request: HttpRequest, key: UUID) -> HttpResponse:
        document = self._to_read(request, key)
        refuses = "refuse" in request.POST
        data = request.POST if request.method == "POST" else None
        told = document.organisation.trust.filter(kind=document.kind)
        known = told.values("name", "expires_on").first()
        seen = SeenForm(None if refuses else data, kind=document.kind, initial=known)
        refuse = RefuseForm(data if refuses else None)
        if document.status == DocumentStatus.WAITING:
            done = self._refuse(request, document, refuse) or self._see(request, document, seen)
            if done:
                return HttpResponseRedirect(reverse("admin:assets_document_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": str(document),
            "opts": self.opts,
            "original": document,
            "seen": seen,
            "refuse": refuse,
            "told": told,
            "form": refuse if refuses else seen,
            "moves": document.moves.select_related("moved_by"),
            "openings": document.openings.select_related("opened_by"),
        }
        return TemplateResponse(request, "admin/assets/document.html", context)

    def _see(self, request: HttpRequest, document: Document, form: SeenForm) -> bool:
        if not form.is_valid():
            return False
        try:
            first = verbs.seen(document=document, by=who(request), **form.cleaned_data)
        except ValidationError as refused:
            beside = "elsewhere" if "elsewhere" in getattr(refused, "error_dict", {}) else None
            form.add_error(beside, refused.messages)
            return False
        _tell(request, first, _("“%s”: seen by us, as of today.") % document)
        return True

    def _refuse(self, request: HttpRequest, document: Document, form: RefuseForm) -> bool:
        if not form.is_valid():
            return False
        first = verbs.refuse(document=document, why=form.cleaned_data["why"], by=who(request))
        _tell(request, first, _("The group reads why on its own page. The file is gone."))
        return True

    def file(self, request: HttpRequest, key: UUID) -> HttpResponse:
        document = self._to_read(request, key)
        if not document.data:
            raise Http404
        verbs.opened(document=document, by=who(request))
        return as_attachment(document)

    def _to_read(self, request: HttpRequest, key: UUID) -> Document:
        if not _may_look(request):
            raise PermissionDenied
        return get_object_or_404(Document.objects.select_related("organisation"), pk=key)


def _may_look(request: HttpRequest) -> bool:
    return who(request).has_perm("assets.change_document")


def _tell(request: HttpRequest, first: bool, said: str) -> None:
    if first:
        messages.success(request, said)
    else:
        messages.warning(request, _("A colleague was faster: nothing was done."))
