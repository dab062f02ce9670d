"""One question of the round, with its own limit of words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.applying.parts import Lines, PartForm
from grants.applying.words import words_in
from grants.models import Application, Question

# A word has seldom more signs than this, with the space after it.
SIGNS_A_WORD = 40


class QuestionForm(PartForm):
    template = "grants/applying/_question.html"

    def __init__(self, question: Question, application: Application, **kwargs: Any) -> None:
        self.question = question
        super().__init__(application, **kwargs)
        most = question.most_words
        limit = ngettext("Up to %d word.", "Up to %d words.", most) % most
        self.fields["text"] = Lines(
            label=question.text,
            help_text=f"{question.help} {limit}".strip(),
            rows=min(16, 4 + most // 30),
            required=question.is_required,
            error_messages={"required": _("Answer this question.")},
        )
        self.fields["text"].widget.attrs |= {
            "data-most-words": most,
            "data-most": most * SIGNS_A_WORD + 10_000,
        }

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        number, most = words_in(text), self.question.most_words
        if number > most:
            raise forms.ValidationError(
                ngettext(
                    "You have used %(number)d words. Take out %(over)d word.",
                    "You have used %(number)d words. Take out %(over)d words.",
                    number - most,
                )
                % {"number": number, "over": number - most}
            )
        return text

    @property
    def words(self) -> int:
        """In what was typed so far."""
        return words_in(str(self["text"].value() or ""))
