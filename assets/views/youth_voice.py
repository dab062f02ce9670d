"""“What changed because young people spoke”."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.models import VoiceStandard, YouthVoiceReview
from thrive.models import Theme

SHOWN = 30
# Where the district has this theme, its page says where young people are heard.
THEME = "youth-voice"


@require_safe
def youth_voice(request: HttpRequest) -> HttpResponse:
    told = YouthVoiceReview.objects.told().select_related("standard")[:SHOWN]
    standards = VoiceStandard.objects.with_last_look()
    theme = Theme.objects.filter(pk=THEME).first()
    context = {"told": told, "standards": standards, "theme": theme}
    return render(request, "assets/youth_voice.html", context)
