"""Files of other funders' grants in the staff pages: look at one, load it, take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from grants.models import GrantFile, GrantUpload
from grants.models.published import LONGEST_NAME
from grants.threesixty import uploads
from grants.threesixty.checking import TOLD
from grants.threesixty.loading import Loaded, undo
from grants.threesixty.reading import FileNotRead


class BringForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("In the 360Giving standard: JSON, CSV or XLSX."),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Who published it?"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Leave it empty where the file says so."),
    )
    licence = forms.CharField(
        label=gettext_lazy("Under which licence may we use it?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Its web address is best. Leave it empty where the file says so."),
    )
    fetched_on = forms.DateField(
        label=gettext_lazy("When did you fetch it?"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_fetched_on(self) -> Any:
        day = self.cleaned_data["fetched_on"]
        if day > timezone.localdate():
            raise ValidationError(_("It cannot have been fetched in the future."))
        return day


@admin.register(GrantFile, site=staff_site)
class GrantFileAdmin(ReadOnlyAdmin):
    change_list_template = "admin/grants/files.html"
    change_form_template = "admin/grants/file.html"
    list_display = ("__str__", "publisher", "made", "changed", "loaded_at", "undone_at")
    fields = (
        *("name", "publisher", "licence", "fetched_on", "made", "changed", "same"),
        *("loaded_at", "loaded_by", "undone_at", "undone_by"),
    )

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "grantfile_bring": ("bring/", self.bring),
            "grantupload_look": ("bring/<uuid:key>/", self.look),
            "grantfile_undo": ("<int:key>/undo/", self.undo),
        }
        ours = [
            path(route, self.admin_site.admin_view(view), name=f"grants_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        answer: HttpResponse = super().changelist_view(request, {"may_bring": _may_bring(request)})
        return answer

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        file = kwargs.get("obj")
        context["may_undo"] = file and file.undone_at is None and _may_bring(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def bring(self, request: HttpRequest) -> HttpResponse:
        _only_who_may(request)
        form = BringForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            said = {**form.cleaned_data}
            file = said.pop("file")
            try:
                upload = uploads.bring(name=file.name, data=file.read(), by=who(request), **said)
            except FileNotRead as error:
                form.add_error("file", str(error))
            else:
                return _to("grantupload_look", upload.pk)
        return self._page(request, "file_bring", _("Bring in other funders’ grants"), form=form)

    def look(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What a load would do; nothing is loaded before the button is pressed."""
        _only_who_may(request)
        upload = get_object_or_404(GrantUpload, pk=key, owner=who(request))
        read = uploads.grants_of(upload)
        context: dict[str, Any] = {"upload": upload, "read": read}
        context["shown"] = read.problems[:TOLD]
        context["more"] = max(0, len(read.problems) - TOLD)
        if not read.problems:
            try:
                loaded = uploads.load_upload(
                    upload=upload, read=read, by=who(request), check=request.method != "POST"
                )
            except ValidationError as refused:
                context["refused"] = refused.messages
            else:
                if request.method == "POST":
                    messages.success(request, _in_words(loaded))
                    return _to("grantfile_changelist")
                context["loaded"] = loaded
        return self._page(request, "file_look", _("Before it is loaded"), **context)

    def undo(self, request: HttpRequest, key: int) -> HttpResponse:
        _only_who_may(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        file = get_object_or_404(GrantFile, pk=key)
        try:
            number = undo(file=file, by=who(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            said = ngettext("%d grant was taken back.", "%d grants were taken back.", number)
            messages.success(request, said % number)
        return _to("grantfile_change", file.pk)

    def _page(self, request: HttpRequest, name: str, title: str, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **more,
        }
        return TemplateResponse(request, f"admin/grants/{name}.html", context)


def _may_bring(request: HttpRequest) -> bool:
    return who(request).has_perm("grants.add_grantfile")


def _only_who_may(request: HttpRequest) -> None:
    if not _may_bring(request):
        raise PermissionDenied


def _in_words(loaded: Loaded) -> str:
    if loaded.file is None:
        return _("Nothing has changed: all of it was here already.")
    said = _("%(made)d added, %(changed)d changed, %(same)d as before.")
    return said % {"made": loaded.made, "changed": loaded.changed, "same": loaded.same}


def _to(name: str, *args: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:grants_{name}", args=args))
