"""Documents of one's own group: bring, read again, take back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import who
from assets.documents import verbs
from assets.documents.forms import BringForm
from assets.documents.serving import as_attachment
from assets.models import Document
from assets.models.documents import MOST_BYTES
from assets.views.own import own_group_or_404


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def my_documents(request: HttpRequest, organisation: UUID) -> HttpResponse:
    person = who(request)
    group = own_group_or_404(request, organisation)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            verbs.bring(
                organisation=group,
                kind=form.cleaned_data["kind"],
                name=file.name,
                # Enough to know that it is too much.
                data=file.read(MOST_BYTES + 1),
                once=form.cleaned_data["once"],
                by=person,
            )
        except ValidationError as refused:
            form.add_error("file", refused.messages)
        else:
            messages.success(request, _("Thank you. We read it and write down what we saw."))
            return HttpResponseRedirect(reverse("my_documents", args=[group.pk]))
    brought = Document.objects.of_member(person).filter(organisation=group).without_data()
    shown = [(one, one.moves.last()) for one in brought.prefetch_related("moves")]
    context = {"form": form, "group": group, "documents": shown}
    return render(request, "assets/my/documents.html", context)


@require_safe
@never_cache
@login_required
def my_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, as it is kept; 404 once it is gone."""
    document = get_object_or_404(Document.objects.of_member(who(request)), pk=pk)
    if not document.data:
        raise Http404
    return as_attachment(document)


@require_POST
@never_cache
@login_required
def my_document_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = get_object_or_404(Document.objects.of_member(who(request)), pk=pk)
    if verbs.drop(document=document, by=who(request)):
        messages.success(request, _("The file is gone."))
    return HttpResponseRedirect(reverse("my_documents", args=[document.organisation_id]))
