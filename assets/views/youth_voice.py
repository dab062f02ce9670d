"""“What changed because young people spoke”."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.models import VoiceStandard, YouthVoiceReview

SHOWN = 30


@require_safe
def youth_voice(request: HttpRequest) -> HttpResponse:
    told = YouthVoiceReview.objects.told().select_related("standard")[:SHOWN]
    standards = VoiceStandard.objects.with_last_look()
    context = {"told": told, "standards": standards}
    return render(request, "assets/youth_voice.html", context)
