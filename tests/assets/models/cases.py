"""For each rule of the tables: what breaks it, and what goes just so far.

A value that is a function gets the row, for what only the row knows.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from assets.models import OutwardCode
from assets.places.grid import GridPoint
from tests.assets import make
from tests.assets.models.case import NOW, TODAY, Case
from tests.assets.models.harvest_cases import HARVESTS
from tests.assets.models.told_cases import TOLD
from tests.assets.models.voices_cases import VOICES
from tests.grants.models.cases import FUND
from tests.people import person
from thrive.models import NeedsGroup, Theme, WayOfWorking

OFF_THE_GRID = GridPoint(-1, 0)
SHETLAND = GridPoint(447000, 1141000)
MASKED = {"shown": "masked", "name": "A home", "postcode": ""}


LISTINGS: dict[str, Case] = {
    f"{listing}_{name}": case
    for listing in ("organisation", "activity", "venue")
    for name, case in {
        "status_known": Case({"status": "secret"}, {"status": "withdrawn"}),
        "public_has_a_date": Case({"status": "ended"}, {"status": "ended", "first_public_at": NOW}),
        "checked_on_and_by": Case(
            {"last_checked_on": TODAY}, {"last_checked_on": TODAY, "last_checked_by": "group"}
        ),
        "has_a_slug": Case({"slug": ""}, {"slug": "ਪੰਜਾਬੀ"}),
    }.items()
}
RECORDS: dict[str, Case] = {
    f"{listing}{name}": case
    for listing in ("organisation", "activity", "venue")
    for name, case in {
        "move_goes_somewhere": Case({"to_status": "draft"}, {"to_status": "withdrawn"}),
        "move_from_status_known": Case({"from_status": "secret"}, {"from_status": "ended"}),
        "move_to_status_known": Case({"to_status": "secret"}, {"to_status": "ended"}),
        "assurance_checked_by_known": Case({"checked_by": "nobody"}, {"checked_by": "group"}),
    }.items()
}
TAGS: dict[str, Case] = {
    f"{table}_source_known": Case({"source": "rumour"}, {"source": "rule"})
    for table in (
        "activityneedsgroup",
        "activitytheme",
        "organisationtheme",
        "organisationwayofworking",
        "venuewayofworking",
    )
} | {
    "activity_needs_group_once": Case({"needs_group": lambda _row: NeedsGroup.objects.first()}),
    "activity_theme_once": Case({"theme": lambda _row: Theme.objects.first()}),
    "organisation_theme_once": Case({"theme": lambda _row: Theme.objects.first()}),
    "organisation_way_once": Case({"way_of_working": lambda _row: WayOfWorking.objects.first()}),
    "venue_way_once": Case({"way_of_working": lambda _row: WayOfWorking.objects.first()}),
    "partner_once": Case(
        {"organisation": lambda row: row.activity.partners.get()},
    ),
}
ORGANISATIONS: dict[str, Case] = {
    "organisation_kind_known": Case({"kind": "band"}, {"kind": "faith"}),
    "organisation_charity_number_once": Case(
        {
            "charity_number": lambda _row: (
                make.make_organisation(charity_number="1234567").charity_number
            )
        },
        {"charity_number": lambda _row: make.make_organisation(charity_number="").charity_number},
    ),
    "organisation_company_number_once": Case(
        {
            "company_number": lambda _row: (
                make.make_organisation(company_number="SC123456").company_number
            )
        },
        {"company_number": lambda _row: make.make_organisation(company_number="").company_number},
    ),
    "organisation_charity_number_digits": Case(
        {"charity_number": "12345"}, {"charity_number": "123456"}
    ),
    "organisation_company_number_form": Case(
        {"company_number": "1234567"}, {"company_number": "01234567"}
    ),
    "membership_role_known": Case({"role": "boss"}, {"role": "owner"}),
    "membership_once": Case({"user": lambda _row: person("erin")}),
    "membership_confirmed_at_and_by": Case(
        {"confirmed_at": NOW},
        {"confirmed_at": NOW, "confirmed_by": lambda _row: person("erin")},
    ),
    "contact_kind_known": Case({"kind": "pigeon"}, {"kind": "text"}),
    "contact_of_one_listing": Case({"activity": lambda _row: make.make_activity()}),
    "contact_number_is_a_number": Case(
        {"value": "01632 960123 (evenings)"}, {"value": "+44 1632 960123"}
    ),
    "contact_web_is_https_or_http": Case(
        {"kind": "web", "value": "javascript:alert(1)"},
        {"kind": "web", "value": "http://example.org/group"},
    ),
    "contact_email_has_an_at": Case(
        {"kind": "email", "value": "jo at example.org"},
        {"kind": "email", "value": "jo@example.org"},
    ),
    "truststatement_kind_known": Case({"kind": "horoscope"}, {"kind": "insurance"}),
    "trust_statement_once": Case({"kind": "safeguarding"}, {"kind": "insurance"}),
    "trust_statement_dated": Case({"stated_on": None}, {"stance": "not-asked", "stated_on": None}),
    "trust_statement_dbs_is_told": Case({"kind": "dbs", "stance": "seen"}, {"kind": "dbs"}),
    "trust_statement_registration_has_a_number": Case(
        {"kind": "ofsted"}, {"kind": "ofsted", "name": "EY123456"}
    ),
    "trust_statement_expires_later": Case({"expires_on": TODAY}, {"expires_on": date(2026, 11, 4)}),
}
ACTIVITIES: dict[str, Case] = {
    "activity_kind_known": Case({"kind": "festival"}, {"kind": "drop-in"}),
    "activity_ways_known": Case(
        {"ways_to_take_part": ["in-person", "telepathy"]},
        {"ways_to_take_part": ["in-person", "online"]},
    ),
    "activity_in_person_has_a_venue": Case(
        {"venue": None}, {"venue": None, "ways_to_take_part": ["phone"]}
    ),
    "activity_ages_in_order": Case(
        {"age_from": 24, "age_before": 24}, {"age_from": 24, "age_before": 25}
    ),
    "activity_price_goes_with_cost": Case(
        {"cost": "paid"}, {"cost": "paid", "price": Decimal("0.50")}
    ),
    "activity_cost_known": Case({"cost": "kindness"}, {"cost": "donation"}),
    "activity_level_known": Case({"level": "tier-3"}, {"level": "targeted"}),
    "activity_referral_says_by_whom": Case(
        {"how_to_come": "referral"}, {"how_to_come": "referral", "who_can_refer": ["self"]}
    ),
    "activity_how_to_come_known": Case({"how_to_come": "fly"}, {"how_to_come": "book"}),
    "activity_newcomers_dated": Case(
        {"newcomers": "full"}, {"newcomers": "full", "newcomers_said_on": TODAY}
    ),
    "activity_wait_goes_with_waiting_list": Case(
        {"waiting_weeks": 6},
        {"waiting_weeks": 6, "newcomers": "waiting", "newcomers_said_on": TODAY},
    ),
    "synonym_phrase_once": Case({"phrase": "FOOTY!"}, {"phrase": "wibble"}),
    "synonym_phrase_has_words": Case({"phrase": "…"}, {"phrase": "4"}),
    "synonym_means_something": Case({"means": []}, {"means": ["one"]}),
    "optionbit_once": Case({"option": "cat"}),
    "optionbit_of_one_option": Case({"bit": 0}),
    "optionbit_fits": Case({"bit": 63}, {"bit": 62}),
    "vocabularyword_is_plain": Case({"word": "Café"}, {"word": "cafe"}),
    "harveststamp_of_one_listing": Case({"organisation": lambda row: row.activity.organisation}),
    "searchrow_of_one_listing": Case({"organisation": lambda row: row.activity.organisation}),
}
SCHEDULES: dict[str, Case] = {
    "schedule_frequency_has_its_parts": Case(
        {"weekday": None}, {"weekday": None, "frequency": "dates", "dates": [TODAY]}
    ),
    "schedule_weekday_known": Case({"weekday": 7}, {"weekday": 6}),
    "schedule_week_of_month_known": Case(
        {"frequency": "monthly", "week_of_month": 5},
        {"frequency": "monthly", "week_of_month": -1},
    ),
    "schedule_fortnight_counts_from_its_day": Case(
        {"frequency": "fortnightly", "weekday": 2, "starts_on": TODAY},
        {"frequency": "fortnightly", "weekday": 1, "starts_on": TODAY},
    ),
    "schedule_time_of_year_known": Case({"time_of_year": "lent"}, {"time_of_year": "holidays"}),
    "schedule_on_bank_holidays_known": Case(
        {"on_bank_holidays": "perhaps"}, {"on_bank_holidays": "as-usual"}
    ),
    "schedule_times_in_order": Case({"ends_at": time(10)}, {"ends_at": time(10, 1)}),
    "schedule_days_in_order": Case(
        {"starts_on": TODAY, "ends_before": TODAY},
        {"starts_on": TODAY, "ends_before": date(2026, 11, 4)},
    ),
}
CALENDAR: dict[str, Case] = {
    "schoolterm_days_in_order": Case(
        {"ends_before": date(2026, 9, 2)}, {"ends_before": date(2026, 9, 3)}
    ),
    "schoolterm_days_once": Case(
        {"ends_before": date(2027, 1, 5)}, {"ends_before": date(2027, 1, 4)}
    ),
    "schoolterm_named_once": Case({"name": "Spring"}, {"name": "spring"}),
    "datechange_kind_known": Case(
        {"kind": "dreamt"}, {"kind": "cancelled"}, also=("datechange_has_its_parts",)
    ),
    "datechange_has_its_parts": Case(
        {"kind": "extra"},
        {"kind": "extra", "schedule": lambda row: row.activity.schedules.get()},
    ),
    "datechange_times_in_order": Case(
        {"starts_at": time(10)}, {"starts_at": time(10), "ends_at": time(10, 1)}
    ),
    "datechange_goes_somewhere": Case(
        {"kind": "moved", "to_on": date(2026, 11, 10)},
        {
            "kind": "moved",
            "to_on": date(2026, 11, 10),
            "starts_at": time(10),
            "ends_at": time(11),
        },
    ),
    "datechange_once": Case(
        {"on": TODAY}, {"on": TODAY, "schedule": lambda row: row.activity.schedules.get()}
    ),
    "occurrence_times_in_order": Case(
        {"ends_at": datetime(2026, 11, 3, 10, tzinfo=UTC)},
        {"ends_at": datetime(2026, 11, 3, 10, 1, tzinfo=UTC)},
    ),
    # Half past midnight in London is still the day before in UTC.
    "occurrence_on_its_day": Case(
        {"on": date(2026, 11, 4)},
        {
            "on": date(2026, 6, 3),
            "starts_at": datetime(2026, 6, 2, 23, 30, tzinfo=UTC),
        },
    ),
    "occurrence_parts_of_day_known": Case({"parts_of_day": 16}, {"parts_of_day": 15}),
    "occurrence_moved_is_not_on": Case(
        {"moved_to": date(2026, 11, 5)}, {"moved_to": date(2026, 11, 5), "cancelled": True}
    ),
}
PLACES: dict[str, Case] = {
    "venue_hidden_holds_nothing": Case(MASKED | {"hire": "Ask at 3 Testing Lane."}, MASKED),
    "venue_hidden_has_no_name": Case(
        MASKED | {"name": "Rose Cottage"},
        MASKED | {"shown": "told", "name": "A place the group will tell you"},
    ),
    "venue_public_has_a_postcode": Case({"postcode": "DE45"}, {"postcode": "W1A 1AA"}),
    "area_code_is_a_code": Case({"code": "E0599999"}, {"code": "E05999998"}),
    "area_kind_known": Case(
        {"kind": "continent"}, {"kind": "parish"}, also=("area_knows_its_parent",)
    ),
    "area_knows_its_parent": Case({"parent": None}, {"parent": None, "kind": "district"}),
    "area_not_in_itself": Case({"parent_id": lambda row: row.pk}),
    "place_kind_known": Case({"kind": "moon"}, {"kind": "hamlet"}),
    "place_on_the_grid": Case({"point": OFF_THE_GRID}, {"point": SHETLAND}),
    "outwardcode_is_one": Case({"code": "DE"}, {"code": "W1A"}),
    "outwardcode_on_the_grid": Case({"point": OFF_THE_GRID}, {"point": SHETLAND}),
    "postcode_is_one": Case({"code": "DE4 3A"}, {"code": "DE439ZY"}),
    "postcode_begins_with_outward": Case(
        {"code": "S329ZZ"},
        {"code": "S329ZZ", "outward": lambda _row: OutwardCode.objects.get(code="S32")},
    ),
    "postcode_on_the_grid": Case({"point": OFF_THE_GRID}, {"point": SHETLAND}),
    "accessfeature_of_something": Case({"of_activity": False}, {"of_venue": True}),
    "startingpoint_is_a_search": Case({"search": "/activities/?q=mud"}, {"search": "age=3&q=a+b"}),
}
HELP_LINES: dict[str, Case] = {
    "helpline_grouping_known": Case({"grouping": "chat"}, {"grouping": "health"}),
    "helpline_audience_known": Case({"audience": "cats"}, {"audience": "parents"}),
    "helpline_can_be_reached": Case(
        {"phone": "", "phone_tel": ""}, {"phone": "", "phone_tel": "", "text_number": "85258"}
    ),
    "helpline_phone_both_ways": Case({"phone_tel": ""}),
    "helpline_band_has_words": Case(
        {"in_band": True}, {"in_band": True, "band_label": "Somebody listens"}
    ),
    "helpline_checked_again_later": Case(
        {"check_again_by": TODAY}, {"check_again_by": date(2026, 11, 4)}
    ),
}
IMPORTS: dict[str, Case] = {
    "importbatch_undone_by_goes_with_when": Case(
        {"undone_by": lambda _row: person("erin")},
        {"undone_by": lambda _row: person("erin"), "undone_at": NOW},
    ),
    "importedrow_of_one_listing": Case(
        {"venue": lambda row: row.activity.venue},
        {"activity": None, "venue": lambda _row: make.make_venue()},
    ),
    "importchange_what_known": Case({"what": "dreamt"}, {"what": "changed"}),
    "importchange_once": Case({"row": lambda row: row.batch.changes.get().row}),
}
FRESHNESS: dict[str, Case] = {
    "freshnessreminder_asked_known": Case({"asked": "loudly"}, {"asked": "notice"}),
    "freshnessreminder_of_one_listing": Case(
        {"organisation": lambda row: row.activity.organisation},
        {"organisation": lambda row: row.activity.organisation, "activity": None},
    ),
    "freshnessreminder_comes_later": Case(
        {"sent_on": date(2026, 8, 2)}, {"sent_on": date(2026, 8, 3)}
    ),
    "freshnessreminder_once": Case(
        {"since": lambda row: row.activity.reminders.get().since},
        {"asked": "notice", "since": lambda row: row.activity.reminders.get().since},
    ),
    "dailyjob_name_known": Case({"name": "sing"}, {"name": "all"}),
    "dailyjob_times_in_order": Case(
        {"finished_at": datetime(2026, 11, 3, 11, tzinfo=UTC), "said": "Done"},
        {"finished_at": NOW, "said": "Done"},
    ),
    "dailyjob_finished_says_how": Case(
        {"finished_at": NOW}, {"finished_at": NOW, "said": "It did not work.", "failed": True}
    ),
}
CASES = LISTINGS | RECORDS | TAGS | ORGANISATIONS | ACTIVITIES | SCHEDULES
CASES |= CALENDAR | PLACES | HELP_LINES | IMPORTS | TOLD | FRESHNESS | VOICES | FUND
CASES |= HARVESTS
