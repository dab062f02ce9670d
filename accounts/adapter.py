"""Where allauth asks us."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from accounts import mails
from accounts.models import User
from accounts.sealing import seal, unseal

# What apps and spare codes are made from is sealed under this name.
SEED = "second factor"
# What allauth says after something was done. Empty: the page that follows says it already.
SAYS: dict[str, str | Promise] = {
    "account/messages/logged_in.txt": "",
    "account/messages/login_code_sent.txt": "",
    "account/messages/email_confirmation_sent.txt": "",
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _(
        "That address belongs to another account, so it cannot be yours here."
    ),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("You have a password now."),
    "mfa/messages/totp_activated.txt": _("Your app is added."),
    "mfa/messages/totp_deactivated.txt": _("Your app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Here are your spare codes. Keep them safe."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "That e-mail address and password do not go together. Try again, or ask us to "
            "e-mail you a code."
        ),
        "incorrect_code": _("That code is not right. Look for the newest mail from us."),
        "incorrect_password": _("That password is not right."),
        "enter_current_password": _("That is not your password now."),
        "too_many_login_attempts": _("That was too many tries. Wait five minutes, then try again."),
        "rate_limited": _("That was too quick. Wait a minute, then try again."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_taken": _("There is already an account with this e-mail address."),
        "same_as_current": _("This is what you have now."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth names its mails by template, as in “account/email/login_code”."""
        mails.send(template_prefix.rpartition("/")[2], email, context)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or SAYS.get(message_template or "")
        if said is None:
            super().add_message(request, level, message_template, message_context, extra_tags)
        elif said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        # allauth lets a right password of somebody refused by the backend come this far.
        if not user.may_sign_in:
            clear_login(request)
            return HttpResponseRedirect(reverse("account_inactive"))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.LoginByCodeStage": "accounts.stages.CodeStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_login_by_code_required(self, login: Login) -> bool:
        """Staff who gave a password, and have no app or passkey to be asked for, need a code."""
        person = login.user
        if not isinstance(person, User) or not person.is_staff or person.is_example:
            return False
        methods = {r["method"] for r in get_authentication_records(self.request, person)}
        if "password" not in methods or "code" in methods:
            return False
        return not Authenticator.objects.filter(user=person).exists()

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Who has an app or a passkey confirms with that.

        Else a password would be enough to read the spare codes, in a session from before.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return [_in_our_words(method) for method in stronger or methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not work. Try again, with the newest code if it is a code."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        # On white of its own: the page may be dark.
        picture = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(picture.to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        return seal(text, what=SEED)

    def decrypt(self, encrypted_text: str) -> str:
        """InvalidToken when SECRET_KEY was changed without SECRET_KEY_FALLBACKS."""
        return unseal(encrypted_text, what=SEED)


def _in_our_words(method: dict[str, Any]) -> dict[str, Any]:
    words = {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use your app or a spare code"),
        "mfa_reauthenticate:webauthn": _("Use your passkey"),
    }
    return method | {"description": words[method["id"]]}
