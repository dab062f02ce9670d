"""The site map of one's own groups, under /my/."""

from django.urls import path

from assets.views import my, my_documents, my_listing

urlpatterns = [
    path("", my.my_groups, name="my_groups"),
    path("<uuid:organisation>/", my.my_group, name="my_group"),
    path("<uuid:organisation>/do/<slug:what>/", my.my_do, name="my_do"),
    path("<uuid:organisation>/room/<uuid:activity>/", my.my_room, name="my_room"),
    path("<uuid:organisation>/not-on/<uuid:activity>/", my.my_not_on, name="my_not_on"),
    path("<uuid:organisation>/people/", my.my_people, name="my_people"),
    path("<uuid:organisation>/people/<int:pk>/<slug:what>/", my.my_member, name="my_member"),
    path("<uuid:organisation>/documents/", my_documents.my_documents, name="my_documents"),
    path("documents/<uuid:pk>/", my_documents.my_document, name="my_document"),
    path("documents/<uuid:pk>/drop/", my_documents.my_document_drop, name="my_document_drop"),
    path("<uuid:organisation>/edit/", my_listing.my_form, name="my_form"),
    path("<uuid:organisation>/edit/check/", my_listing.my_check, name="my_check"),
    path("<uuid:organisation>/edit/sent/", my_listing.my_sent, name="my_sent"),
    path("<uuid:organisation>/edit/preview/<str:part>/", my_listing.my_preview, name="my_preview"),
    path("<uuid:organisation>/edit/<str:part>/<slug:step>/", my_listing.my_step, name="my_step"),
]
