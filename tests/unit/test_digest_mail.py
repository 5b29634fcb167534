import email
from datetime import UTC, date, datetime
from email.policy import default

import pytest

from briefing.data.address import Mailbox, checked_address, masked
from briefing.data.briefing import NO_MENTION
from briefing.data.edition import Edition, EditionStory
from briefing.digest.mail import Envelope, as_test, compose, mailto, subject, template
from briefing.digest.parts import Detail, html_part, text_part
from tests import make, make_digests
from tests.mail_lint import lint

SENDER = Mailbox("Salm Desk", "desk@salm.example")
MOMENT = datetime(2031, 4, 7, 6, tzinfo=UTC)
LINK = "https://mail.salm.example/unsubscribe/abc"


def edition(*stories, **fields):
    values = {"digest": "salm", "title": "Salm Briefing", "day": date(2031, 4, 7)}
    return Edition(stories=stories, **values | fields)


def story(*sentences, **fields):
    changes = fields.pop("changes", {})
    texts = sentences or ("The talks began on Monday.",)
    printed = [one if hasattr(one, "verdict") else make.checked(one) for one in texts]
    return EditionStory(briefing=make.briefing(*printed, **fields), changes=changes)


def composed(made, *, link=LINK, recipient="ada@salm.example", by_mail=None):
    identity = f"<{'a' * 40}@salm.example>"
    envelope = Envelope(recipient=recipient, message_id=identity, link=link, mailto=by_mail)
    parts = template(made, can_click=link is not None)
    return compose(parts, envelope, digest="salm", title=made.title, sender=SENDER, date=MOMENT)


def parts(content):
    message = email.message_from_bytes(content, policy=default)
    return [part.get_content() for part in message.iter_parts()]


def test_both_parts_say_the_same():
    for part in parts(composed(edition(story("The talks began on Monday.")))):
        flat = " ".join(part.split())
        assert "Salm Briefing, 7 April 2031" in flat
        assert "1 story, 1 article; 1 of 1 sentences supported, 0 warnings" in flat
        assert "Maronde in Port Salm" in flat
        assert "The talks began on Monday." in flat
        assert "one origin" in flat
        assert "Salm Courier, 6 April 2031" in flat
        assert LINK in flat


def test_the_same_edition_gives_the_same_bytes():
    made = edition(story())
    assert composed(made) == composed(made)


def test_each_recipient_has_a_link_of_their_own():
    made = template(edition(story()), can_click=True)
    envelope = Envelope(recipient="ada@salm.example", message_id="<a@b.example>", link=None)
    with pytest.raises(ValueError, match="this one has none"):
        compose(made, envelope, digest="salm", title="Salm", sender=SENDER, date=MOMENT)


def test_without_a_link_one_unsubscribes_by_an_answer():
    content = composed(edition(story()), link=None)
    message = email.message_from_bytes(content, policy=default)
    assert message["List-Unsubscribe"] == "<mailto:desk@salm.example?subject=unsubscribe%20salm>"
    assert message["List-Unsubscribe-Post"] is None
    assert "answer with the subject" in " ".join(parts(content)[0].split())


def test_a_long_link_is_not_broken():
    link = LINK + "x" * 700
    assert f"List-Unsubscribe: <{link}>, <mailto:".encode() in composed(edition(story()), link=link)


@pytest.mark.parametrize(
    "link", ["http://x.example/u", "https://x.example/a b", "https://é.example/"]
)
def test_a_link_that_is_not_safe_in_a_header_is_refused(link):
    with pytest.raises(ValueError, match="in ASCII"):
        composed(edition(story()), link=link)


@pytest.mark.parametrize("link", [LINK, None])
def test_a_signed_mail_to_unsubscribe_stands_in_one_header(link):
    by_mail = mailto("o'hara+back=x{y}@sub.salm.example", "unsubscribe u" + "0" * 51)
    content = composed(edition(story()), link=link, by_mail=by_mail)
    head = content.partition(b"\r\n\r\n")[0]
    before = b"<" + LINK.encode() + b">, " if link else b""
    assert b"\r\nList-Unsubscribe: " + before + b"<" + by_mail.encode() + b">\r\n" in head
    assert lint(content, link=link, sources=set(), recipient="ada@salm.example") == []


@pytest.mark.parametrize(
    "by_mail",
    [
        "mailto:a@b.example\r\nBcc: x@y.example",
        "mailto:a@b.example>, <https://evil.example/",
        "https://evil.example/",
        "mailto:é@b.example",
        "mailto:a@b.example?subject=" + "x" * 700,
    ],
)
def test_a_mail_to_unsubscribe_that_is_not_safe_in_a_header_is_refused(by_mail):
    with pytest.raises(ValueError, match="mail to unsubscribe"):
        composed(edition(story()), by_mail=by_mail)


@pytest.mark.parametrize(
    "address", ["a@b\r\nBcc: x@y", "a b@c.example", "a@b@c", "<a@b.example>", ""]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError):  # noqa: PT011 -- `email` has words of its own
        composed(edition(story()), recipient=address)


def test_the_subject_is_title_day_and_first_headline_and_short():
    made = edition(story(title="Talks begin"), story(title="Other"))
    assert subject(made) == "Salm Briefing, 7 April: Talks begin"
    long = subject(edition(story(title="Talks " * 60)))
    assert len(long) <= 150
    assert long.endswith("Talks…")
    assert len(subject(edition(story(title="T" * 300)))) <= 150


def test_warnings_and_changes_stand_beside_what_they_are_about():
    first = make.checked("Rescuers found 17 people dead.", discrepancies=("date-1",))
    warning = make.discrepancy(sides=[("17 dead", [make.citation()]), ("19", [])])
    made = edition(story(first, discrepancies=(warning,), changes={first.id: "6 April: 14"}))
    text, html = (" ".join(part.split()) for part in parts(composed(made)))
    assert "Check before you use this: ! D1 The sources give different numbers" in text
    assert "Rescuers found 17 people dead. [2] (one origin, D1) Changed since 6 April: 14." in text
    assert "1 warning" in text
    for words in ("Check before you use this", "Changed since 6 April: 14.", "D1"):
        assert words in html


def test_what_failed_is_in_no_mail():
    made = edition(make_digests.story(make_digests.random.Random(1), 4))
    content = composed(made)
    assert "Quent" not in " ".join(" ".join(part.split()) for part in parts(content))
    assert "1 drafted and not supported: left out" in " ".join(parts(content)[0].split())


def test_a_day_without_news_says_so():
    text, html = parts(composed(edition(quiet=2)))
    for part in (text, html):
        assert "Nothing new since the last edition." in part
        assert "Left out: 2 stories with nothing new." in part
        assert "Evidence" not in part


def long_story(number, sentences=12, words=60):
    said = [f"In report {number}.{n} the harbour office " + "counted ships " * words + "twice."
            for n in range(sentences)]  # fmt: skip
    return story(*said, title=f"Story {number}")


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (1, 5, None),
        (2, 30, "Long quotations are cut short"),
        (4, 55, "stories beyond the length of this mail"),
    ],
)
def test_a_mail_that_is_too_large_loses_evidence_first_and_says_so(count, words, said):
    made = edition(*(long_story(number, words=words) for number in range(count * 2)))
    content = composed(made)
    assert len(content) < 100_000
    text, html = (" ".join(part.split()) for part in parts(content))
    for part in (text, html):
        if said:
            assert said in part
        shown = [n for n in range(count * 2) if f"Story {n}" in part]
        assert shown == list(range(len(shown)))
        for number in shown:
            assert f"In report {number}.11 the harbour office" in part


def test_each_step_of_less_evidence_is_smaller():
    made = edition(long_story(1), long_story(2))
    for part in (text_part, html_part):
        sizes = [len(part(made, detail=detail, link="")) for detail in Detail]
        assert sizes == sorted(sizes, reverse=True)
        assert len(set(sizes)) == len(sizes)


def test_a_test_mail_says_that_it_is_one():
    made = as_test(template(edition(story()), can_click=False))
    assert made.subject.startswith("[Test] Salm Briefing, 7 April")


@pytest.mark.parametrize("seed", range(12))
def test_a_digest_of_hostile_words_is_a_sound_mail(seed):
    _, content, facts = make_digests.mail(seed)
    assert lint(content, **facts) == []
    assert b"Quent" not in content
    text = parts(content)[0]
    assert "Bcc" not in dict(email.message_from_bytes(content).items())
    assert "\nBcc:" not in text


def test_the_lint_finds_what_it_is_there_to_find():
    _, content, facts = make_digests.mail(3)
    broken = {
        "bare": content.replace(b"\r\n", b"\n", 1),
        "Bcc": b"Bcc: x@y.example\r\n" + content,
        "two senders": b"From: x@y.example\r\n" + content,
        "998": content.replace(b"\r\n\r\n", b"\r\n\r\n" + b"a" * 999, 1),
        "not ASCII": content + b"\xff",
        "element": content.replace(b"<main", b"<script", 1),
    }
    for name, one in broken.items():
        assert lint(one, **facts), name


@pytest.mark.parametrize(
    ("text", "address"),
    [("Ada.Lund+x@Salm.EXAMPLE", "Ada.Lund+x@salm.example"), (" a@b ", "a@b")],
)
def test_an_address_keeps_its_name_and_lowers_its_domain(text, address):
    assert checked_address(text) == address


def test_a_masked_address_is_known_to_its_owner_only():
    assert masked("ada@salm.example") == "a…@salm.example"


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("desk@salm.example", Mailbox("", "desk@salm.example")),
        ('"Salm, Desk" <desk@salm.example>', Mailbox("Salm, Desk", "desk@salm.example")),
        ("Sälm <desk@salm.example>", Mailbox("Sälm", "desk@salm.example")),
    ],
)
def test_a_sender_is_a_name_and_an_address(text, box):
    assert Mailbox.parse(text) == box
    assert box.domain == "salm.example"


SAID = {
    "ar": (
        "Salm Briefing، 7 أبريل 2031",
        "موضوع واحد، مقال واحد؛",
        "تغيّر منذ 6 April: 14.",
        "الشواهد",
    ),
    "de": (
        "Salm Briefing, 7. April 2031",
        "1 Thema, 1 Artikel;",
        "Geändert seit 6 April: 14.",
        "Belege",
    ),
    "fr": (
        "Salm Briefing, 7 avril 2031",
        "1 sujet, 1 article ;",
        "Modifié depuis le 6 April: 14.",
        "Preuves",
    ),
}
"""Of each language: the heading, how the summary begins, what has changed, the evidence."""


@pytest.mark.parametrize("code", SAID)
@pytest.mark.parametrize("link", [LINK, None])
def test_headings_are_in_the_language_of_the_digest_in_both_parts(code, link):
    one = make.checked()
    changed = story(one, changes={one.id: "6 April: 14"})
    made = edition(changed, headings=code, quiet=2, unbriefed=1, left_over=3)
    content = composed(made, link=link)
    assert lint(content, link=link, sources=set(), recipient="ada@salm.example") == []
    for part in parts(content):
        flat = " ".join(part.split())
        assert [words for words in SAID[code] if words not in flat] == []
        assert "The talks began on Monday." in flat
        for english in ("one origin", "Evidence", "Left out", "Unsubscribe", "sentences", "Each"):
            assert english not in flat


def test_only_a_language_that_is_so_written_runs_from_right_to_left():
    arabic, english = (
        html_part(edition(story(), headings=code), detail=Detail.FULL, link=LINK)
        for code in ("ar", "en")
    )
    assert '<html lang="ar" dir="rtl">' in arabic
    # What is from outside is set by its own letters.
    assert '<p dir="auto"' in arabic
    assert '<html lang="en">' in english
    assert "dir=" not in english.partition("<body")[2]


def test_the_subject_is_in_the_language_of_the_digest():
    assert subject(edition(headings="fr")) == "Salm Briefing, 7 avril: rien de nouveau"


def test_the_mail_says_where_no_article_mentions_the_focus():
    without = story(notes=(NO_MENTION,), focus="wheat")
    (text, html) = parts(composed(edition(without, focus="wheat")))
    assert "No article of this edition mentions “wheat”." in text
    assert "No article of this edition mentions “wheat”." in html
    both = parts(composed(edition(without, story(focus="wheat"), focus="wheat")))
    assert "mentions" not in both[0]
