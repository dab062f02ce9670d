"""“Within 5 miles of”, in miles that the search has on offer."""

from assets.understanding.text import Text, pattern

# What the search has on offer.
MILES = (1, 3, 5, 10, 20)
KM_IN_A_MILE = 1.609
IN_WORDS = {
    "a": 1,
    "one": 1,
    "a couple of": 3,
    "two": 2,
    "a few": 3,
    "three": 3,
    "five": 5,
    "ten": 10,
}
NUMBERS = "|".join(IN_WORDS)
FAR = pattern(
    rf"""
    (?:within |up to |under )?(\d{{1,3}}|{NUMBERS}) ?(miles?|mi|km|kilometres?)
    (?= (?:of|from|around|round|away from) )
    """
)
# How far one gets in a time depends on the bus.
MINUTES = pattern(r"within (?:\d{1,3}|a few|a couple of) ?(?:minutes|mins)(?= of )")


def take_distance(text: Text) -> int | None:
    """The least on offer that reaches as far, or the most there is; None where none is said."""
    within = None
    for match, start, end in text.found(FAR):
        said = IN_WORDS.get(match[1]) or int(match[1])
        miles = said if match[2].startswith("mi") else said / KM_IN_A_MILE
        within = next((one for one in MILES if one >= miles), MILES[-1])
        text.take(start, end)
    for _match, start, end in text.found(MINUTES):
        text.take(start, end)
    return within
