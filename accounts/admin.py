"""People and roles in the admin."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import people
from accounts.admin_site import staff_site
from accounts.models import Role, User
from accounts.outbox.admin import OutgoingMailAdmin
from accounts.outbox.models import OutgoingMail

staff_site.register(OutgoingMail, OutgoingMailAdmin)


class SecondStepFilter(admin.SimpleListFilter):
    title = _("second step")
    parameter_name = "second_step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("own", _("app or passkey")), ("mail", _("code by e-mail only"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() is None:
            return queryset
        with_own = Authenticator.objects.values("user")
        if self.value() == "own":
            return queryset.filter(pk__in=with_own)
        return queryset.filter(is_staff=True).exclude(pk__in=with_own)


class PersonForm(forms.ModelForm):
    """Roles are shown only as far as the person who edits may give them."""

    editor: User

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups")
        labels = {"is_superuser": _("administrator")}
        help_texts = {"is_superuser": _("May do everything, and change anybody’s account.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            roles = people.roles_to_give(self.editor).order_by("name")
            self.fields["groups"] = forms.ModelMultipleChoiceField(
                roles,
                required=False,
                label=_("roles"),
                help_text=_("What each role may do is under Roles. You can give what you have."),
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("groups") and not cleaned.get("is_staff"):
            self.add_error("is_staff", gettext("A role is of use to staff only: tick this too."))
        return cleaned


@admin.register(User, site=staff_site)
class PersonAdmin(admin.ModelAdmin):
    form = PersonForm
    change_form_template = "account/admin/person.html"
    list_display = ("email", "name", "is_staff", "roles", "second_step", "is_active")
    list_filter = ("is_staff", "is_active", SecondStepFilter, "groups", "is_example")
    search_fields = ("email", "name")
    search_help_text = _("E-mail address or name")
    ordering = ("-is_staff", "email")
    list_per_page = 50
    readonly_fields = ("address_confirmed", "last_login", "joined_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        own_step = Authenticator.objects.filter(user=OuterRef("pk"))
        found: QuerySet[User] = super().get_queryset(request).prefetch_related("groups")
        return found.annotate(has_own_step=Exists(own_step))

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        return ", ".join(sorted(role.name for role in person.groups.all()))

    @admin.display(description=_("second step"))
    def second_step(self, person: User) -> str:
        if getattr(person, "has_own_step", False):
            return gettext("app or passkey")
        return gettext("code by e-mail") if person.is_staff else ""

    @admin.display(description=_("address confirmed"))
    def address_confirmed(self, person: User) -> str:
        own = EmailAddress.objects.filter(user=person, email=person.email, verified=True)
        return gettext("yes") if own.exists() else gettext("not yet: their first code does that")

    # --- Who may do what ---

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        if obj is None:
            return allowed
        return allowed and people.may_look_after(people.who(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Any field of the table could be asked about by address, the sealed password too.
        asked = lookup.split("__")[0]
        return asked in ("is_staff", "is_active", "second_step", "groups", "is_example")

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        fields = ["email", "name", "is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            fields.insert(4, "is_superuser")
        return fields if obj is None else [*fields, *self.readonly_fields]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        fixed = list(self.readonly_fields)
        if obj == request.user:
            # Nobody locks themselves out, or lets themselves further in. A new address is
            # for the account page, which asks for the second step and a code.
            fixed += ["email", "is_active", "is_staff", "is_superuser", "groups"]
        return fixed

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"editor": request.user})

    # --- Changes go through the verbs ---

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            people.add(person=obj)
            return
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            people.change_address(person=obj, email=obj.email, was=form.initial["email"])

    def get_urls(self) -> list[URLPattern]:
        remove = path(
            "<int:pk>/remove-second-steps/",
            self.admin_site.admin_view(require_POST(self.remove_second_steps)),
            name="accounts_user_remove_second_steps",
        )
        return [remove, *super().get_urls()]

    def remove_second_steps(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        if person == request.user or not self.has_change_permission(request, person):
            raise PermissionDenied
        number = people.remove_second_steps(person=person)
        if number:
            by = people.who(request)
            what = "Took the app, passkeys and spare codes off the account."
            LogEntry.objects.log_actions(by.pk, [person], CHANGE, what)
        said = ngettext("%(number)s removed.", "%(number)s removed.", number) % {"number": number}
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[pk]))


@admin.register(Role, site=staff_site)
class RoleAdmin(admin.ModelAdmin):
    """To read: what each role may do is written in roles.toml, so that one screen says it all."""

    list_display = ("name", "held_by")
    search_fields = ("name",)
    fields = ("name", "may", "held_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        found: QuerySet[Role] = super().get_queryset(request)
        return found.prefetch_related("permissions__content_type", "user_set")

    @admin.display(description=_("may"))
    def may(self, role: Role) -> str:
        """A line a model, such as “themes (thrive.theme): add, change, view”."""
        verbs: dict[str, list[str]] = {}
        for permission in role.permissions.all():
            kind = permission.content_type
            model = kind.model_class()
            name = model._meta.verbose_name_plural if model else kind.model
            verb = permission.codename.partition("_")[0]
            verbs.setdefault(f"{name} ({kind.app_label}.{kind.model})", []).append(verb)
        return "\n".join(f"{name}: {', '.join(sorted(may))}" for name, may in sorted(verbs.items()))

    @admin.display(description=_("people"))
    def held_by(self, role: Role) -> str:
        return ", ".join(sorted(str(person) for person in role.user_set.all()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        return False
