"""What comes back by mail is believed for its signature, and for nothing else."""

import base64

import pytest

from briefing.data.subscriber import Deed
from briefing.digest import consent
from briefing.digest.mail import mailto
from briefing.digest.returns import Bounce, Request, understood
from tests.make_returns import bounce, request

SECRET = "0123456789abcdef"
ADA = "0123456789abcdef01234567"
TOKEN = consent.token(Deed.UNSUBSCRIBE, ADA, SECRET)
IDENTITY = "<" + "a" * 40 + "@salm.example>"
BY_LINK = f"<https://mail.salm.example/d/unsubscribe/{TOKEN}>"
BY_MAIL = f"<{mailto('desk@salm.example', f'unsubscribe {TOKEN}')}>"


def letter(*ways):
    """The head of a letter that says how to unsubscribe."""
    lines = (
        f"Message-ID: {IDENTITY}",
        "To: ada@salm.example",
        f"List-Unsubscribe: {', '.join(ways)}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


LETTER = letter(BY_LINK, BY_MAIL)


@pytest.mark.parametrize(
    "subject",
    [
        f"unsubscribe {TOKEN}",
        f"Unsubscribe  {TOKEN} ",
        f"Re: unsubscribe {TOKEN}",
        f"unsubscribe {TOKEN} – merci",
        TOKEN,
    ],
)
def test_a_subject_with_the_token_unsubscribes_whoever_sends_it(subject):
    assert understood(request(subject), SECRET) == Request(subscriber=ADA)
    assert understood(request(subject, sender="at-work@x.example"), SECRET) is not None


@pytest.mark.parametrize("encoding", ["q", "b"])
def test_a_subject_may_be_encoded(encoding):
    words = f"unsubscribe {TOKEN}".encode()
    text = (
        base64.b64encode(words)
        if encoding == "b"
        else words.replace(b"_", b"=5F").replace(b" ", b"_")
    )
    mail = f"From: a@b.example\nSubject: =?utf-8?{encoding}?{text.decode()}?=\n\n".encode()
    assert understood(mail, SECRET) == Request(subscriber=ADA)


@pytest.mark.parametrize(
    "subject",
    [
        "unsubscribe salm",
        f"unsubscribe {TOKEN[:-1]}",
        f"unsubscribe {TOKEN}x",
        f"unsubscribe {consent.token(Deed.UNSUBSCRIBE, ADA, 'another secret of 16')}",
        f"unsubscribe {consent.token(Deed.CONFIRM, ADA, SECRET)}",
        f"unsubscribe u{'f' * 24}{TOKEN[25:]}",
        "",
    ],
)
def test_without_a_token_of_ours_nobody_is_unsubscribed(subject):
    assert understood(request(subject), SECRET) is None


def test_a_token_in_what_an_answer_quotes_is_not_asked_for():
    mail = f"From: a@b.example\nSubject: Re: Salm\n\nThanks!\n> unsubscribe {TOKEN}\n".encode()
    assert understood(mail, SECRET) is None


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "Auto-Replied (vacation)"},
        {"Return_Path": "<>"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
    ],
)
def test_the_answer_of_a_machine_asks_for_nothing(header):
    assert understood(request(f"unsubscribe {TOKEN}", **header), SECRET) is None


def test_a_mail_program_may_ask_by_itself():
    mail = request(f"unsubscribe {TOKEN}", Auto_Submitted="auto-generated")
    assert understood(mail, SECRET) == Request(subscriber=ADA)


@pytest.mark.parametrize("headers_only", [True, False])
@pytest.mark.parametrize("ways", [(BY_LINK, BY_MAIL), (BY_MAIL,)])
def test_a_bounce_names_the_letter_the_status_and_who_was_not_there(ways, headers_only):
    assert understood(bounce(letter(*ways), headers_only=headers_only), SECRET) == Bounce(
        subscriber=ADA, message_id=IDENTITY, status="5.1.1", recipients=("ada@salm.example",)
    )


def test_a_bounce_of_an_alias_names_both():
    found = understood(
        bounce(LETTER, recipient="bo@in.example", original="Ada@Salm.example"), SECRET
    )
    assert found.recipients == ("ada@salm.example", "bo@in.example")


def test_a_header_that_was_broken_anew_on_the_way_is_still_ours():
    at = LETTER.index(TOKEN.encode()) + 20
    assert understood(bounce(LETTER[:at] + b"\r\n " + LETTER[at:]), SECRET) is not None


@pytest.mark.parametrize(
    "mail",
    [
        bounce(LETTER, action="delayed", status="4.4.1"),
        bounce(LETTER, action="delivered", status="2.0.0"),
        bounce(LETTER, status="4.2.2"),
        bounce(LETTER, status="5"),
        bounce(LETTER.replace(TOKEN.encode(), b"salm")),
        bounce(LETTER.replace(b"Message-ID", b"X-ID")),
        bounce(b"Subject: of somebody else\r\n"),
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status",
        b"Subject: =?utf-8?b?broken?=\nSubject: =?nonsense?q?x?=\n\n",
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
                 for n in range(3_000)),
    ],
)  # fmt: skip
def test_what_is_no_lasting_failure_of_a_letter_of_ours_is_left_alone(mail):
    assert understood(mail, SECRET) is None


def test_an_address_of_a_mail_survives_in_a_header():
    assert mailto("o'hara+x@b.example", f"unsubscribe {TOKEN}") == (
        f"mailto:o%27hara%2Bx@b.example?subject=unsubscribe%20{TOKEN}"
    )
