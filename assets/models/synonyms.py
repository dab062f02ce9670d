"""Everyday words: what people say and what listings call it; and all the words there are."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.organisations import SortKey


class PlainWords(SortKey):
    """As `assets.places.words.plain` writes it: no case, accents, apostrophes or signs."""

    template = (
        "btrim(regexp_replace(regexp_replace(%(function)s(%(expressions)s), '[''’]', '', 'g'),"
        " '[^a-z0-9]+', ' ', 'g'))"
    )


class Synonym(models.Model):
    """A phrase as a family would say it, and other words that the search tries as well."""

    phrase = models.CharField(
        _("what people say"),
        max_length=80,
        help_text=_("Small words such as “the”, “my” and “to” make no difference."),
    )
    means = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("what listings say"),
        size=12,
        help_text=_("One a line: words that a good listing would have."),
    )
    note = models.CharField(_("who says so, or why"), max_length=250, blank=True)

    history: ClassVar = HistoricalRecords()

    class Meta:
        ordering = [SortKey(F("phrase"))]
        verbose_name = _("everyday words")
        verbose_name_plural = _("everyday words")
        constraints = [
            models.UniqueConstraint(
                PlainWords(F("phrase")),
                name="synonym_phrase_once",
                violation_error_message=_("We have these words already. Change those instead."),
            ),
            models.CheckConstraint(
                name="synonym_phrase_has_words",
                condition=Q(phrase__regex="[[:alnum:]]"),
                violation_error_message=_("Write what people say, in letters."),
            ),
            models.CheckConstraint(
                name="synonym_means_something",
                condition=Q(means__len__gt=0) & ~Q(means__contains=[""]),
                violation_error_message=_("Write at least one thing that listings say."),
            ),
        ]

    def __str__(self) -> str:
        return self.phrase


class VocabularyWord(models.Model):
    """A word that is right as it is. Written by `assets.understanding.vocabulary` alone."""

    word = models.TextField(primary_key=True)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [
            models.CheckConstraint(
                name="vocabularyword_is_plain",
                condition=Q(word__regex="^[a-z]{3,40}$"),
                violation_error_message=_("A known word is written in small letters."),
            )
        ]
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="vocabularyword_alike")
        ]

    def __str__(self) -> str:
        return self.word
