"""What people told us is wrong: read, dealt with, answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets import problems
from assets.admin.base import who
from assets.admin.fields import Lines
from assets.admin.reports import ReportAdmin, Verb, faster
from assets.models import Problem
from assets.models.problems import PROBLEM_MOVES, ProblemStatus


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=ProblemStatus.choices)
    why = forms.CharField(max_length=250, required=False)


class AnswerForm(forms.Form):
    words = forms.CharField(max_length=3000, widget=Lines)


@admin.register(Problem, site=staff_site)
class ProblemAdmin(ReportAdmin):
    permission = "assets.handle_problem"
    order = (ProblemStatus.NEW, ProblemStatus.HANDLED, ProblemStatus.NOTHING)
    change_form_template = "admin/assets/problem.html"
    list_display = ("listing_name", "kind", "status_tag", "reported_at", "wants_answer")
    list_filter = ("status", "kind")

    @admin.display(description=gettext_lazy("wants an answer"), boolean=True)
    def wants_answer(self, problem: Problem) -> bool:
        return problem.may_be_answered

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = ["reported_at", "email"]
        is_answered = obj is not None and obj.answered_at is not None
        return [*fields, "answer", "answered_at", "answered_by"] if is_answered else fields

    def verbs(self) -> dict[str, Verb]:
        return {"move": self.move, "answer": self.answer}

    def beside(self, report: Any) -> dict[str, Any]:
        allowed = PROBLEM_MOVES[ProblemStatus(report.status)]
        return super().beside(report) | {
            "moves": [(to.value, to.label) for to in ProblemStatus if to in allowed],
            "records": report.moves.select_related("moved_by"),
        }

    def move(self, request: HttpRequest, problem: Problem) -> str:
        form = MoveForm(request.POST)
        if not form.is_valid():
            return _("That did not work. Write a note of 250 letters at most.")
        to, why = ProblemStatus(form.cleaned_data["to"]), form.cleaned_data["why"]
        if to not in PROBLEM_MOVES[ProblemStatus(problem.status)]:
            return faster()
        if to == ProblemStatus.NEW:
            moved = problems.reopen(problem=problem, by=who(request), why=why)
        else:
            moved = problems.finish(problem=problem, to=to, by=who(request), why=why)
        if not moved:
            return faster()
        messages.success(request, f"{problem}: {to.label}.")
        return ""

    def answer(self, request: HttpRequest, problem: Problem) -> str:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return _("Write an answer of 3,000 letters at most.")
        words = form.cleaned_data["words"]
        if not problems.answer(problem=problem, words=words, by=who(request)):
            return _("It was answered already, or there is no address any more.")
        messages.success(request, _("Your answer is on its way."))
        return ""
