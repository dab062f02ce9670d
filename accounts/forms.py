"""allauth's forms with our words: a label and a hint for each field, nothing written inside it."""

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

Words = dict[str, tuple[Any, Any]]

EMAIL = (_("E-mail address"), "")
NEW_PASSWORD = (
    _("New password"),
    _("12 characters or more. Three or four words that only you would put together do well."),
)
AGAIN = (_("The same password again"), "")
MAILED_CODE = (_("Code"), _("Eight figures, from our mail."))
APP_CODE = (_("Code"), _("Six figures from your app, or one of your spare codes."))


class InOurWords(forms.Form):
    """Give `words`: field name → (label, hint)."""

    words: Words = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignInForm(InOurWords, account.LoginForm):
    words: Words = {"login": EMAIL, "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def _setup_password_field(self) -> None:
        """allauth drops the password here when signing up does not ask for one."""


class SignUpForm(InOurWords, account.SignupForm):
    words: Words = {
        "email": (_("E-mail address"), _("We send you a code, to be sure that it is yours."))
    }


class RequestCodeForm(InOurWords, account.RequestLoginCodeForm):
    words: Words = {"email": EMAIL}


class ConfirmSignInCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    words: Words = {"code": MAILED_CODE}


class ConfirmAddressCodeForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    words: Words = {"code": MAILED_CODE}


class ConfirmResetCodeForm(InOurWords, account.ConfirmPasswordResetCodeForm):
    words: Words = {"code": MAILED_CODE}


class SecondStepForm(InOurWords, account.BaseConfirmCodeForm):
    words: Words = {"code": MAILED_CODE}


class ChangeAddressForm(InOurWords, account.AddEmailForm):
    words: Words = {
        "email": (_("New e-mail address"), _("We send a code there. Until then nothing changes."))
    }


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    words: Words = {
        "oldpassword": (_("Your password now"), ""),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    words: Words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class AskResetForm(InOurWords, account.ResetPasswordForm):
    words: Words = {"email": EMAIL}


class ResetPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    words: Words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ConfirmPasswordForm(InOurWords, account.ReauthenticateForm):
    words: Words = {"password": (_("Password"), "")}


class AppCodeForm(InOurWords, mfa.AuthenticateForm):
    words: Words = {"code": APP_CODE}


class ConfirmAppCodeForm(InOurWords, mfa.ReauthenticateForm):
    words: Words = {"code": APP_CODE}


class AddAppForm(InOurWords, totp.ActivateTOTPForm):
    words: Words = {"code": (_("Code from the app"), _("Six figures."))}

    @property
    def key_to_type(self) -> str:
        """In fours, as apps show it."""
        return " ".join(textwrap.wrap(self.secret, 4))


class AnyAnswer(forms.Form):
    """For forms that take a passkey's answer: one that cannot be read is a wrong one.

    allauth hands it to several parsers, and catches only some of what they raise.
    """

    @contextmanager
    def reading(self) -> Iterator[None]:
        try:
            yield
        except forms.ValidationError:
            raise
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(InOurWords, AnyAnswer, webauthn.AddWebAuthnForm):
    words: Words = {
        "name": (_("A name for it"), _("“My phone”, say, so that you know which it is.")),
        "passwordless": (
            _("Let it sign me in by itself, without a password"),
            _("Right for a phone, tablet or computer. Not for a security key without a PIN."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> Any:
        with self.reading():
            return super().clean()


class PasskeyForm(AnyAnswer, webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with self.reading():
            return super().clean_credential()


class PasskeySignInForm(AnyAnswer, webauthn.LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        with self.reading():
            return super().clean_credential()


class ConfirmPasskeyForm(AnyAnswer, webauthn.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with self.reading():
            return super().clean_credential()


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    words: Words = {"name": (_("A name for it"), "")}
