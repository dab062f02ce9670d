"""Whether it has to be free, in everyday words."""

from assets.understanding.text import Text, pattern

_AFTER = (
    "school|meals?|lunch|lunches|range|time|play|running|style|from|childcare|hours|speech|will|"
    "weights|kicks?|periods?|spirit|flow|parking|wifi|nursery|prescriptions?|bus|travel|dental|eye"
)
_BEFORE = frozenset(
    "alcohol bully bullying cage care dairy drink drug drugs egg feel gluten hands lactose "
    "meat milk nut nuts pain phone scot screen set smoke smoking step stress sugar toxic trouble "
    "violence wheat worry break get".split()
)
# What cannot be paid may itself be what is looked for: “can't afford food” is about a food bank.
_CANNOT = "(?:i |we |that i |that we |she |he )?(?:cant|cannot|can not|cnt)(?: really)? afford"
FREE = pattern(
    rf"""
    (?:for |at )?free(?: of charge)?(?! (?:{_AFTER})(?!\S))|
    (?:at )?no cost|no charge|without paying|costs? nothing|
    (?:doesnt|dont|does not|do not|not) cost (?:anything|money)|
    {_CANNOT} (?:to pay|it|them|this|that|much|clubs?|activities|classes|lessons|anything|to go)|
    {_CANNOT} (?:the )?(?:fees|cost)|
    {_CANNOT}(?= \||$)|
    (?:have |got |with )?no money(?: for (?:clubs?|activities|anything))?(?= \||$)
    """
)
# Little will do: what is free, or where there is help for those who cannot pay.
CHEAP = pattern(
    r"""
    (?:that |which |something |but )?(?:doesnt|dont|does not|do not|not|wont) cost
        (?: me| us)? (?:much|a lot|too much|the earth|a fortune|an arm and a leg|loads)|
    (?:that |which |but )?(?:isnt |is not |arent |not )(?:too |very |so )?(?:expensive|dear|pricey)|
    (?:on |with )?(?:a |very )*(?:tight|small|low|limited) (?:budget|income)|on a budget|
    (?:really |very |quite )?(?:cheap|cheaper|inexpensive|affordable|low cost|reasonably priced)
    """
)


def take_cost(text: Text) -> tuple[str, ...]:
    """`free`; for who cannot pay, `help` with the cost will do, too; or nothing."""
    found: set[str] = set()
    for match, start, end in text.found(FREE):
        before = text.words()[start - 1] if start else ""
        if match[0] == "free" and before in _BEFORE:
            continue
        text.take(start, end)
        found |= {"free"}
        if "afford" in match[0] or "money" in match[0]:
            found |= {"help"}
    for _match, start, end in text.found(CHEAP):
        text.take(start, end)
        found |= {"free", "help"}
    return tuple(sorted(found))
