"""Spreadsheets in the staff pages: bring one in step by step, and take a load back."""

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
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from assets.admin.import_words import done_in_words, to_do_in_words
from assets.importing import uploads
from assets.importing.asked import Choice, Loaded, Options
from assets.importing.fields import ACTIVITY, FIELDS, GROUP, VENUE
from assets.importing.mapping import COMES_IN_AS
from assets.importing.problems import TableError
from assets.importing.table import Table
from assets.importing.undo import undo
from assets.models import ImportBatch, ImportUpload, Source, Status

# How many problems, and duplicates, one page tells.
SHOWN = 200
# Of what stands in a column: so many cells, of so many letters.
SAMPLES, SAMPLE = 3, 40


class BringForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX, 10 MB at most. One row for each activity."),
    )
    source = forms.CharField(
        label=gettext_lazy("Whose sheet is it?"),
        max_length=60,
        help_text=gettext_lazy("Use the same words next time: then the same rows are known again."),
    )

    def clean_source(self) -> str:
        said: str = self.cleaned_data["source"]
        if said.startswith(Source.PREFIX):
            # So the rows of other directories are known, whose feeds are read.
            raise ValidationError(_("Begin with another word, such as whose directory it is."))
        return said


class ColumnsForm(forms.Form):
    """A choice for each column of the file, with what stands in it."""

    def __init__(self, data: Any, table: Table, taken_for: dict[str, str]) -> None:
        super().__init__(data)
        owners = {ACTIVITY: _("The activity"), GROUP: _("The group"), VENUE: _("The venue")}
        choices: list[Any] = [("", _("Not read"))]
        for of, owner in owners.items():
            choices.append((owner, [(n, _name_of(n)) for n, one in FIELDS.items() if one.of == of]))
        for number, head in enumerate(head for head in table.columns if head):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=head,
                choices=choices,
                required=False,
                initial=taken_for.get(head, ""),
                help_text=_said_there(table, head),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        named = [name for name in cleaned.values() if name]
        if twice := sorted({_name_of(name) for name in named if named.count(name) > 1}):
            raise ValidationError(_("Two columns are the same thing: %s.") % "; ".join(twice))
        if "title" not in named or "group.name" not in named:
            raise ValidationError(_("Say which column has the name, and which one the group."))
        return cleaned

    def columns(self) -> dict[str, str]:
        return {str(field.label): self.cleaned_data[name] for name, field in self.fields.items()}


class LoadForm(forms.Form):
    """What the rows come in as, and what becomes of those that look like what is here."""

    status = forms.ChoiceField(
        label=gettext_lazy("They come in as"),
        choices=[(one.value, one.label) for one in COMES_IN_AS],
        initial=Status.DRAFT,
        help_text=gettext_lazy("Nobody sees a draft until one of us makes it public."),
    )

    def asks(self, found: Loaded) -> None:
        """A question for each row that may be here already, and one for all of them."""
        asked = sorted([*found.duplicates, *found.chosen], key=lambda one: one.order)
        kept = [(one.value, one.label) for one in Choice if one != Choice.ASK]
        if len(asked) > 1:
            self.fields["others"] = forms.ChoiceField(
                label=_("%(number)s of them may be here already. What of these?")
                % {"number": f"{len(asked):,}"},
                choices=[("", _("I choose for each")), *kept],
                required=False,
                help_text=_("What you choose for one of them below goes before this."),
            )
        for one in asked[:SHOWN]:
            self.fields[f"choice-{one.id}"] = forms.ChoiceField(
                label=str(one).rstrip("."), choices=[("", _("Choose")), *kept], required=False
            )

    def tell(self, found: Loaded) -> None:
        """What is still to be chosen."""
        fields = [f"choice-{one.id}" for one in found.duplicates]
        for name in fields:
            if name in self.fields:
                self.add_error(name, _("Choose what becomes of it."))
            elif not self.has_error("others"):
                self.add_error("others", _("They are too many to show: choose for all of them."))

    def options(self, **more: Any) -> Options:
        """As far as anything sensible was chosen: what may be asked is known after the load."""
        chosen = {
            name.removeprefix("choice-"): Choice(value)
            for name, value in self.data.items()
            if name.startswith("choice-") and value in Choice.values
        }
        others = self.data.get("others")
        return Options(
            duplicates=Choice(others) if others in Choice.values else Choice.ASK,
            choices={name: one for name, one in chosen.items() if one != Choice.ASK},
            **more,
        )


def _name_of(field: str) -> str:
    """“Group: phone”: whose it is, where it is not the activity's own."""
    one = FIELDS[field]
    owner = {"group": _("Group: %s"), "venue": _("Venue: %s"), "activity": "%s"}[one.of]
    return str(owner % (_("name") if field.endswith(".name") else one.label))


def _said_there(table: Table, head: str) -> str:
    """The first few different cells of a column."""
    cells = (row[head].text for row in table.rows if head in row)
    said = [Truncator(text).chars(SAMPLE) for text in dict.fromkeys(cells) if text]
    return "; ".join(said[:SAMPLES]) + (" …" if len(said) > SAMPLES else "")


@admin.register(ImportBatch, site=staff_site)
class ImportBatchAdmin(ReadOnlyAdmin):
    change_list_template = "admin/assets/imports.html"
    change_form_template = "admin/assets/import.html"
    list_display = ("__str__", "source", "loaded_at", "loaded_by", "undone_at")
    list_select_related = ("loaded_by",)
    fields = ("source", "file_name", "loaded_at", "loaded_by", "undone_at", "undone_by")

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "importbatch_bring": ("bring/", self.bring),
            "importupload_columns": ("bring/<uuid:key>/", self.columns),
            "importupload_look": ("bring/<uuid:key>/look/", self.look),
            "importbatch_undo": ("<int:key>/undo/", self.undo),
        }
        ours = [
            path(route, self.admin_site.admin_view(view), name=f"assets_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_bring = {"may_bring": _may_bring(request)}
        answer: HttpResponse = super().changelist_view(request, may_bring)
        return answer

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        batch = kwargs.get("obj")
        context["may_undo"] = batch and batch.undone_at is None and _may_bring(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def bring(self, request: HttpRequest) -> HttpResponse:
        _only_who_may(request)
        form = BringForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file, source = form.cleaned_data["file"], form.cleaned_data["source"]
            try:
                data = file.read()
                upload = uploads.bring(name=file.name, data=data, source=source, by=who(request))
            except TableError as error:
                form.add_error("file", str(error))
            else:
                return _to("importupload_columns", upload.pk)
        return self._page(request, "import_bring", _("Bring in a spreadsheet"), form=form)

    def columns(self, request: HttpRequest, key: UUID) -> HttpResponse:
        upload = _own_upload(request, key)
        form = ColumnsForm(request.POST or None, uploads.table_of(upload), upload.columns)
        if form.is_valid():
            uploads.name_columns(upload=upload, columns=form.columns())
            return _to("importupload_look", upload.pk)
        return self._page(request, "import_columns", _("What is in each column?"), form=form)

    def look(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What a load would do; nothing is loaded before the button is pressed."""
        upload = _own_upload(request, key)
        form = LoadForm(request.POST or None)
        more: dict[str, Any] = {"check": True}
        if form.is_valid():
            status = Status(form.cleaned_data["status"])
            more = {"by": who(request), "file_name": upload.file_name, "status": status}
        found = uploads.look(upload, form.options(**more))
        if form.is_valid() and found.is_whole:
            upload.delete()
            messages.success(request, done_in_words(found))
            return _to("importbatch_changelist")
        form.asks(found)
        if form.is_bound:
            form.tell(found)
        return self._page(
            request,
            "import_look",
            _("Before it is loaded"),
            form=form,
            upload=upload,
            found=found,
            shown=found.problems[:SHOWN],
            more=max(0, len(found.problems) - SHOWN),
            said=to_do_in_words(found),
        )

    def undo(self, request: HttpRequest, key: int) -> HttpResponse:
        _only_who_may(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        batch = get_object_or_404(ImportBatch, pk=key)
        try:
            undone = undo(batch=batch, by=who(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return _to("importbatch_change", batch.pk)
        for left in undone.left[:SHOWN]:
            messages.warning(request, left)
        said = _("Withdrawn: %(withdrawn)d. Put back as before: %(put_back)d.")
        counts = {"withdrawn": undone.withdrawn, "put_back": undone.put_back}
        messages.success(request, said % counts)
        return _to("importbatch_change", batch.pk)

    def _page(self, request: HttpRequest, name: str, title: str, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **more,
        }
        return TemplateResponse(request, f"admin/assets/{name}.html", context)


def _may_bring(request: HttpRequest) -> bool:
    return who(request).has_perm("assets.add_importbatch")


def _only_who_may(request: HttpRequest) -> None:
    if not _may_bring(request):
        raise PermissionDenied


def _own_upload(request: HttpRequest, key: UUID) -> ImportUpload:
    _only_who_may(request)
    return get_object_or_404(ImportUpload, pk=key, owner=who(request))


def _to(name: str, *args: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:assets_{name}", args=args))
