"""Staff pages as a person uses them: open one, change some fields, press a button."""

from typing import Any

from django.db.models import Model
from django.forms import BaseForm, CheckboxInput
from django.test import Client
from django.urls import reverse


def url(what: Model | type[Model], page: str) -> str:
    """`url(group, "change")`, `url(Organisation, "changelist")`."""
    opts = what._meta
    args = [what.pk] if isinstance(what, Model) else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


def opened(client: Client, path: str) -> dict[str, Any]:
    """What the form on this page would send if nothing were changed."""
    answer = client.get(path)
    assert answer.status_code == 200
    return as_shown(answer)


def as_shown(answer: Any) -> dict[str, Any]:
    """The same for an answer that is here already, such as a form that came back."""
    context = answer.context
    data = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data


def _values(form: BaseForm) -> dict[str, Any]:
    found = {}
    for field in form:
        widget, value = field.field.widget, field.value()
        is_tick = isinstance(widget, CheckboxInput)
        shown: Any = ("on" if value else None) if is_tick else widget.format_value(value)
        if shown not in (None, []):
            found[field.html_name] = shown
    return found


def save(client: Client, path: str, **changes: Any) -> Any:
    """Opens the page, changes these fields, presses Save. The last answer."""
    data = {key: value for key, value in (opened(client, path) | changes).items() if value != ""}
    return client.post(path, data, follow=True)


def messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def errors(answer: Any) -> dict[str, list[str]]:
    """Field → what is said beside it; a field of a part is “prefix-row-field”."""
    context = answer.context
    found = errors_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): said for name, said in errors_of(form).items()}
        if said := list(inline.formset.non_form_errors()):
            found[inline.formset.prefix] = said
    return found


def errors_of(form: BaseForm) -> dict[str, list[str]]:
    return {name: [str(one) for one in said] for name, said in form.errors.items()}
