"""What a page puts around an article: share bars, notices, and what stands where the text should."""

import re
from collections.abc import Iterable

from briefing.data.article import RemovedLine

_CREDIT = re.compile(
    r"edited by (?:the )?(?P<outlet>[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?:'s)? staff"
)
_ARTEFACTS = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"advertise?ment|sponsored|promoted( content)?|ad|story continues below.*", "advertisement"),
        (r"(share|tweet|e-?mail|print|pin)( this)?( (article|story|page|post))?( on .{2,30}| via .{2,30})?"
         r"|(share|tweet|facebook|twitter|whatsapp|linkedin|telegram|email|print|reddit|copy link"
         r"|[|/·,]|\s)+|follow us.{0,60}|subscribe( (to|now)\b.{0,60})?|sign up (for|to)\b.{0,80}"
         r"|(click|tap) here.{0,60}|download our app.{0,40}|join our .{0,40}channel.{0,40}",
         "share bar"),
        (r"(read|see|watch|listen)( (also|more|next|this))?\s?:.{0,200}|also read\b.{0,200}|read more.{0,120}"
         r"|related( (stories|articles|news|topics))?:?.{0,120}|more (on this|from)\b.{0,80}"
         r"|you may also like.{0,80}|recommended.{0,40}",
         "link to other pages"),
        (r"\(?(this (story|article|report|item|text|page|piece|copy)|the (story|article|copy))\b.{0,120}\b(staff|feed|syndicated"
         r"|auto-?generated|automatically|edited|published|agency|desk)\b.{0,160}",
         "note about the page"),
        (r"(©|\(c\)|copyright\b).{0,160}|all rights reserved.{0,80}", "copyright line"),
        (r"\[?\(?(photo|image|file photo|picture|representational image|caption)\b.{0,20}[:/].{0,200}",
         "picture credit"),
        (r"\d+ (comments?|shares?|views?|min(ute)?s? read)|leave a comment|comments?( are closed)?"
         r"|last (updated|modified)\b.{0,80}|loading\W*|skip to (main )?content|tags?:.{0,200}",
         "page furniture"),
        (r"(please )?(verify|confirm|prove) (that )?you('re| are) (not a robot|human).{0,120}"
         r"|verifying (that )?you are (not a robot|human).{0,120}|are you a robot\?.{0,120}"
         r"|(please )?(enable|turn on) (javascript|cookies).{0,120}|checking your browser.{0,120}"
         r"|(javascript|cookies) (is|are|must be) (disabled|required|enabled)\b.{0,120}"
         r"|(our systems have|we('ve| have)) detected unusual (traffic|activity).{0,200}"
         r"|(to continue, )?please (click|tick|check) the box below.{0,120}|press (&|and) hold.{0,80}"
         r"|why did this happen\?.{0,160}|(cloudflare )?ray id: \w+.{0,80}|just a moment(\.\.\.|…)"
         r"|(access denied|you have been blocked|you don't have permission to access).{0,160}"
         r"|performance & security by cloudflare",
         "captcha"),
        (r"the wayback machine\b.{0,200}|captured? \d+ times.{0,80}|\d[\d,]* captures?\b.{0,80}"
         r"|(view|save|visit) the web archive\b.{0,120}|archived from the original\b.{0,120}"
         r"|this is an archived (version|copy) of\b.{0,120}",
         "archive banner"),
        (r"(tweet with a location|add (a )?location (information )?to your tweets?).{0,40}"
         r"|(you can add location|when you tweet with a location|this timeline is where you.ll spend"
         r"|here.s the url for this tweet|the fastest way to (share|follow) someone).{0,200}",
         "note of a social network"),
        (r"(we|this (web)?site|our partners) (and our partners )?(uses?|store) (essential )?cookies.{0,200}"
         r"|by (continuing|using) (to (use|browse) )?(this|our) (web)?site,? you (agree|consent).{0,160}"
         r"|(accept|reject|manage) (all )?(cookies|preferences)",
         "cookie notice"),
        (r"(error )?404\W*((page )?not found.{0,60})?|(this |the )?page (you requested )?(is )?(not found"
         r"|no longer available|could not be found).{0,120}|your browser (does not|doesn't) support.{0,120}"
         r"|(this|the) (video|content|page) (is not|isn't) available\b.{0,120}",
         "error page"),
    )
)  # fmt: skip
# Notes of the Internet Archive on a crawl, that stand where its copy of a page should.
_CRAWL_NOTE = re.compile(
    r"(these crawls are|this crawl was|wide crawls? of|focused crawls? are|crawl of outlinks"
    r"|the seeds? for (this|these) crawls?|starting in \d{4}, alexa internet"
    r"|the internet archive discovers and captures|web wide crawl"
    r"|.{0,200}\bthe internet archive has been (collecting|crawling))",
    re.IGNORECASE,
)
_CRAWL_WORD = re.compile(r"\b(crawls?|internet archive|wayback machine|archived?)\b", re.IGNORECASE)
_WALL = re.compile(
    r"(to (continue|keep) reading|subscribe (now )?to (continue|keep|read)|(this|the full) (content|article"
    r"|story) is (only )?(for|available to|reserved for)( paying| paid| our)? (subscribers|members)"
    r"|already (a subscriber|have an account)\?|you have reached your (limit|article limit)"
    r"|(log|sign) in to (continue|keep) reading|register (for free )?to (continue|keep) reading).{0,160}",
    re.IGNORECASE,
)
_NOTE_CHARS = 2_000
WALLED = "subscription wall"
# An artefact is the whole of a short line; no quotation is one.
_ARTEFACT_CHARS = 240


def without_artefacts(
    lines: Iterable[str],
) -> tuple[list[str], tuple[RemovedLine, ...], str | None]:
    """Return the lines of the article, those of the page, and the outlet that one of these names."""
    kept: list[str] = []
    removed: list[RemovedLine] = []
    credit: str | None = None
    for line in lines:
        reason = _artefact(line)
        if reason is None:
            kept.append(line)
            continue
        removed.append(RemovedLine(text=line, reason=reason))
        named = _CREDIT.search(line)
        credit = credit or (named["outlet"] if named else None)
    return kept, tuple(removed), credit


def _artefact(line: str) -> str | None:
    if _CRAWL_NOTE.match(line) and len(_CRAWL_WORD.findall(line[:_NOTE_CHARS])) >= 2:
        return "archive banner"
    if len(line) > _ARTEFACT_CHARS:
        return None
    if _WALL.fullmatch(line):
        return WALLED
    bare = line.strip(" *-_=|•[]()")
    for pattern, reason in _ARTEFACTS:
        if pattern.fullmatch(bare) or pattern.fullmatch(line):
            return reason
    return None
