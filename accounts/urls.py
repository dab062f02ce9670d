"""The account's site map. allauth's pages are listed one by one, each with its guard."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from accounts import views
from accounts.second_factor import renewing_the_session as renewing
from accounts.second_factor import second_step_first as guarded

urlpatterns = [
    path("", views.account_home, name="account_home"),
    # Coming in and going out
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # A forgotten password
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "password/reset/code/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/new/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    # The second step of the staff pages
    path("second-step/", views.second_step, name="account_second_step"),
    path("second-step/send/", views.send_second_step_code, name="account_second_step_send"),
    path("second-step/code/", views.second_step_code, name="account_second_step_code"),
    # Saying again that it is you
    path("confirm/", renewing(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/app/", renewing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        renewing(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    # Looking after one's account
    path("email/", guarded(account.email), name="account_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("extra/", guarded(mfa.index), name="mfa_index"),
    path("extra/app/add/", guarded(app.activate_totp), name="mfa_activate_totp"),
    path("extra/app/remove/", guarded(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("extra/passkeys/", guarded(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("extra/passkeys/add/", guarded(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "extra/passkeys/<int:pk>/remove/",
        guarded(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "extra/passkeys/<int:pk>/name/", guarded(passkeys.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "extra/spare-codes/",
        guarded(spare_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "extra/spare-codes/new/",
        guarded(spare_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "extra/spare-codes/download/",
        guarded(spare_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
