"""Every page in each of its states: what the walks over all pages walk over."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from assets.example import example_id
from assets.shortlist import Shortlist

# A day of next month, and a list of two things kept.
DAY = (timezone.localdate() + timedelta(days=30)).isoformat()
IDS = Shortlist((example_id("Saturday football"), example_id("The Front Room"))).text


@dataclass(frozen=True)
class Page:
    """`status` is the answer a visitor gets.

    `has_form`: there is a form to send, so the cookie that protects it may be set.
    """

    name: str
    path: str
    status: int = 200
    has_form: bool = False


PUBLIC_PAGES = [
    Page("home", "/"),
    Page("search", "/activities/"),
    Page("search, with everything asked", "/activities/?q=group&near=Matlock&within=20&age=3"),
    Page("search, second page", "/activities/?page=2"),
    Page("search, nothing found", "/activities/?q=zebracrossing"),
    Page("search, some of the words", "/activities/?q=toddler+zebracrossing"),
    Page("search, place guessed", "/activities/?near=bakewel"),
    Page("search, place unknown", "/activities/?near=Atlantis"),
    Page("search, postcode far away", "/activities/?near=SW1A+1AA"),
    Page("search, help first", "/activities/?q=i+want+to+die"),
    Page("search, bad values", "/activities/?age=banana&within=7", 400),
    Page("search, no such page", "/activities/?page=400", 404),
    Page("search, by needs group", "/activities/?needs=thriving&theme=youth-voice"),
    Page("search, teenager", "/activities/?age=teenager&within=3"),
    Page("search, filtered", "/activities/?when=week&when=holidays&cost=free&access=step-free"),
    Page("search, on a day, in the evening", f"/activities/?on={DAY}&time=evening&sort=next"),
    Page("search, words read", "/activities/?q=football+bakewell+saturday"),
    Page("search, slips mended", "/activities/?q=todler+group"),
    Page(
        "search, one thing in the way", "/activities/?near=Bakewell&age=3&needs=getting-more-help"
    ),
    Page("search, with a list of one's own", f"/activities/?near=Matlock&ids={IDS}"),
    Page("map", "/activities/?view=map"),
    Page("map, near a place", "/activities/?view=map&near=DE4+3AB"),
    Page("map, from close by", "/activities/?view=map&at=429800,360200&zoom=6"),
    Page("map, bad values", "/activities/?view=map&at=banana&zoom=99", 400),
    Page("by day", "/activities/?view=dates&near=Matlock"),
    Page("by day, nothing on", "/activities/?view=dates&when=holidays&theme=eating-disorders"),
    Page("to print", "/activities/?view=print&near=Bakewell"),
    Page("only text", "/activities/?view=text&near=Bakewell"),
    Page("only text, nothing found", "/activities/?view=text&q=zebracrossing&age=3"),
    Page("put it on your website", "/embed/?near=Bakewell&cost=free"),
    Page("put a map on your website, bad values", "/embed/?view=map&age=banana", 400),
    Page("in a frame", "/embed/activities/?near=Bakewell"),
    Page("in a frame, map", "/embed/activities/?view=map&near=Bakewell"),
    Page("in a frame, help first", "/embed/activities/?q=i+want+to+die"),
    Page("in a frame, place unknown", "/embed/activities/?near=Atlantis"),
    Page("in a frame, bad values", "/embed/activities/?age=banana", 400),
    Page("in a frame, nothing found", "/embed/activities/?q=zebracrossing"),
    Page("follow a search", "/alerts/?near=DE45+1DY&q=football&age=7&when=saturday", has_form=True),
    Page("follow a search, help first", "/alerts/?q=i+want+to+die", has_form=True),
    Page("follow a search, place unknown", "/alerts/?near=Atlantis", 400),
    Page("follow a search, mail sent", "/alerts/sent/"),
    Page("follow a search, link not whole", "/alerts/confirm/nothing/", 404),
    Page("shortlist", f"/shortlist/?ids={IDS}"),
    Page("shortlist, empty", "/shortlist/"),
    Page("shortlist, to print", f"/shortlist/?view=print&ids={IDS}"),
    Page("activity, run by several", "/activities/the-front-room/"),
    Page("activity, in a home", "/activities/sums-and-soup/"),
    Page("activity, told when you join", "/activities/every-colour-wednesdays/"),
    Page("activity, by referral", "/activities/the-talking-room/"),
    Page("activity, online", "/activities/around-the-table/"),
    Page("activity, having a break", "/activities/girls-football-on-wednesdays/"),
    Page("activity, ended", "/activities/soup-and-a-story/", 410),
    Page("activity, withdrawn", "/activities/kettles-on-after-dark/", 410),
    Page("group", "/groups/pebble-and-wren-families/"),
    Page("group, listing nothing", "/groups/the-borrowed-tent/"),
    Page("groups", "/groups/"),
    Page("groups, by name", "/groups/?name=a"),
    Page("groups, filtered", "/groups/?near=Bakewell&within=20&needs=thriving&who=girls&sort=name"),
    Page("groups, near", "/groups/?near=DE45+1DY&within=5&theme=speech-and-language"),
    Page("groups, place guessed", "/groups/?near=bakewel"),
    Page("groups, place unknown", "/groups/?near=Atlantis"),
    Page("groups, bad values", "/groups/?within=7&needs=dragons&sort=banana", 400),
    Page("groups, none found", "/groups/?name=zebracrossing"),
    Page("places", "/places/"),
    Page("places, filtered", "/places/?near=Matlock&access=step-free&working=spaces-and-places"),
    Page("places, place unknown", "/places/?near=Atlantis"),
    Page("places, bad values", "/places/?within=7&access=dragons", 400),
    Page("places, none found", "/places/?name=zebracrossing"),
    Page("place", "/places/weir-field-hall/"),
    Page("place, shut for now", "/places/stepping-stones-hut/"),
    Page("place, closed", "/places/the-tithe-room/", 410),
    Page("towns and villages", "/villages/"),
    Page("village", "/villages/bakewell/"),
    Page("village, nothing on", "/villages/abney/"),
    Page("thrive", "/thrive/"),
    Page("needs group", "/thrive/getting-advice/"),
    Page("needs group, help lines first", "/thrive/getting-risk-support/"),
    Page("theme", "/themes/youth-voice/"),
    Page("coverage", "/coverage/"),
    Page("coverage, by hours", "/coverage/?rows=needs&columns=ages&measure=hours&place=matlock"),
    Page("coverage, within reach", "/coverage/?rows=ages&measure=reach&within=3&theme=mobility"),
    Page("coverage, bad values", "/coverage/?rows=needs&columns=needs&by=ward&ages=7", 400),
    Page("search, from a cell", "/activities/?theme=mobility&ages=0-4&part=matlock&unchecked=1"),
    Page("search, bad part", "/activities/?part=atlantis&ages=7", 400),
    Page("theme, help lines first", "/themes/eating-disorders/"),
    Page("what young people changed", "/youth-voice/"),
    Page("stories", "/stories/"),
    Page("stories, filtered", "/stories/?whose=parent&theme=mobility&working=coaching"),
    Page("stories, bad values", "/stories/?whose=banana", 400),
    Page("good to read", "/resources/"),
    Page("good to read, filtered", "/resources/?q=school&reader=workers&theme=social-media"),
    Page("good to read, none found", "/resources/?q=zebracrossing"),
    Page("good to read, bad values", "/resources/?reader=banana", 400),
    Page("help now", "/help-now/"),
    Page("search, with what nobody has checked", "/activities/?unchecked=1"),
    Page("how fresh", "/how-fresh/"),
    Page("grants", "/grants/"),
    Page("round, open", "/grants/example-3/"),
    Page("round, over", "/grants/example-1/"),
    Page("apply, first questions", "/grants/example-3/apply/"),
    Page("apply, an answer missing", "/grants/example-3/apply/?q1=yes", 400),
    Page("apply, not for you", "/grants/example-3/apply/?q1=no&q2=yes&q3=no"),
    Page("apply, too late", "/grants/example-1/apply/"),
    Page("awards, searched", "/grants/awards/?q=minibus&theme=mobility"),
    Page("list your group", "/list-your-group/"),
    Page("list your group, some alike", "/list-your-group/?q=lapwings"),
    Page("list your group, none alike", "/list-your-group/?q=zebracrossing"),
    Page("list your group, too long", f"/list-your-group/?q={'x' * 121}", 400),
    Page("list your group, begin", "/list-your-group/begin/", has_form=True),
    Page("list your group, link again", "/list-your-group/link/", has_form=True),
    Page("list your group, link sent", "/list-your-group/link/sent/"),
    Page("list your group, link not whole", "/list-your-group/nothing/", 404),
    Page("this is us", "/list-your-group/this-is-us/little-lapwings/", has_form=True),
    Page("this is us, sent", "/list-your-group/this-is-us/little-lapwings/sent/"),
    Page("something wrong", "/report/activity/the-front-room/", has_form=True),
    Page("something wrong with a group", "/report/group/pebble-and-wren-families/", has_form=True),
    Page("something wrong with a place", "/report/place/weir-field-hall/", has_form=True),
    Page("something wrong, received", "/report/received/"),
    Page("worry about safety", "/report/activity/the-front-room/worry/", has_form=True),
    Page("worry about safety, received", "/report/received/worry/"),
    Page("awards", "/grants/awards/"),
    Page("what the grants did", "/grants/awards/what-they-did/"),
    Page("awards, none found", "/grants/awards/?whose=theirs&q=zebracrossing"),
    Page("awards, bad values", "/grants/awards/?amount=banana&whose=banana", 400),
    Page("questions to ask", "/questions-to-ask/"),
    Page("confirm, link not whole", "/list-your-group/confirm/nothing/", 404),
    Page("still right, link not whole", "/still-right/nothing/", 404),
    Page("open data", "/open-data/"),
    Page("about", "/about/"),
    Page("privacy", "/privacy/"),
    Page("accessibility", "/accessibility/"),
    Page("not found", "/nowhere/", 404),
]
