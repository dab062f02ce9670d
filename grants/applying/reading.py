"""An application to be read: by those who wrote it, and by our team."""

from dataclasses import dataclass

from grants.applying.form import parts_of
from grants.applying.parts import Part, PartForm
from grants.models import Application

Answers = list[tuple[str, str]]


@dataclass(frozen=True)
class Missing:
    """What is still wrong, and in which part."""

    part: Part
    says: str


@dataclass(frozen=True)
class ReadPart:
    """A part, and what was typed in it, as it would be sent."""

    part: Part
    form: PartForm

    @property
    def state(self) -> str:
        """“done”, “begun” or “to-do”."""
        if self.form.is_valid():
            return "done"
        return "begun" if any(self.form.data.values()) else "to-do"

    @property
    def answers(self) -> Answers:
        return self.form.answers()

    @property
    def answers_to_score(self) -> Answers:
        return self.form.answers_to_score()

    def missing(self) -> list[Missing]:
        found = []
        for name, errors in self.form.errors.items():
            label = self.form.fields[name].label if name in self.form.fields else ""
            if str(label) == str(self.part.title):
                label = ""
            words = " ".join(str(one) for one in errors)
            found.append(Missing(self.part, f"{label}: {words}" if label else words))
        return found


def read(application: Application) -> list[ReadPart]:
    return [ReadPart(part, part.judged(application)) for part in parts_of(application)]


def sections(application: Application, *, for_young: bool = False) -> list[tuple[str, Answers]]:
    """What those who score and decide read: title of each part, questions and answers in it."""
    return [
        (str(one.part.title), answers)
        for one in read(application)
        if not (for_young and one.part.is_personal) and (answers := one.answers_to_score)
    ]


def missing(application: Application) -> list[Missing]:
    """What keeps it from being sent, in the order of the form."""
    return [found for one in read(application) for found in one.missing()]
