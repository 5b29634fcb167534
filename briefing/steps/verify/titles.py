"""Check 6: people hold the offices that the sources give them."""

from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.names import same_name
from briefing.text.offices import EXCLUSIVE, Office


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Check:
    """No person gets an office that the source does not give, or that most articles contradict."""
    for office in claim.offices:
        detail = _wrong(office, cited, sources)
        if detail:
            return Check(name="titles", ok=False, detail=detail)
    return Check(name="titles", ok=True)


def _wrong(office: Office, cited: Sequence[Cited], sources: Sources) -> str:
    there = [
        other
        for piece in cited
        for analysis in (piece.analysis, piece.headline, *piece.before)
        for other in analysis.offices
    ]
    if office.holder is not None:
        usual = sources.holders.usual(office.holder)
        if usual and office.title in EXCLUSIVE and usual[0] != office.title:
            return _against(office, *usual)
        if usual and usual[0] == office.title:
            return ""
        elsewhere = _other_office(office, there) or _other_holder(office, there)
        if elsewhere:
            return elsewhere
    if not any(other.title == office.title for other in there):
        qualified = [other for other in there if other.title.endswith(f" {office.title}")]
        if qualified:
            return f"says {office.text!r}; the source says {qualified[0].text!r}"
        # Other offices are words among words: the wording check looks at them.
        return f"{office.text!r} is not in the source" if office.title in EXCLUSIVE else ""
    nations = {other.nation for other in there if other.title == office.title and other.nation}
    if office.nation and nations and not any(same_name(office.nation, n) for n in nations):
        known = {k for piece in cited for k in piece.analysis.name_keys}
        if office.nation in known or any(same_name(office.nation, k) for k in known):
            return f"the source speaks of another country's {office.title!r}"
    return ""


def _against(office: Office, title: str, articles: int) -> str:
    holder = office.holder.text if office.holder else ""
    many = "1 article says" if articles == 1 else f"{articles} articles say"
    return f"says {office.text!r} of {holder}; {many} {title!r}"


def _other_office(office: Office, there: Sequence[Office]) -> str:
    """Return why the office is wrong where the source gives the holder others only."""
    held = [o for o in there if o.holder and office.holder and o.holder.last == office.holder.last]
    if held and not any(other.title == office.title for other in held):
        return f"says {office.text!r}; the source says {held[0].text!r}"
    return ""


def _other_holder(office: Office, there: Sequence[Office]) -> str:
    """Return why the holder is wrong where the same office has another holder in the source."""
    if office.holder is None:
        return ""
    same = [other for other in there if other.title == office.title and other.holder]
    if same and all(other.holder and other.holder.last != office.holder.last for other in same):
        named = same[0].holder
        return (
            f"says {office.text!r} of {office.holder.text}; "
            f"the source says so of {named.text if named else 'another'}"
        )
    return ""
