"""The staff pages: Django's admin behind allauth's sign-in and a second factor."""

from typing import Any

from allauth.account.views import logout as account_logout
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.second_factor import needs_second_step, redirect_to_second_step, safe_next


class StaffSite(AdminSite):
    site_title = _("Staff")
    site_header = _("Staff pages")
    index_title = _("What needs doing")

    def get_urls(self) -> list[Any]:
        """Without Django's page that looks for a public one: a listing's own page links to it."""
        return [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not needs_second_step(request)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leads to whatever is missing: signing in, the second step, or being staff."""
        index = reverse("admin:index", current_app=self.name)
        came_for = safe_next(request, otherwise=index)
        if came_for.partition("?")[0] == request.path:
            came_for = index
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_login", query={"next": came_for}))
        if not request.user.is_staff:
            return render(request, "account/staff_only.html", status=403)
        if needs_second_step(request):
            return redirect_to_second_step(came_for)
        return HttpResponseRedirect(came_for)

    # Django's own of these are pages; ours are the account's.

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return account_logout(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_home")


staff_site = StaffSite(name="admin")
