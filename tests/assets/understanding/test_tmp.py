import pytest
from assets.models import Area
@pytest.mark.django_db
def test_x():
    from assets.understanding.place_names import names
    print(sorted(names().wide))
    print(len(names().places), sorted(names().outward))
    from assets.understanding.reading import understand
    from datetime import date
    for q in """bus from bakewell to buxton
what can I do with a 5 year old on a rainy sunday in matlock for free
my 3 and 5 year olds
baby massage wirksworth
parents of 2 year olds near belper wednesday am
weds 4pm football bakewell
activities for 18 months
holiday clubs august ashbourne
son won't leave his room 14
he is 20 weeks
youth group for my 15 yr old daughter hope valley
girls football u11
karate lessons for adults and children in Ashborne
swiming lessons in matlok
bus pass 16-18
free bus pass
30 hours free childcare
someone to talk to tonight
support for mums in Derby
CAMHS waiting list
sunday roast
wed
one to one
two year old stay and play
my ten year old
stay and play 2pm
school uniform
first aid
14th birthday party
Easter egg hunt
what is on in bakewell this weekend
any youth clubs around youlgreave on a friday
football at hope
ages 5-7
9 months pregnant
sleep 6 month old baby
year 6 to year 7""".split("\n"):
        print(q, "=>", understand(q, today=date(2026,11,22)))
