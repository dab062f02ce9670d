"""Everyday words in the staff pages: changed, and tried before they are saved."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.core.cache import caches
from django.forms import CharField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm, StaffAdmin
from assets.admin.fields import Lines
from assets.models import Activity, Organisation, Synonym
from assets.search.answer import search
from assets.search.query import Found, Query
from assets.understanding import vocabulary
from assets.understanding.meaning import meant
from assets.understanding.phrases import known_synonyms

TRY = "_try"
SHOWN = 10


class OneALine(SimpleArrayField):
    """Words or phrases, one a line; empty lines do not count."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            CharField(max_length=60),
            delimiter="\n",
            widget=Lines(attrs={"rows": 6}),
            max_length=12,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            lines = (" ".join(line.split()) for line in value.splitlines())
            value = "\n".join(dict.fromkeys(filter(None, lines)))
        return super().to_python(value)


class SynonymForm(DirectoryForm):
    """A form that is tried is never valid: what is not valid is not stored."""

    beside = {
        "synonym_phrase_once": "phrase",
        "synonym_phrase_has_words": "phrase",
        "synonym_means_something": "means",
    }
    means = OneALine(
        label=Synonym._meta.get_field("means").verbose_name,
        help_text=Synonym._meta.get_field("means").help_text,
    )

    @property
    def is_tried(self) -> bool:
        return TRY in self.data

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_tried


@dataclass(frozen=True)
class Tried:
    """What a search for the phrase finds: without these everyday words, and with them."""

    phrase: str
    before: int
    after: int
    listings: list[tuple[str, bool]]

    @property
    def more(self) -> int:
        return self.after - len(self.listings)


def try_out(synonym: Synonym, phrase: str, means: list[str]) -> Tried:
    """Nothing is stored. Each listing comes with whether it is found only now."""
    # As stored, whatever has been typed over it.
    stored = Synonym.objects.filter(pk=synonym.pk).values_list("phrase", flat=True)
    others = {said: meanings for said, meanings in known_synonyms().items() if said not in stored}
    without_it = Query(words=phrase, meaning=meant(phrase, synonyms=others))
    with_it = Query(words=phrase, meaning=meant(phrase, synonyms=others | {phrase: means}))
    before = search(without_it, some_words=False)
    after = search(with_it, some_words=False)
    known = {(found.activity_id, found.organisation_id) for found in before.found}
    shown = after.found[:SHOWN]
    names = _names(shown)
    return Tried(
        phrase,
        before.total,
        after.total,
        [
            (
                names[found.activity_id or found.organisation_id],
                (found.activity_id, found.organisation_id) not in known,
            )
            for found in shown
        ],
    )


def _names(found: list[Found]) -> dict[UUID | None, str]:
    activities = Activity.objects.filter(pk__in=[one.activity_id for one in found])
    groups = Organisation.objects.filter(pk__in=[one.organisation_id for one in found])
    return {
        **dict(activities.values_list("pk", "title")),
        **dict(groups.values_list("pk", "name")),
    }


@admin.register(Synonym, site=staff_site)
class SynonymAdmin(StaffAdmin):
    form = SynonymForm
    change_form_template = "admin/assets/synonym.html"
    list_display = ("phrase", "what_listings_say", "note")
    search_fields = ("phrase__unaccent__icontains", "means__icontains")
    search_help_text = _("What people say, or what listings say")
    fields = ("phrase", "means", "note")

    @admin.display(description=_("what listings say"))
    def what_listings_say(self, synonym: Synonym) -> str:
        return ", ".join(synonym.means)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if form.is_bound and form.is_tried and not form.errors:
            said = form.cleaned_data
            context["tried"] = try_out(form.instance, said["phrase"], said["means"])
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        vocabulary.add_words_of_lists()
        # Here at once; other processes know within the minute.
        caches["pieces"].delete_many(["synonyms", "synonym-phrases"])
