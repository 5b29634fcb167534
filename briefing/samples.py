"""Each prompt filled with a little of everything it can be given, to try a changed one on."""

from collections.abc import Callable, Mapping
from datetime import date

from briefing import prompting
from briefing.data.article import Article
from briefing.data.draft import DraftSentence, Rejected
from briefing.data.template import SectionPlan, Template
from briefing.ports import Brief, ChatRequest, Doubt
from briefing.steps import draft, judge, repair, rewrite
from briefing.steps.pack import pack
from briefing.steps.split import split
from briefing.steps.trace import trace

_TEXTS = {
    "Courier": "Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on "
    "rail, the first visit of a foreign minister to the port since the new line was opened. "
    "The new rail line cost 3.2 million crowns, the harbour office reported.",
    "Wire": "No agreement was signed during the visit, a spokesman for the port said on "
    "Wednesday, but both sides are to meet again in June to settle the tariff for freight. "
    "The line carries 410 passengers a day between Salm and Ondresk.",
}


def brief() -> Brief:
    """Return a story of two short articles, with all that a brief can have."""
    story = split(
        [
            Article(source=f"{name}.txt", text=text, outlet=name, published=date(2031, 4, 7))
            for name, text in _TEXTS.items()
        ]
    )
    copies = trace(story)
    plan = SectionPlan(id="bottom_line", title="Bottom line", ask="What happened.", most=4)
    return Brief(
        story=story,
        evidence=pack(story, budget=1_000, count=len, copies=copies),
        template=Template(name="sample", title="Sample", sections=(plan,)),
        focus="the rail line",
        disputed=frozenset(),
        copies=copies,
    )


def _repair() -> ChatRequest:
    wrong = DraftSentence(section="bottom_line", text="Lund left on Monday.", cites=("S1.1",))
    rejected = Rejected(sentence=wrong, reason="wording: says 'left', and no source does")
    return repair.request([rejected], brief().story, model="sample")


def _rewrite() -> ChatRequest:
    picked = DraftSentence(section="bottom_line", text=_TEXTS["Wire"], cites=("S2.1",))
    return rewrite.request(picked, model="sample")


def _judge() -> ChatRequest:
    quotes = tuple(sentence.text for sentence in brief().story.sentences)
    return judge.request([Doubt(text="Lund came by rail.", quotes=quotes)], model="sample")


def _again() -> ChatRequest:
    asked = draft.request(brief(), model="sample")
    filled = prompting.fill("again.user.jinja", asked=asked.user, problem="no JSON object")
    return ChatRequest(
        model="sample",
        system=asked.system,
        user=filled,
        reply_schema={},
        schema_name="again",
        max_tokens=1,
    )


SAMPLES: Mapping[str, Callable[[], ChatRequest]] = {
    "again": _again,
    "draft": lambda: draft.request(brief(), model="sample"),
    "judge": _judge,
    "repair": _repair,
    "rewrite": _rewrite,
}
"""A request of each step that has prompts, by its name."""


def problems(source: str, name: str) -> tuple[str, ...]:
    """Return what is wrong with the variables of a template that stands in for ours."""
    ours = prompting.variables((prompting.ROOT / name).read_text("utf-8"))
    theirs = prompting.variables(source)
    return (
        *(f"unknown variable {one!r}" for one in sorted(theirs - ours)),
        *(f"variable {one!r} is missing" for one in sorted(ours - theirs)),
    )
