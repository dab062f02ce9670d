"""The parts of an application, in order. Filling in, checking and reading all go by this."""

from functools import partial

from django.utils.translation import gettext as _

from grants.applying.budget import BudgetForm
from grants.applying.group import GroupForm
from grants.applying.parts import Part
from grants.applying.project import PeopleForm, ProjectForm
from grants.applying.question import QuestionForm
from grants.models import Application

# Beside “check”, “people” and the like: see `grants.my_urls`.
PROJECT, WHO, BUDGET, GROUP = "project", "who", "budget", "group"


def parts_of(application: Application) -> list[Part]:
    its_round = application.round
    return [
        Part(PROJECT, _("What you want to do"), ProjectForm),
        Part(WHO, _("Who it is for"), PeopleForm),
        *(
            Part(
                f"question-{one.number}",
                one.text,
                partial(QuestionForm, one),
                is_personal=one.is_personal,
            )
            for one in its_round.questions.all()
        ),
        Part(
            BUDGET,
            _("What it costs"),
            BudgetForm,
            _("The lines have to add up to what you ask for."),
        ),
        Part(GROUP, _("Your group"), GroupForm, is_personal=True),
    ]


def part_of(application: Application, slug: str) -> Part | None:
    return next((part for part in parts_of(application) if part.slug == slug), None)


def part_after(application: Application, slug: str) -> Part | None:
    """None after the last."""
    parts = parts_of(application)
    place = [part.slug for part in parts].index(slug) + 1
    return parts[place] if place < len(parts) else None
