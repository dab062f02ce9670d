"""The task list, and “check your answers”: every step of every part, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assets.ages import ages_in_words
from assets.models import Proposal
from assets.proposals.applying import Problem, problems
from assets.proposals.differences import Difference, differences, title_of
from assets.proposals.fields import GROUP, fields_of, of_part
from assets.proposals.parts import NEW, nothing
from assets.proposals.words import in_words
from assets.register.desk import Desk
from assets.register.steps import Step, step_with, steps_of
from assets.saying import Values


class State(StrEnum):
    """How far a step is."""

    DONE = "done"
    TO_DO = "to-do"
    OPTIONAL = "optional"

    @property
    def words(self) -> str:
        return {
            State.DONE: _("Done"),
            State.TO_DO: _("To do"),
            State.OPTIONAL: _("If you like"),
        }[self]


@dataclass(frozen=True)
class Answer:
    """A value as it is read back."""

    label: str
    lines: list[str]


@dataclass(frozen=True)
class Changed:
    """A value as it is on the board, and as it is to be; where it is written."""

    label: str
    old: list[str]
    new: list[str]
    url: str


@dataclass(frozen=True)
class Task:
    """A step of one part, where it is, and how far."""

    step: Step
    url: str
    state: State
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class PartTasks:
    """All steps of the group or of one activity. `differs` of one that is on the board already."""

    part: str
    title: str
    tasks: list[Task]
    is_new: bool
    # What differs from the board, old beside new.
    differs: list[Changed]
    # Of two that are alike in name, which one it is.
    when: list[str]
    preview_url: str

    @property
    def changed(self) -> bool:
        return bool(self.differs)

    @property
    def is_group(self) -> bool:
        return self.part == GROUP

    @property
    def is_done(self) -> bool:
        return all(task.state != State.TO_DO for task in self.tasks)


@dataclass(frozen=True)
class Missing:
    """A sentence, and the step that it sends to."""

    says: str
    url: str


class Tasks:
    """What is asked for, part by part."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._values = {part: desk.values(part) for part in desk.parts}

    @cached_property
    def parts(self) -> list[PartTasks]:
        return [self._tasks(part) for part in self.desk.parts]

    @property
    def group(self) -> PartTasks:
        return self.parts[0]

    @property
    def activities(self) -> list[PartTasks]:
        return self.parts[1:]

    @property
    def done(self) -> int:
        return sum(part.is_done for part in self.parts)

    @property
    def has_changes(self) -> bool:
        return any(self.desk.proposal.said.values())

    def _tasks(self, part: str) -> PartTasks:
        values = self._values[part]
        tasks = [self._task(part, step, values) for step in steps_of(part)]
        is_new = part.startswith(NEW) or self.desk.is_new
        differs = [] if is_new else self._differs(part)
        when = in_words(of_part(part), "schedules", values.get("schedules"))
        title, preview_url = title_in(self.desk, part), self.desk.preview_url(part)
        return PartTasks(part, title, tasks, is_new, differs, when, preview_url)

    def _differs(self, part: str) -> list[Changed]:
        found = []
        for one in self._differences.get(part, []):
            step = step_with(part, one.field.name)
            url = self.desk.step_url(part, step.slug) if step else self.desk.form_url
            found.append(Changed(str(one.field.label), one.old, one.new, url))
        return found

    @cached_property
    def _differences(self) -> dict[str, list[Difference]]:
        """Of what is on the board already."""
        if self.desk.is_new:
            return {}
        return {one.part: one.differences for one in differences(self.desk.proposal)}

    def _task(self, part: str, step: Step, values: Values) -> Task:
        if step.missing(values):
            state = State.TO_DO
        else:
            state = State.DONE if step.is_begun(values) else State.OPTIONAL
        answers = list(_answers(part, step, values))
        return Task(step, self.desk.step_url(part, step.slug), state, answers)

    def missing(self) -> list[Missing]:
        """What must be said before it can be sent, each with the step where it is asked for."""
        found = [
            Missing(self._of(part, says), self.desk.step_url(part, step.slug))
            for part in self.desk.parts
            if part in self.desk.proposal.said
            for step in steps_of(part)
            for _name, says in step.missing(self._values[part])
        ]
        if found:
            return found
        return self.told(problems(self.desk.proposal, self.desk.proposal.said))

    def told(self, found: list[Problem]) -> list[Missing]:
        """What stands in the way by the rules of the directory."""
        return [Missing(self._of(one.part, one.says), self._where(one)) for one in found]

    def _of(self, part: str, says: str) -> str:
        return f"{title_in(self.desk, part)}: {says}"

    def _where(self, problem: Problem) -> str:
        step = step_with(problem.part, problem.field)
        return self.desk.step_url(problem.part, step.slug) if step else self.desk.form_url


# Said in one line with the first of them, or not worth one.
WITH_ANOTHER = frozenset({"age_before", "in_pregnancy", "newcomers_said_on"})


def _answers(part: str, step: Step, values: Values) -> Iterator[Answer]:
    """What was said in a step. A box that is not ticked says nothing."""
    labels = fields_of(of_part(part))
    for name in step.form.writes:
        value = values[name]
        if name == "age_from" and step.is_begun(values):
            ages = ages_in_words(value, values["age_before"], in_pregnancy=values["in_pregnancy"])
            yield Answer(_("Ages"), [ages])
        elif name in WITH_ANOTHER or value in (False, 0, nothing(name)):
            continue
        elif lines := in_words(of_part(part), name, value):
            yield Answer(str(labels[name].label), lines)


def title_in(desk: Desk, part: str) -> str:
    """What a part is called, on pages where nothing may have been said of it yet."""
    said = desk.proposal.said
    if part in said or part == GROUP:
        return title_of(desk.proposal, part)
    return str(desk.values(part)["title"])


def reference_of(proposal: Proposal) -> str:
    """What somebody reads out on the telephone: “4F2A-91BC”."""
    said = proposal.pk.hex[:8].upper()
    return f"{said[:4]}-{said[4:]}"
