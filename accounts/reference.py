"""Roles and their permissions, from reference/roles.toml to the database."""

import tomllib
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.utils.translation import gettext as _

ROLES = Path(__file__).parent / "reference" / "roles.toml"


class ReferenceDataError(Exception):
    """A reference file says something that cannot be. The message names it."""


def load(source: Path = ROLES) -> list[str]:
    """Makes the roles what the file says. A sentence for each change; the same again gives none."""
    said = []
    roles = tomllib.loads(source.read_text(encoding="utf-8"))["role"]
    for name, may in roles.items():
        said += _load_role(name, may)
    for gone in Group.objects.exclude(name__in=roles):
        said.append(_("Role “%(name)s” is not in roles.toml: removed.") % {"name": gone.name})
        gone.delete()
    return said


def _load_role(name: str, may: dict[str, list[str]]) -> list[str]:
    role, is_new = Group.objects.get_or_create(name=name)
    wanted = {
        permission
        for verbs, models in may.items()
        for verb in verbs.split(", ")
        for model in models
        for permission in _permissions(name, verb, model)
    }
    held = set(role.permissions.all())
    role.permissions.set(wanted)
    said = [_("Role “%(name)s” added.") % {"name": name}] if is_new else []
    said += [f"{name}: + {words}" for words in sorted(map(_words, wanted - held))]
    said += [f"{name}: − {words}" for words in sorted(map(_words, held - wanted))]
    return said


def _permissions(role: str, verb: str, target: str) -> QuerySet[Permission]:
    """The permissions that a verb and a model such as “assets.*” name, at least one."""
    app, _dot, model = target.partition(".")
    named = Permission.objects.filter(content_type__app_label=app)
    if model == "*":
        named = named.filter(codename__startswith=f"{verb}_")
    else:
        named = named.filter(codename=f"{verb}_{model}")
    if not named:
        raise ReferenceDataError(
            _("roles.toml lets “%(role)s” %(verb)s “%(model)s”, and there is no such permission.")
            % {"role": role, "verb": verb, "model": target}
        )
    return named


def _words(permission: Permission) -> str:
    return permission.codename.replace("_", " ", 1)
