"""Words that ask for help first, and words that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.crisis import LONGEST_TEXT, Topic, needs_help_first, topics

SUICIDE = """
suicide
suicidal thoughts
suicde
sucide
sucidal
suiside
suacide
sewerslide
su1cide
$uicide
su*cide
s u i c i d e
s.u.i.c.i.d.e
sui cide
SUICIDAL!!!
ｓｕｉｃｉｄｅ
𝐬𝐮𝐢𝐜𝐢𝐝𝐚𝐥
ѕuісіdе
su\u200bic\u200bide
#suicideawareness
i want to kill myself
wanna kill my self
k!ll mys3lf
ki11 myself
kil myslef
kill meself
daughter says she wants to kill herself
killmyself
kms
kys
i want to die
i wanna dieeee
wnat to die
want 2 die
iwanttodie
he wants to be dead
i dont want to be here anymore
I don’t want to be here any more
dnt want to be alive
my son doesn't want to live anymore
wish i was dead
wish i had never been born
wish i wouldnt wake up
better off dead
everyone is better off without me
no reason to live
no point in living
tired of living
life is not worth living
end my life
ending it all
take my own life
took his own life
unalive myself
unaliving
jump off a bridge
hang myself
slit my wrists
thinking about dying
thoughts of ending my life
i hate my life
i cant go on like this
whats the point of living
going to end it tonight
i want to disappear forever
my friend tried to kill herself
should i just die
giving up on life
"""

SELF_HARM = """
self harm
self-harm
selfharm
selfharming
slef harm
self hram
self ham
my daughter is self harming
cutting myself
cuting myself
i cut myself
cutting my arms
cuts on her arms
burning my skin
hurting myself
hurt my self
hurtin meself
my child hits himself
she scratches herself
my friend is cutting
urge to cut
i need to cut
how to stop cutting
razor blades
s e l f h a r m
s3lf h4rm
scars on my arms
relapsed and cut my arms
hurting myself on purpose after football
"""

OVERDOSE = """
overdose
over dose
ovredose
overdosd
overdoze
overdosed on paracetamol
overdosing
i od'd last night
took too many pills
took to many paracetomol
taken too many tablets
ate too many pills
swallowed all my mums tablets
took a whole packet of ibuprofen
took 20 paracetamol
too many painkillers
how many paracetamol to die
drank bleach
toddler swallowed a battery
poisoned myself
too much calpol
had 30 tablets
"""

ABUSE = """
raped
i was raped
rape
r*pe
r4ped
sexual abuse
sexualy abused
abused by my uncle
abusive partner
being abussed
molested
mollested
he hits me
my dad hits me
dad hit me again
mum hits us
my boyfriend punched me
my stepdad is hurting me
she keeps slapping me
my husband beats me up
dad hits my mum
hit by my dad
hurting me
someone is touching me
he touches me
he keeps touching me
touched my private parts
groomed online
i think im being groomed
being grooomed by a man online
grooming me
being hurt at home
i dont feel safe at home
not safe at home
scared to go home
scared of my dad
frightened of my boyfreind
domestic abuse
domestic violence
domestik abuse
violent home
forced marriage
they are forcing me to marry
he forced me to
made me touch him
he makes me do things
sent nudes
someone leaked my nudes
blackmailing me with pictures
county lines
sextortion
strangled me
he threatened to kill me
trying to kill me
coercive control
locked me in
neglected
fgm
dad hits me after football
my teacher touched me
he comes into my room at night
she wont let me leave
asking for pics of me
"""

HARMLESS = """
suite
hotel suite
seaside
suitcase
grape
grapes and wine tasting
drapes
scraped knee club
oilseed rape walk
rapeseed fields
rapid river walk
taped music
cutting and sewing class
dance die-cutting
die cut cards
craft cutting
cutting garden
hedge cutting
hair cutting course
cuttings and seeds swap
hits the gym
hit the gym
greatest hits choir
paint pouring
harmony
barbershop harmony choir
self help group
self defence for girls
self care
myself and my baby
my self esteem
build my self esteem
selfie workshop
abseil
abseiling
skill
skill swap
life skills
killing time
kill time in the holidays
killer whale talk
bus route
catch the bus
10 kms run
5 kms walk
live music
living with a new baby
live in matlock
we don't want to live in town walks
want to diet
want to dance
wants to dye wool
want to die cut paper
die hard film night
tie dye
dead sea scrolls talk
day of the dead crafts
dog grooming
being groomed pony care day
dog groomers
amuse
amusing stories
abacus
assault course
pinata bash
boys and girls club
beat boxing
drumming beats
he beats me at chess
hit me with the ball netball
touch rugby
touch typing
touched by music
keep in touch
pills and potions craft
tablets for beginners
computer tablet help
overdue library books
overdone
dosage of fun
how many people
take many photos
took too many photos
take all the family
hanging baskets
hanging out with friends
hang gliding
jumping clay
jump off the diving board
hurt my knee football
first aid when children hurt themselves
cut yourself some slack
cut your hair
my baby is cutting teeth
scared of dogs
scared of heights
scared of the dark
violin
violet
forced rhubarb
farming
warming up
charming
meditation
medication review
shared reading
scarecrow
locked rooms escape game
home education
safe at home with baby
stay and play
autism
anxiety
bullying
lonely
parkrun
de4 3ab
wirksworth
nude life drawing class
life drawing
take your life jacket canoeing
poison dart frogs
battery recycling
razor shells beach walk
alcohol abuse support
slime
shooting stars
end of term disco
end it with a song
ending soon
off road biking
feel like baking
sleep
wake up shake up
young carers
east molesey
turning point
starting point for life skills
play fighting for dads
beaten up old bike repair
getting hurt in sport
wish upon a star
just dance
dead good poets
my mum throws pots
too much screen time
blackballed
"""


def _lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("text", _lines(SUICIDE))
def test_words_about_suicide_ask_for_help_first(text: str) -> None:
    assert Topic.SUICIDE in topics(text)


@pytest.mark.parametrize("text", _lines(SELF_HARM))
def test_words_about_self_harm_ask_for_help_first(text: str) -> None:
    assert Topic.SELF_HARM in topics(text)


@pytest.mark.parametrize("text", _lines(OVERDOSE))
def test_words_about_an_overdose_ask_for_help_first(text: str) -> None:
    assert Topic.OVERDOSE in topics(text)


@pytest.mark.parametrize("text", _lines(ABUSE))
def test_words_about_abuse_ask_for_help_first(text: str) -> None:
    assert Topic.ABUSE in topics(text)


@pytest.mark.parametrize("text", _lines(HARMLESS))
def test_everyday_words_are_left_alone(text: str) -> None:
    assert topics(text) == frozenset()


def test_a_cry_for_help_is_heard_inside_an_ordinary_search() -> None:
    assert needs_help_first("youth club near matlock i want to die")


def test_every_topic_is_told_when_there_are_several() -> None:
    assert topics("he hits me and i cut myself") == {Topic.ABUSE, Topic.SELF_HARM}


@pytest.mark.parametrize(
    "text", ["", " ", "...", "12345", "!!!", "*", "@", "😀", "\x00", "a" * 10_000]
)
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert topics(text) == frozenset()


def test_what_follows_a_very_long_text_is_not_looked_at() -> None:
    padding = "club " * (LONGEST_TEXT // 5)
    assert topics(padding + "suicide") == frozenset()
    assert topics("suicide " + padding) == {Topic.SUICIDE}


@given(st.text(max_size=10_000))
def test_garbage_gives_an_answer(text: str) -> None:
    assert isinstance(needs_help_first(text), bool)


@given(st.text(alphabet="suicdeikl!1 *$@'’.-_\u200bа́", max_size=300))
def test_garbage_made_of_our_own_letters_gives_an_answer(text: str) -> None:
    assert isinstance(needs_help_first(text), bool)


@given(st.text(alphabet=st.characters(categories=["P", "Z", "S"]), max_size=20))
def test_signs_around_a_word_do_not_hide_it(signs: str) -> None:
    assert needs_help_first(f"{signs} suicide {signs}")
