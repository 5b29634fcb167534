"""What is said of a sender's domain, by records of a resolver that is none."""

import pytest

from briefing.digest.domain import findings

GOOD = {
    "salm.example": ("google-site-verification=x", "v=spf1 mx include:_spf.mail.example -all"),
    "s1._domainkey.salm.example": ("v=DKIM1; k=rsa; p=MIIBIjANBg",),
    "_dmarc.salm.example": ("v=DMARC1; p=reject; rua=mailto:dmarc@salm.example",),
}


def found(records=GOOD, *, sender="salm.example", envelope=None, selector="s1", **more):
    zone = records | more
    looked = findings(
        sender,
        envelope or sender,
        selector=selector,
        look=lambda name: zone.get(name, ()),
    )
    return {one.what: one for one in looked}


def test_a_domain_in_order_has_all_three():
    told = found()
    assert {name: one.is_ok for name, one in told.items()} == {
        "SPF": True, "DKIM": True, "DMARC": True,
    }  # fmt: skip
    assert not any(one.advice for one in told.values())


def test_without_a_resolver_it_says_only_where_to_look():
    told = list(findings("salm.example", "back.salm.example", selector=None, look=None))
    assert [(one.what, one.name, one.is_ok) for one in told] == [
        ("SPF", "back.salm.example", None),
        ("DKIM", "SELECTOR._domainkey.salm.example", None),
        ("DMARC", "_dmarc.salm.example", None),
    ]


@pytest.mark.parametrize(
    ("records", "is_ok", "words"),
    [
        ((), False, "0 records at salm.example; one it has to be"),
        (("v=spf1 -all", "v=spf1 mx -all"), False, "2 records"),
        (("v=spf10 -all",), False, "0 records"),
        (("v=spf1 mx +all",), False, "it lets everybody send"),
        (("v=spf1 all",), False, "it lets everybody send"),
        (("v=spf1 mx ?all",), None, "v=spf1 mx ?all"),
        (("v=spf1 mx",), None, "v=spf1 mx"),
        (("v=spf1 mx ~all",), True, "v=spf1 mx ~all"),
        (("v=spf1 redirect=_spf.mail.example",), True, "redirect"),
        (("V=SPF1 a -ALL",), True, "V=SPF1 a -ALL"),
        (("v=spf1 " + "include:x.example " * 11 + "-all",), False, "11 lookups, over the limit"),
        (("v=spf1 " + "ip4:192.0.2.1 " * 11 + "-all",), True, "ip4"),
    ],
)
def test_spf(records, is_ok, words):
    told = found({**GOOD, "salm.example": records})["SPF"]
    assert (told.is_ok, words in told.found) == (is_ok, True)


@pytest.mark.parametrize(
    ("records", "is_ok", "words"),
    [
        ((), False, "no key at s1._domainkey.salm.example"),
        (("v=DKIM1; p=",), False, "is revoked"),
        (("v=DKIM1; k=rsa",), False, "no key"),
        (("p=MIIB",), True, "a key at"),
    ],
)
def test_dkim(records, is_ok, words):
    told = found({**GOOD, "s1._domainkey.salm.example": records})["DKIM"]
    assert (told.is_ok, words in told.found) == (is_ok, True)


def test_without_a_selector_nobody_knows_the_key():
    told = found(selector=None)["DKIM"]
    assert (told.is_ok, told.advice) == (None, "With `--dkim-selector` it is looked at.")


@pytest.mark.parametrize(
    ("records", "is_ok", "words"),
    [
        ((), False, "no record at _dmarc.salm.example"),
        (("v=DMARC1; p=none",), None, "p=none"),
        (("v=DMARC1; p=Quarantine",), True, "p=Quarantine"),
        (("v=DMARC1",), False, "no policy"),
        (("v=DMARC1; p=reject", "v=DMARC1; p=none"), False, "2 records"),
        (("v=DMARC10; p=reject",), False, "no record"),
    ],
)
def test_dmarc(records, is_ok, words):
    told = found({**GOOD, "_dmarc.salm.example": records})["DMARC"]
    assert (told.is_ok, words in told.found) == (is_ok, True)


def test_a_domain_below_another_has_its_dmarc():
    told = found(sender="news.salm.example")["DMARC"]
    assert (told.is_ok, told.found.endswith(" at _dmarc.salm.example")) == (True, True)
    below = ("v=DMARC1; p=reject; sp=none",)
    weak = found({"_dmarc.salm.example": below}, sender="news.salm.example")["DMARC"]
    assert weak.is_ok is None


def test_another_domain_for_bounces_is_said():
    assert "alignment" not in found(envelope="back.salm.example")
    assert "DKIM alone" in found(envelope="mailer.example")["alignment"].found


def test_nobody_asks_a_whole_country():
    asked = []
    list(findings("a.salm.example", "a.salm.example", selector=None,
                  look=lambda name: asked.append(name) or ()))  # fmt: skip
    assert asked == ["a.salm.example", "_dmarc.a.salm.example", "_dmarc.salm.example"]
