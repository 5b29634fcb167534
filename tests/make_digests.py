"""Editions of all kinds, made by lot from a seed: of good, long, foreign and hostile words."""

import random
from datetime import UTC, date, datetime

from briefing.data.address import Mailbox
from briefing.data.briefing import Kind, Verdict
from briefing.data.digest import message_id
from briefing.data.edition import Edition, EditionStory
from briefing.digest.mail import Envelope, compose, template
from tests import make

HOSTILE = (
    "Talks\r\nBcc: all@salm.example",
    "Talks\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "\r\n.\r\nMAIL FROM:<x@y.example>",
    "=?utf-8?q?Talks=0D=0ABcc:_x@y.example?=",
    "=?utf-8?b?VGFsa3M=?= in Salm",
    "<script src=https://evil.example/x.js></script>",
    '"><img src=https://evil.example/pixel.gif onerror=alert(1)>',
    "</style></title></p><iframe src='javascript:alert(1)'>",
    "<!-- no end",
    "]]> &lt;b&gt; &#x3c;svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202etxt.exe\u202c \u2066hidden\u2069",
    "zero\u200bwidth \ufeff and \u2028 and \u2029 and \x85",
    "bell \x07 escape \x1b[31m red \x00 nothing",
    "half \ud83d of a pair",
    "a" * 400,
    "-- \nsignature",
    "From the start",
    ". alone",
    "https://link.invalid/0123456789abcdef",
    'a,b;c:"d"<e@f.example>(g)\\h',
    "",
)
GOOD = (
    "The talks in Port Salm began on Monday.",
    "Foreign Minister Ada Lund said that the line would cost 3.2 million crowns.",
    "Le tarif du gaz reste à fixer, a dit le ministère à Ondresk.",
    "Министр прибыла в Порт-Салм в понедельник.",
    "部長は月曜日に港に着いた。",
    "وصلت الوزيرة إلى الميناء يوم الاثنين.",
    "“We came to listen,” Lund told reporters — and left.",
    "🚢 came twice.",
)
SECRET = "Ninety ships of Admiral Quent were never seen."
"""A sentence that failed: no mail may have it."""


def words(chance):
    some = [chance.choice(HOSTILE if chance.random() < 0.4 else GOOD) for _ in range(3)]
    return " ".join(some[: chance.randint(1, 3)])


def address(chance):
    return chance.choice(
        [
            "https://courier.example/a?b=1&c=%22",
            "http://wire.example/" + "long" * 60,
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            'https://x.example/"onmouseover="alert(1)',
            "ftp://x.example/",
            "HTTPS://UPPER.example/",
            "",
        ]
    )


def story(chance, sentences):
    articles = [
        make.article_entry(f"{chance.random()}", title=words(chance), outlet=words(chance),
                           url=address(chance), path=words(chance))
        for _ in range(chance.randint(1, 4))
    ]  # fmt: skip
    quotes = [
        make.Citation(
            article=chance.choice(articles).id, start=0, end=9, quote=words(chance) or "x"
        )
        for _ in range(4)
    ]
    printed = [
        make.checked(f"{words(chance)} {number}", cites=chance.sample(quotes, chance.randint(0, 3)),
                     kind=chance.choice(list(Kind)))
        for number in range(sentences)
    ]  # fmt: skip
    failed = make.checked(SECRET, verdict=Verdict.UNSUPPORTED, reason="nothing bears it out")
    discrepancies = [
        make.discrepancy(f"d{n}", wording=words(chance), sides=[(words(chance), quotes[:2])])
        for n in range(chance.randint(0, 2))
    ]
    briefing = make.briefing(
        sections=(make.section(*printed, failed),),
        title=words(chance),
        articles=tuple(articles),
        discrepancies=tuple(discrepancies),
        dropped=(make.dropped(text=SECRET),),
    )
    changed = {one.id: words(chance) for one in printed if chance.random() < 0.2}
    return EditionStory(briefing=briefing, changes=changed, known=chance.randint(0, 3))


def edition(chance):
    """Of no story to thirty, of one sentence to sixty."""
    count = chance.choice([0, 1, 1, 2, 3, 5, 8, 30])
    return Edition(
        digest="salm",
        title=words(chance) or "Salm",
        day=date(2031, 4, chance.randint(1, 30)),
        stories=tuple(story(chance, chance.choice([1, 2, 4, 60])) for _ in range(count)),
        quiet=chance.randint(0, 2),
        unbriefed=chance.randint(0, 1),
        left_over=chance.randint(0, 2),
    )


def mail(seed):
    """Return an edition, the bytes of its mail, and what `mail_lint` needs to judge them."""
    chance = random.Random(seed)
    made = edition(chance)
    link = chance.choice([None, "https://mail.salm.example/unsubscribe/" + "tok-en_" * 30])
    recipient = chance.choice(["ada@salm.example", "o'hara+news=x{y}@sub.salm.example"])
    sender = Mailbox(" ".join(words(chance).split())[:60], "desk@salm.example")
    content = compose(
        template(made, can_click=link is not None),
        Envelope(
            recipient=recipient,
            message_id=message_id("salm", made.day, recipient, "salm.example"),
            link=link,
        ),
        digest="salm",
        title=made.title,
        sender=sender,
        date=datetime(2031, 4, 7, 6, tzinfo=UTC),
    )
    sources = {
        one.url for story in made.stories for one in story.briefing.articles
        if one.url.lower().startswith(("http://", "https://"))
    }  # fmt: skip
    return made, content, {"link": link, "sources": sources, "recipient": recipient}
