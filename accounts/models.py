"""People who sign in, and their roles."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.outbox.models import MailMove, OutgoingMail

__all__ = ["MailMove", "OutgoingMail", "Role", "User", "UserManager"]


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Small letters throughout: allauth looks addresses up that way."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person; without a password they sign in with codes by e-mail."""
        address = self.normalize_email(email)
        if not address:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=address, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Their e-mail address is their name here."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_active = models.BooleanField(
        _("may sign in"),
        default=True,
        help_text=_("Turn this off when somebody leaves. What they did stays on record."),
    )
    is_staff = models.BooleanField(
        _("staff"),
        default=False,
        help_text=_("May open the staff pages. What they can do there is up to their roles."),
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        editable=False,
        help_text=_("Made up, to try the site with."),
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]
        constraints = [
            # With this, “unique” above holds whatever the case that was typed.
            models.CheckConstraint(
                name="user_email_in_small_letters",
                condition=Q(email=Lower("email")),
                violation_error_message=_("E-mail addresses are kept in small letters."),
            ),
            models.CheckConstraint(
                name="user_superuser_is_staff",
                condition=Q(is_superuser=False) | Q(is_staff=True),
                violation_error_message=_("An administrator is staff too."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = UserManager.normalize_email(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def may_sign_in(self) -> bool:
        """Example people have passwords that anyone can read: they exist on one's own machine."""
        return self.is_active and (not self.is_example or settings.PRIVATE_POSTGRES)


class Role(Group):
    """What a member of staff may do. roles.toml says so; `load_reference` writes it here."""

    class Meta:
        proxy = True
        verbose_name = _("role")
        verbose_name_plural = _("roles")
