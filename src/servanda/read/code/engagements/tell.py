"""What else the words tell of an engagement: its status, date, place, form and occasion."""

from __future__ import annotations

import re

from servanda.read.code.engagements.around import Firing, name_end
from servanda.read.code.engagements.clause import Setting
from servanda.read.code.engagements.context import Context
from servanda.read.page import Page
from servanda.types import DateExpression, EngagementStatus

CAPITAL = "[" + "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper()) + "]"
WORD = rf"{CAPITAL}[\w\-]*(?:\.{CAPITAL}[\w\-]*)*"
NAME = rf"{WORD}(?:(?:\s|\s?-\s?){WORD}|\s\d+)*"
YEARS = re.compile(r"\d{4}/\d{4}")  # the years of a programme, never of an engagement
YEAR = re.compile(r"\d{4}")
YEAR_LONG, OLDEST = 4, 1946
AIM = 24  # code points from the words of an aim to its year
REACH = 160  # code points from what is told to the words that put it off
JUST = 12  # code points from the name of an event to the day right behind it
TREATY = 90  # code points from a treaty's name to its year
GOAL = re.compile(rf"\s*(?:[a-zà-ỹđ]+\s){{0,5}}{NAME}(?:,\s{NAME})*(?:\s\([^()\d]{{2,30}}\))?")
LAST_WORD = re.compile(r" [^\W\d_]{2,7}(?=[,.;)]|\n|$)")


def goal(page: Page, firing: Firing, context: Context) -> str | None:
    """Where a visit goes that no actor's name tells: the capitalised words after the cue, and what leads to them."""
    match = GOAL.match(page.text, firing.end, min(firing.limit, firing.end + 80))
    if match is None or context["of"].search(match.group().lower()):
        return None
    if context.tells("stop", context["lead"].sub(" ", match.group().lower(), count=1)):
        return None
    return _worded(page, firing, match, context)


def _worded(page: Page, firing: Firing, match: re.Match[str], context: Context) -> str:
    """The place without what follows a comma and is no state; a body's name goes on in small letters."""
    end = _before_clause(page, firing, match)
    states = {u.start for u in firing.setting.units if u.kind == "state"}
    own = match.start() + len(match.group()) - len(match.group().lstrip())
    while (comma := page.text.rfind(",", match.start(), end)) >= 0:
        last = page.text[comma + 1 : end].split()
        if len(last) > 1 or comma + 2 in states:
            break
        end = comma
    if own not in states and sum(word[:1].isupper() for word in page.text[match.start() : end].split()) == 1:
        tail = firing.setting.between(end, end + 60)
        stop = context["name_end"].search(tail)
        end += stop.start() if stop and not page.text[match.start() : end].endswith(")") else 0
    if (ending := LAST_WORD.match(page.text, end)) and not context["name_end"].search(ending.group().lower()):
        end = ending.end()
    return " ".join(page.text[match.start() : end].split()).rstrip(" .,-")


def _before_clause(page: Page, firing: Firing, match: re.Match[str]) -> int:
    """Where the place ends: before a phrase after a comma that is no part of it, `tại Hà Nội, Bộ Quốc phòng đã …`."""
    inside = [u for u in firing.setting.units if match.start() < u.start < match.end() and not u.oblique]
    follows = [u.start for u in inside if page.text[match.start() : u.start].rstrip().endswith(",")]
    return min([match.end(), *(page.text.rfind(",", 0, start) for start in follows)])


def status(firing: Firing, context: Context, inherited: EngagementStatus | None) -> EngagementStatus | None:
    """Held, planned, proposed, postponed or cancelled; None where it is denied or only a condition."""
    setting = firing.setting
    window = _window(firing, context)
    before = setting.between(firing.opens - 40, firing.opens) if not firing.subject else _before_subject(firing)
    if (
        context.tells("negated", window[-32:])
        or context.tells("ought", window)
        or context.tells("conditional", f"{before} {window}")
    ):
        return None
    if firing.invited or (firing.rule.shape == "verb" and context.tells("asked", _led_to(firing))):
        return "proposed"
    if context.tells("habit", window):
        return None
    if context.tells("backed", _led_to(firing)):
        return "planned"
    told = _told(firing, context, window)
    if told:
        return told
    if inherited == "planned" and (_at_planned(firing, context) or _listed_as_planned(firing, context)):
        return "planned"
    if context.tells("held", window):
        return "held"
    goes_on = inherited == "planned" and firing.previous is None and context.tells("adds", setting.words)
    return inherited if inherited and (firing.carried or goes_on) else "held"


def goes_on_as_planned(setting: Setting, last: int, context: Context) -> bool:
    """`A sẽ thăm Lào. Ông cũng dự hội nghị …`: the sentence right after goes on with what is planned."""
    bare = setting.index == last + 1 and not setting.dates
    if not bare or context.tells("held", setting.words) or context.tells("speech", setting.words):
        return False
    return context.tells("adds", setting.words)


def _said_of(firing: Firing) -> str:
    """The words after a noun that tell what becomes of it."""
    return firing.setting.between(firing.end, min(firing.setting.sentence.end, firing.end + REACH))


def _at_planned(firing: Firing, context: Context) -> bool:
    """`A dự kiến gặp B bên lề hội nghị …`: what is planned is planned to be at it."""
    if firing.rule.shape != "event" or firing.attended or firing.previous is None:
        return False
    gap = firing.setting.between(firing.previous.end, firing.start)
    at_it = context.tells("within", gap) or context.tells("margins", gap)
    return at_it and not (context.tells("held", gap) or context.tells("around", gap))


def _listed_as_planned(firing: Firing, context: Context) -> bool:
    """`chuẩn bị cho Hội nghị A và Hội nghị B`: what is planned is a list of events."""
    before = firing.previous
    if before is None or not firing.rule.shape == before.rule.shape == "event" or firing.attended:
        return False
    gap = firing.setting.between(before.end, firing.start)
    return context.tells("joint", gap) and not context.tells("held", gap) and len(gap) < REACH


def _led_to(firing: Firing) -> str:
    """The words before the subject: `kêu gọi A họp`, `ủng hộ A tổ chức`; nothing where it stands elsewhere."""
    if not firing.subject or firing.carried or firing.subject[-1].end > firing.start:
        return ""
    start = firing.subject[0].start
    return firing.setting.between(max(firing.setting.sentence.start, start - 24), start)


def _window(firing: Firing, context: Context) -> str:
    """The words between the subject and the cue; of `sẽ được A bỏ phiếu` those before the subject too."""
    setting, subject = firing.setting, firing.subject[:1]
    if subject and context.tells("passive", setting.between(subject[0].start - 12, subject[0].start)):
        return setting.between(subject[0].start - 32, firing.start)
    return setting.between(firing.opens, firing.start)


def _before_subject(firing: Firing) -> str:
    start = firing.subject[0].start
    return firing.setting.between(max(firing.setting.sentence.start, start - 16), start)


def _told(firing: Firing, context: Context, window: str) -> EngagementStatus | None:
    setting = firing.setting
    tail = setting.between(firing.end, min(firing.limit, firing.end + 120))
    if context.tells("cancelled", window):
        return "cancelled"
    if context.tells("postponed", window):
        return "postponed"
    if firing.rule.shape != "verb" and not firing.adverbial and (ended := _ended(firing, context)):
        return ended
    lead = setting.between(firing.start - 40, firing.start)
    if context.tells("eve", lead) or (firing.rule.shape == "noun" and context.tells("announced", lead)):
        return "planned"
    agreed = context.tells("agreed", window) and not firing.rule.dated
    if (agreed or context.tells("planned", window)) and not firing.adverbial:
        return "planned"
    if context.tells("proposed", window) and not (firing.adverbial or _said_at(firing, context)):
        return "proposed"
    in_store = context.tells("in_store", window) or _in_store(firing, context)
    if firing.rule.shape == "noun" and in_store and not firing.setting.dates:
        return "planned"
    if firing.adverbial and _goes_on_ahead(firing, context):
        return "planned"
    if firing.rule.shape == "event" and context.tells("ahead", setting.between(setting.sentence.start, firing.start)):
        return "planned"
    if firing.rule.shape == "noun" and not firing.adverbial and context.tells("proposed_after", _said_of(firing)):
        return "proposed"
    head = setting.between(setting.sentence.start, min(firing.start, setting.sentence.start + 40))
    if (
        context.tells("programme", head)
        or context.tells("tomorrow", setting.told[:AIM])
        or context.tells("planned_after", tail)
    ):
        return "planned"
    return None


def _in_store(firing: Firing, context: Context) -> bool:
    """`Vấn đề sẽ được thảo luận trong cuộc gặp`: what nobody is told to say, in its own clause."""
    before = firing.setting.between(firing.setting.sentence.start, firing.start)
    clause = before[max(before.rfind(mark) for mark in ';:"') + 1 :]
    return context.tells("in_store", clause) and not context.tells("speech", clause)


def _said_at(firing: Firing, context: Context) -> bool:
    """`A đề xuất với B tại buổi làm việc`: what is proposed is said at it."""
    lead = firing.setting.between(max(firing.setting.sentence.start, firing.start - 12), firing.start)
    return firing.rule.shape == "noun" and bool(firing.object) and context.tells("within", lead)


def _ended(firing: Firing, context: Context) -> EngagementStatus | None:
    """`Chuyến thăm Lào của ông A bị hoãn`: what is said of it is that it is put off, or called off."""
    told = _said_of(firing)
    if context.tells("cancelled_after", told):
        return "cancelled"
    return "postponed" if context.tells("postponed_after", told) else None


def _goes_on_ahead(firing: Firing, context: Context) -> bool:
    """`Tại hội nghị, Thủ tướng sẽ phát biểu`: what is told is to be done at it, not after it."""
    last = firing.subject[-1:]
    if firing.carried or not last or last[0].start < firing.end or _told_after(firing, context):
        return False
    return context["main_planned"].match(firing.setting.between(last[0].end, last[0].end + 24)) is not None


def date(firing: Firing, context: Context, told: EngagementStatus) -> DateExpression | None:
    """The nearest date of the sentence that tells of nothing else, one within the cue's own clause before others."""
    dates = [d for d in firing.setting.dates if not _of_ages(d.edtf) and not _of_another(d, firing, context)]
    if firing.invited and firing.object:
        dates = [d for d in dates if d.start > firing.object[0].start]
    of_speech = {d.start for d in dates if _of_speech(d, firing, context)}
    if told in ("planned", "proposed") or len(of_speech) < len(dates):
        dates = [d for d in dates if d.start not in of_speech]
    low = firing.previous.end if firing.previous else firing.setting.sentence.start
    own = [d for d in dates if low <= d.start < firing.limit]
    if behind := _right_behind(dates, firing):
        return behind
    if behind := _behind_name(dates, firing, context):
        return behind
    aside = next((d for d in dates if firing.end <= d.start and _in_brackets(firing, d)), None)
    if aside and firing.rule.shape == "event" and all(d.start >= aside.start or _in_brackets(firing, d) for d in own):
        return aside
    days = [d for d in own if len(d.edtf) > YEAR_LONG] if firing.rule.shape == "event" else []
    if own:
        return min(days or own, key=lambda d: abs(d.start - firing.start))
    if firing.rule.kind == "visit" and firing.adverbial and _told_after(firing, context):
        dates = [d for d in dates if d.start < firing.start]
    return min(dates, key=lambda d: abs(d.start - firing.start)) if dates else None


def _right_behind(dates: list[DateExpression], firing: Firing) -> DateExpression | None:
    """`cuộc gặp giữa A và B ngày 5/6`: the day that follows the last of them at once."""
    last = max((u.end for u in firing.units if u.start >= firing.end), default=0)
    if firing.rule.shape != "noun" or not last:
        return None
    return next((d for d in dates if d.start > last and not firing.setting.between(last, d.start).strip(" ,")), None)


def _behind_name(dates: list[DateExpression], firing: Firing, context: Context) -> DateExpression | None:
    """`Hội nghị A tháng 8 và Hội nghị B vào tháng 11`: the day that follows the name of an event at once."""
    if firing.rule.shape != "event" or not firing.previous:
        return None
    end = name_end(firing, context)
    near = [d for d in dates if end - 1 <= d.start < end + JUST]
    return next((d for d in near if not firing.setting.between(end, d.start).strip(" (")), None)


def _of_ages(edtf: str) -> bool:
    """Years of a programme, a span of several years, or a day before anything that the field keeps."""
    years = [int(year) for year in YEAR.findall(edtf)]
    return YEARS.fullmatch(edtf) is not None or (bool(years) and (years[0] < OLDEST or years[-1] - years[0] > 1))


def _up_to_year(firing: Firing, date: DateExpression) -> str:
    """The words that lead to a year, those of the date itself too: `Chương trình nghị sự 2030`, `đến năm 2030`."""
    base = firing.setting.sentence.start
    return firing.setting.told[max(0, date.start - base - AIM) : date.end - base - YEAR_LONG]


def _told_after(firing: Firing, context: Context) -> bool:
    """`Ngay sau chuyến thăm Lào, ông sẽ dự hội nghị ngày 5/6`: what the clause tells is before or after the visit."""
    lead = firing.setting.between(max(firing.setting.sentence.start, firing.start - 24), firing.start)
    return context.tells("around", lead)


def _in_brackets(firing: Firing, date: DateExpression) -> bool:
    """`hội nghị … tại Nhật Bản (tháng 12-2022), …`: each event of a list is dated by the next aside."""
    base = firing.setting.sentence.start
    return firing.setting.told[: date.start - base].rstrip().endswith("(")


def taking_place(firing: Firing, context: Context, end: int) -> int:
    """Where the words end that go on from `end` to say when it is: `, dự kiến diễn ra ngày 5/6`; else `end`."""
    for day in firing.setting.dates:
        if end <= day.start < min(firing.limit, end + 80) and firing.rule.shape in ("noun", "event"):
            gap = firing.setting.between(end, day.start)
            found = context["takes_place"].search(gap)
            if found and not set(gap[: found.start()]) & set(".;:") and found.start() < 40:
                return day.end
    return end


def _of_speech(date: DateExpression, firing: Firing, context: Context) -> bool:
    """`ngày 8/6 cho biết sẽ gặp`: the day of the speech, not of the meeting."""
    return date.end <= firing.start and context.tells("speech", firing.setting.between(date.end, firing.start))


def _of_another(date: DateExpression, firing: Firing, context: Context) -> bool:
    """`sau khi ông nhậm chức hôm 14/5`, `hướng tới 2020`: the date of something else, or part of an event's name."""
    if YEAR.fullmatch(date.edtf) and context.tells("aim", _up_to_year(firing, date)):
        return True
    if firing.rule.shape == "event" and firing.end <= date.start < name_end(firing, context):
        lead = firing.setting.between(max(firing.end, date.start - 16), date.start)
        return context.tells("aim", lead)
    treaty = firing.setting.between(max(firing.setting.sentence.start, date.start - TREATY), date.start)
    if YEAR.fullmatch(date.edtf) and context.tells("treaty_year", treaty):
        return True
    low = max(firing.setting.sentence.start, firing.end if date.start > firing.start else date.start - 40)
    return context.tells("elsewhere", firing.setting.between(low, date.start))


def visited(page: Page, firing: Firing, context: Context) -> str | None:
    """What is visited, as worded."""
    if not firing.object or firing.object[0].start < firing.end:
        return goal(page, firing, context)
    first = firing.object[0]
    if first.kind == "person":
        return None
    town = context["town"].match(firing.setting.between(firing.end, first.start))
    return " ".join(page.text[firing.end if town else first.start : first.end].split())


def place(page: Page, firing: Firing, context: Context) -> str | None:
    """The place as worded after a preposition: after the cue before any told ahead of it."""
    setting = firing.setting
    low = setting.sentence.start
    if firing.previous:
        low = firing.start if firing.carried else firing.previous.end
    words = setting.between(low, min(setting.sentence.end, firing.limit + 1))
    goals = [GOAL.match(page.text, low + at.end(), low + at.end() + 120) for at in context["at"].finditer(words)]
    titles = [(u.start, u.end) for u in setting.units if u.kind == "person"]
    goals = [goal for goal in goals if goal and not any(a < goal.start() < b for a, b in titles)]
    found = [goal for goal in goals if goal and not (goal.start() < firing.end and firing.start < goal.end())]
    found = [g for g in found if not context.tells("barrier", setting.between(firing.end, g.start()))]
    if firing.rule.kind != "exercise":
        found = [goal for goal in found if not context["no_venue"].match(page.folded, *goal.span())]
    if firing.rule.kind == "visit" and firing.rule.shape == "noun":
        behind = [g for g in found if g.start() >= firing.end]
        found = behind or (found if firing.adverbial else [])
    if not found:
        return None
    best = min(found, key=lambda goal: (goal.start() < firing.start, abs(goal.start() - firing.start)))
    return _worded(page, firing, best, context)


def form(firing: Firing, context: Context) -> str | None:
    """How the field tells such events apart: talks, courtesy_call, margins, online, state, official, working …"""
    setting = firing.setting
    words = setting.between(max(setting.sentence.start, firing.start - 80), firing.end + 60)
    if context.tells("online", words):
        return "online"
    if firing.rule.kind == "meeting" and context.tells("margins", words):
        return "margins"
    return firing.rule.form


def occasion(page: Page, firing: Firing, context: Context) -> str | None:
    """The event's own name as worded, from its noun to the end of the name."""
    if firing.rule.shape != "event":
        return None
    end = name_end(firing, context)
    loose = context["name_tail"].search(firing.setting.between(firing.start, end))
    end = firing.start + loose.start() if loose else end
    return " ".join(page.text[firing.start : end].split()).rstrip(' ,.;:-"') or None
