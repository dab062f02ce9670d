"""Times on a clock of 24 hours, as everywhere in the staff pages: Django’s own say “11:37 a.m.”."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
