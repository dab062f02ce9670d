"""What is done by itself every day, to look at."""

from django.contrib import admin

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin
from assets.models import DailyJob


@admin.register(DailyJob, site=staff_site)
class DailyJobAdmin(ReadOnlyAdmin):
    list_display = ("name", "begun_at", "finished_at", "said", "failed")
    list_filter = ("failed", "name")
    fields = ("name", "begun_at", "finished_at", "said", "failed")
