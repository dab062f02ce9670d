"""Who may sign in at all."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class AccountBackend(AuthenticationBackend):
    """allauth's, and it also forgets sessions of people who may no longer sign in."""

    def user_can_authenticate(self, user: Any) -> bool:
        return isinstance(user, User) and user.may_sign_in
