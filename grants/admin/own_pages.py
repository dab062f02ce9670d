"""Staff pages of our own in place of Django's for one model: who sees them is said in one place."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.models import User
from assets.admin.base import ReadOnlyAdmin, who


class OwnPages(ReadOnlyAdmin):
    """`may_see` opens them to a person; which rows are theirs is said by `get_queryset`."""

    def may_see(self, person: User) -> bool:
        raise NotImplementedError

    def page_of(self, request: HttpRequest, row: Any) -> HttpResponse:
        """The page of one row that they may see."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_see(who(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_see(who(request))

    def guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def view(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)

    def show(self, request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, shared | context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self.guard(request)
        row = self.get_object(request, object_id)
        return self.nothing_there(request, object_id) if row is None else self.page_of(request, row)

    def nothing_there(self, request: HttpRequest, key: str) -> HttpResponse:
        """It is gone, or not theirs to see: which of the two is not said."""
        return self._get_obj_does_not_exist_redirect(request, self.opts, key)  # type: ignore[attr-defined, no-any-return]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What became of it stands on its page."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[object_id]))
