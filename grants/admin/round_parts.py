"""What a round asks and how it is scored, on the page of the round."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assets.admin.base import DirectoryForm
from assets.admin.fields import Sentences
from assets.admin.inlines import PartInline, PartsFormSet
from assets.models import Place
from assets.places.parts import By, parts
from grants.admin.levels import LevelsField, as_lines
from grants.models import (
    BudgetHeading,
    Criterion,
    EligibilityQuestion,
    Level,
    Question,
    RequiredCheck,
    RoundGap,
)

MOST_PARTS = 60


class NumberedForm(DirectoryForm):
    number = forms.IntegerField(
        label=_("place"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("1 stands first. Leave it empty to put this at the end."),
    )

    class Meta:
        widgets = {"text": Sentences(), "help": Sentences(), "why_not": Sentences()}

    def _get_validation_exclusions(self) -> set[str]:
        # Two of them may change places: the formset looks at all numbers together.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"number"}


class NumberedFormSet(PartsFormSet):
    def clean(self) -> None:
        kept = [form for form in self.kept() if form.is_valid()]
        last = max((form.cleaned_data.get("number") or 0 for form in kept), default=0)
        for form in kept:
            if form.cleaned_data.get("number") is None:
                last += 1
                form.cleaned_data["number"] = form.instance.number = last
        super().clean()


class QuestionForm(NumberedForm):
    beside = {
        "eligibilityquestion_number_once": "number",
        "question_number_once": "number",
        "question_words_in_reason": "most_words",
        "budgetheading_number_once": "number",
    }


class CriterionForm(NumberedForm):
    beside = {"criterion_number_once": "number", "criterion_weight_counts": "weight"}
    levels_as_lines = LevelsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["levels_as_lines"] = as_lines(self.instance.levels.all())

    def new_levels(self) -> list[Level]:
        """Where they were changed: they take the place of those that are stored."""
        levels: list[Level] = self.cleaned_data["levels_as_lines"]
        for level in levels:
            level.criterion = self.instance
        return levels


class CriteriaFormSet(NumberedFormSet):
    def levels(self) -> Iterator[tuple[list[Model], list[Level]]]:
        """Of each criterion that stays and whose levels were changed: the old and the new."""
        for form in self.kept():
            if "levels_as_lines" in form.changed_data:
                old = Level.objects.filter(criterion=form.instance.pk)
                yield [*old], form.new_levels()


class RoundPart(PartInline):
    form: type[NumberedForm] = QuestionForm
    formset = NumberedFormSet
    max_num = MOST_PARTS

    def title_of(self, part: Any) -> str:
        return f"{part.number}. {part}"


class EligibilityInline(RoundPart):
    model = EligibilityQuestion
    fields = ("number", "text", "help", "right_answer", "why_not")
    hint = _("Asked first, to save people writing in vain: yes or no.")


class QuestionInline(RoundPart):
    model = Question
    fields = ("number", "most_words", "text", "help", "is_required", "is_personal")


class CriterionInline(RoundPart):
    model = Criterion
    form = CriterionForm
    formset = CriteriaFormSet
    fields = ("number", "weight", "name", "help", "levels_as_lines", "may_not_apply")
    hint = _("All weights together make 100. Everybody can read them and the levels.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Criterion]:
        found: QuerySet[Criterion] = super().get_queryset(request)
        return found.prefetch_related("levels")

    def title_of(self, part: Criterion) -> str:
        said = _("%(number)d. %(name)s (weight %(weight)s)")
        return said % {"number": part.number, "name": part.name, "weight": part.plain_weight}

    @admin.display(description=_("levels"))
    def levels_as_lines(self, criterion: Criterion) -> SafeString:
        """For those who only look."""
        lines = ((line,) for line in as_lines(criterion.levels.all()).splitlines())
        return format_html_join("", "<p>{}</p>", lines)


class BudgetInline(RoundPart):
    model = BudgetHeading
    fields = ("number", "name", "help")
    hint = _("Such as rooms, people, things, getting there.")


class CheckForm(DirectoryForm):
    beside = {"requiredcheck_once": "kind", "requiredcheck_kind_known": "kind"}

    class Meta:
        widgets = {"help": Sentences()}


class CheckInline(PartInline):
    model = RequiredCheck
    form = CheckForm
    fields = ("kind", "help")
    hint = _("What we look at for each application before anybody scores it.")


class GapForm(DirectoryForm):
    beside = {
        "roundgap_is_about_one_thing": "theme",
        "roundgap_once": "theme",
        "roundgap_ages_known": "ages",
    }


class GapInline(PartInline):
    model = RoundGap
    form = GapForm
    fields = (("theme", "needs_group"), "ages", "place")
    hint = _("What is missing most, and you would like this money to bring. Everybody reads it.")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "place":
            towns = [part.key for part in parts(By.TOWN).parts]
            kwargs["queryset"] = Place.objects.filter(slug__in=towns)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


INLINES = (
    EligibilityInline,
    QuestionInline,
    CriterionInline,
    BudgetInline,
    CheckInline,
    GapInline,
)
