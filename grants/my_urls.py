"""The site map of one's own applications, under /my/applications/."""

from django.urls import path

from grants.views import account, application, colleagues, decision, documents, fairness

urlpatterns = [
    path("", application.applications, name="applications"),
    path("<uuid:pk>/", application.application, name="application"),
    path("<uuid:pk>/check/", application.application_check, name="application_check"),
    path("<uuid:pk>/sent/", application.application_sent, name="application_sent"),
    path("<uuid:pk>/take-back/", application.application_withdraw, name="application_withdraw"),
    path("<uuid:pk>/fair/", fairness.application_fair, name="application_fair"),
    path("<uuid:pk>/decision/", decision.application_decision, name="application_decision"),
    path("<uuid:pk>/decision/no/", decision.application_refuse, name="application_refuse"),
    path("<uuid:pk>/agreed/", decision.application_agreed, name="application_agreed"),
    path("<uuid:pk>/people/", colleagues.application_people, name="application_people"),
    path(
        "<uuid:pk>/people/leave/",
        colleagues.application_leave,
        name="application_leave",
    ),
    path("<uuid:pk>/documents/", documents.application_documents, name="application_documents"),
    path("document/<uuid:pk>/", documents.application_document, name="application_document"),
    path(
        "document/<uuid:pk>/take-back/",
        documents.application_document_drop,
        name="application_document_drop",
    ),
    path("<uuid:pk>/account/", account.application_account, name="application_account"),
    path("<uuid:pk>/<slug:part>/", application.application_part, name="application_part"),
]
