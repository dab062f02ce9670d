"""Files of one's own application: bring, read again, take back."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import who
from assets.documents.serving import as_attachment
from assets.models.documents import MOST_BYTES
from grants.applying import documents
from grants.models import Application, ApplicationDocument, Round
from grants.models.application_status import TAKES_DOCUMENTS
from grants.views.own import own_application_or_404


class BringForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What does it show?"), required=False, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("The document"),
        help_text=gettext_lazy("A PDF, or a photograph of it (JPEG or PNG). 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Choose a file."))
        | {"empty": gettext_lazy("This file is empty.")},
    )
    # One for each time the page is shown, so that two presses are one document.
    once = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": gettext_lazy("Please try again.")}
    )

    use_required_attribute = False

    def __init__(self, round: Round, *args: Any) -> None:
        super().__init__(*args)
        self.initial["once"] = uuid4()
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            *((one.kind, str(one)) for one in round.required_checks.all()),
            ("", _("Something else")),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def application_documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    is_sent = request.method == "POST"
    form = BringForm(own.round, *((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            documents.bring(
                application=own,
                kind=form.cleaned_data["kind"],
                name=file.name,
                # Enough to know that it is too much.
                data=file.read(MOST_BYTES + 1),
                once=form.cleaned_data["once"],
                by=who(request),
            )
        except ValidationError as refused:
            form.add_error("file", refused.messages)
        else:
            messages.success(request, _("We have the file."))
            return HttpResponseRedirect(reverse("application_documents", args=[own.pk]))
    context = {
        "application": own,
        "round": own.round,
        "form": form,
        "documents": own.documents.defer("data"),
        "checks": own.round.required_checks.all(),
        "may_add": own.status in TAKES_DOCUMENTS,
    }
    return render(request, "grants/applying/documents.html", context)


def _own_or_404(request: HttpRequest, pk: UUID) -> ApplicationDocument:
    own = Application.objects.of_applicant(who(request))
    return get_object_or_404(ApplicationDocument.objects.filter(application__in=own), pk=pk)


@require_safe
@never_cache
@login_required
def application_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    return as_attachment(_own_or_404(request, pk))


@require_POST
@never_cache
@login_required
def application_document_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = _own_or_404(request, pk)
    if documents.drop(document=document):
        messages.success(request, _("The file is gone."))
    else:
        messages.error(request, _("It was sent with the application, and stays with it."))
    return HttpResponseRedirect(reverse("application_documents", args=[document.application_id]))
