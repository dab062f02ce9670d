"""Whom to call, first. One table for the whole site; every fact has a source and a date."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thrive.choices import known


class HelpLineQuerySet(models.QuerySet):
    def in_band(self) -> Self:
        """The few that stand at the top of every page."""
        return self.filter(in_band=True)

    def to_reach_now(self) -> Self:
        """The first few who answer at once, by voice or by text: for danger, then to talk."""
        now = [HelpLine.Grouping.DANGER_NOW, HelpLine.Grouping.TALK_NOW]
        mostly_anyone = [HelpLine.For.ANYONE, HelpLine.For.YOUNG_PEOPLE]
        found = self.filter(grouping__in=now, audience__in=mostly_anyone).exclude(slug="text-999")
        return found.order_by("grouping", "reading_order")[:6]

    def for_a_child_at_risk(self, areas: Collection[str]) -> Self:
        """999 first; then, of these councils, whom to tell, and the officer for grown-ups."""
        found = self.filter(
            Q(grouping=HelpLine.Grouping.DANGER_NOW) & ~Q(phone_tel="")
            | Q(
                grouping=HelpLine.Grouping.WORRIED,
                audience__in=[HelpLine.For.ADULTS, HelpLine.For.GROUP_LEADERS],
                area__in=areas,
            )
        )
        return found.order_by("grouping", "reading_order")

    def overdue(self) -> Self:
        """Those whose facts somebody should check again."""
        return self.filter(check_again_by__lt=timezone.localdate())


class HelpLine(models.Model):
    class Grouping(models.TextChoices):
        DANGER_NOW = "danger_now", _("Someone is in danger now")
        TALK_NOW = "talk_now", _("Talk to someone now")
        WORRIED = "worried_about_a_child", _("Worried about a child")
        HURT = "hurt_or_scared", _("Hurt or scared, at home or anywhere")
        HEALTH = "health", _("Health")

    class For(models.TextChoices):
        ANYONE = "anyone", _("anyone")
        YOUNG_PEOPLE = "young_people", _("young people")
        PARENTS = "parents", _("parents and carers")
        ADULTS = "adults", _("adults worried about a child")
        GROUP_LEADERS = "group_leaders", _("people who run groups")

    slug = models.SlugField(_("short name"), primary_key=True)
    grouping = models.CharField(_("under which heading"), max_length=30, choices=Grouping)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)
    in_band = models.BooleanField(_("at the top of every page"), default=False)
    band_label = models.CharField(_("in short"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    for_whom = models.CharField(_("who it is for"), max_length=200)
    audience = models.CharField(_("mostly for"), max_length=20, choices=For)
    what = models.CharField(_("what it does"), max_length=400)
    phone = models.CharField(_("phone, as read"), max_length=60, blank=True)
    phone_tel = models.CharField(_("phone, as dialled"), max_length=20, blank=True)
    text_number = models.CharField(_("number to text"), max_length=20, blank=True)
    text_word = models.CharField(_("word to text"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    web = models.URLField(_("website"), blank=True)
    hours = models.CharField(_("hours"), max_length=250)
    deaf = models.CharField(_("text, Relay or sign language"), max_length=300, blank=True)
    area = models.CharField(_("place it serves"), max_length=80, blank=True)
    source_name = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=300)
    source_dated = models.CharField(_("date of the source"), max_length=120, blank=True)
    checked_on = models.DateField(_("checked on"))
    check_again_by = models.DateField(_("check again by"))
    staff_note = models.TextField(_("still to confirm"), blank=True)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        constraints = [
            known(
                "grouping",
                "danger_now talk_now worried_about_a_child hurt_or_scared health".split(),
                _("Say under which heading it stands."),
            ),
            known(
                "audience",
                "anyone young_people parents adults group_leaders".split(),
                _("Say whom it is mostly for."),
            ),
            models.CheckConstraint(
                name="helpline_can_be_reached",
                condition=~Q(phone="") | ~Q(text_number="") | ~Q(web="") | ~Q(email=""),
                violation_error_message=_("Give a number to call or text, or an address."),
            ),
            models.CheckConstraint(
                name="helpline_phone_both_ways",
                condition=Q(phone="", phone_tel="") | (~Q(phone="") & ~Q(phone_tel="")),
                violation_error_message=_("Write the phone number as read and as dialled."),
            ),
            models.CheckConstraint(
                name="helpline_band_has_words",
                condition=Q(in_band=False) | (~Q(band_label="") & ~Q(phone_tel="")),
                violation_error_message=_("At the top of every page it needs few words."),
            ),
            models.CheckConstraint(
                name="helpline_checked_again_later",
                condition=Q(check_again_by__gt=models.F("checked_on")),
                violation_error_message=_("The next check comes after the last one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
