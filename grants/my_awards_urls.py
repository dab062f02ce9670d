"""The site map of one's own awards, under /my/awards/."""

from django.urls import path

from grants.views import own_award, own_report

urlpatterns = [
    path("<uuid:pk>/", own_award.own_award, name="own_award"),
    path("<uuid:pk>/change/", own_award.own_change, name="own_change"),
    path("<uuid:pk>/change/take-back/", own_award.own_change_drop, name="own_change_drop"),
    path("<uuid:pk>/report/", own_report.own_report, name="own_report"),
    path("<uuid:pk>/report/check/", own_report.own_report_check, name="own_report_check"),
    path("<uuid:pk>/story/take-back/", own_report.own_story_drop, name="own_story_drop"),
]
