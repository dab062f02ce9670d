"""Plain list filters."""

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from assets.models import Organisation
from assets.models.organisations import SortKey


class OrganisationFilter(django_filters.FilterSet):
    """Groups by what they are called or say of themselves, whatever the case and accents."""

    name = django_filters.CharFilter(
        label=_("Name, or what they do"),
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
        keys = {"name_key": SortKey(F("name")), "summary_key": SortKey(F("summary"))}
        typed = SortKey(Value(value))
        return groups.alias(**keys).filter(
            Q(name_key__contains=typed) | Q(summary_key__contains=typed)
        )
