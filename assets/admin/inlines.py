"""What belongs to a listing, edited on its page: whoever may change the listing may change it."""

from collections import Counter
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from assets.admin.base import DirectoryForm, PlainFields

# A longer number is not a key, and PostgreSQL would refuse to look for it.
LONGEST_NUMBER = 18
# More parts of one kind than any listing has.
MOST = 100


class PartsFormSet(BaseInlineFormSet):
    """Finds the same part twice before the table does: Django looks at stored rows only."""

    def clean(self) -> None:
        super().clean()
        model: Any = self.model
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                self._find_twice(constraint)

    def kept(self) -> list[Any]:
        """The forms of all parts that there are after saving."""
        return [
            form
            for form in self.forms
            if (form.has_changed() or form.instance.pk)
            and not (self.can_delete and cast(Any, self)._should_delete_form(form))
        ]

    def _find_twice(self, constraint: UniqueConstraint) -> None:
        names = [one.name for one in cast(tuple[Any, ...], constraint.expressions)]
        kept = [form for form in self.kept() if form.is_valid()]
        values = [
            tuple(form.cleaned_data.get(name) for name in names if name != self.fk.name)
            for form in kept
        ]
        often = Counter(values)
        for form, value in zip(kept, values, strict=True):
            if often[value] > 1:
                error = ValidationError(constraint.get_violation_error_message())
                form.add_error(form.beside.get(constraint.name), error)


class PartInline(PlainFields, admin.StackedInline):
    """One line a part, which opens; one empty part at the end, more of them by script."""

    form = DirectoryForm
    formset = PartsFormSet
    template = "admin/edit_inline/stacked.html"
    extra = 1
    max_num = MOST
    hint: ClassVar[str | Any] = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        # Django would build two thousand forms before it says that these are too many.
        return super().get_formset(request, obj, absolute_max=MOST, **kwargs)

    def title_of(self, part: Any) -> str:
        """What its line says."""
        return str(part)

    def _listing_admin(self) -> BaseModelAdmin:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._listing_admin().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return self._listing_admin().has_add_permission(request)
        return self._listing_admin().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)


class TagInline(PartInline):
    """Needs groups, themes, ways of working: with who says so, and why."""

    def title_of(self, part: Any) -> str:
        return _("%(tag)s (%(source)s)") % {"tag": part, "source": part.get_source_display()}


def rows_of_parts(posted: QueryDict, prefix: str, stored: QuerySet[Any]) -> QueryDict:
    """The posted rows; those that a colleague has removed meanwhile come back as new ones.

    Django would drop them from the page, and with them what was typed.
    """
    try:
        number = int(posted.get(f"{prefix}-INITIAL_FORMS", ""))
    except ValueError:
        return posted
    keys = [posted.get(f"{prefix}-{row}-id", "") for row in range(min(number, len(posted)))]
    readable = [key for key in keys if _is_key(stored.model, key)]
    found = stored.filter(pk__in=readable).values_list("pk", flat=True) if readable else []
    there = {str(key) for key in found}
    order = sorted(range(len(keys)), key=lambda row: keys[row] not in there)
    gone = sum(key not in there for key in keys)
    if not gone:
        return posted
    place = {old: new for new, old in enumerate(order)}
    data = QueryDict(mutable=True)
    for name, values in posted.lists():
        row, _dash, column = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and row.isdecimal() and int(row) in place:
            lost = keys[int(row)] not in there
            name = f"{prefix}-{place[int(row)]}-{column}"
            values = [""] if lost and column == "id" else values
        data.setlist(name, values)
    data[f"{prefix}-INITIAL_FORMS"] = str(number - gone)
    return data


def _is_key(model: Any, typed: str) -> bool:
    """Whether a row of this model could have that key, as a number or a UUID is written."""
    try:
        key = model._meta.pk.to_python(typed)
    except ValidationError:
        return False
    return str(key) == typed and (not isinstance(key, int) or len(typed) <= LONGEST_NUMBER)
