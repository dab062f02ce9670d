"""Plain list filters."""

import django_filters
from django import forms
from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from assets.models import Organisation
from assets.models.organisations import SortKey


class OrganisationFilter(django_filters.FilterSet):
    """Groups by name, whatever the case and accents."""

    name = django_filters.CharFilter(
        label=_("Name"),
        method="by_name",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def by_name(
        self, groups: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        return groups.alias(key=SortKey(F("name"))).filter(key__contains=SortKey(Value(value)))
