"""A harm or a grave deed stands in the source before it stands in a sentence."""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.speech import unquoted

_HARMS = (
    (
        r"died|dies|dead|killed|kills|perished|drowned|murdered",
        r"died?|dies|dying|dead\w*|deaths?|kill\w*|perish\w*|drown\w*|murder\w*|fatal\w*"
        r"|lives|li(?:fe|ves) (?:was|were )?lost|lost (?:his|her|their|its) li\w+|victims?"
        r"|bod(?:y|ies)|mourn\w*|funerals?|buried|burial|grave|assassinat\w*|execut\w*|slain"
        r"|suicide|casualt\w*|massacre\w*|toll|shot|stabbed|strangled|late|widow\w*|remains"
        r"|claimed|took|crushed|bereaved|surviv\w*|memorial|succumb\w*|electrocuted|corpses?"
        r"|homicide|manslaughter|lynched|starved|genocide|passed away|condolences?|coffins?"
        r"|extinct|expired?|collapsed",
    ),
    (
        r"injured|wounded",
        r"injur\w*|wound\w*|hurt\w*|harm\w*|burn\w*|hospital\w*|treat\w*|casualt\w*|broke\w*"
        r"|bruis\w*|shot|stab\w*|cuts?|fractur\w*|maim\w*|bleed\w*|medic\w*|doctors?|ambulance\w*"
        r"|hit|struck|beat\w*|concuss\w*|bitten|attack\w*|victims?|clinic|surgery",
    ),
)
"""Words that tell of a harm, and all that a source may put it by."""

_GRAVE = (
    (
        r"(?:was|were|been) (?:shot|stabbed)|gunned down",
        r"shot\w*|shoot\w*|gun\w*|bullet\w*|stab\w*|kni(?:fe|ves)|fir(?:e|ed|ing)|kill\w*"
        r"|wound\w*|assassinat\w*|hospital|snipers?|film\w*|camera\w*|movie|attack\w*|murder\w*|fatal\w*|dead|died",
    ),
    (
        r"expelled|expels|thrown out of|kicked out of",
        r"sent home|expel\w*|expuls\w*|exclu\w+|thrown? out|threw out|kicked out|oust\w*|banish\w*"
        r"|deport\w*"
        r"|remov\w*|suspend\w*|drop\w*|dismiss\w*|strip\w*|leave\w*|left|evict\w*|out of"
        r"|persona non",
    ),
    (
        r"beaten|tortured|abused|mistreated|assaulted|whipped",
        r"beat\w*|tortur\w*|abus\w*|mistreat\w*|ill-treat\w*|assault\w*|whip\w*|brutal\w*"
        r"|blows?|kick\w*|punch\w*|violen\w*|batter\w*|flogg\w*|maltreat\w*|hit|struck"
        r"|defeat\w*|w[io]n|victor\w*|lost|outvot\w*",
    ),
    (
        r"ransoms?",
        r"ransom\w*|paid|pay\w*|money|extort\w*",
    ),
    (
        r"bribes?|bribed|bribery|kickbacks?",
        r"brib\w*|kickback\w*|corrupt\w*|graft|payments?|paid|favou?rs?|backhander\w*",
    ),
    (
        r"resigned|resigns|stepped down|quit his|quit her",
        r"resign\w*|notice|tender\w*|bow\w* out|step\w* down|quit\w*|stood down|stand\w* down"
        r"|depart\w*|leav\w*|left"
        r"|gave up"
        r"|gives? up|former|ex-\w+|oust\w*|step\w* aside|retire\w*|withdr\w*|out of office"
        r"|relinquish\w*|successor|end\w*",
    ),
    (
        r"(?:was|were|been|have|has|had) arrested|arrested|handcuffed|taken into custody",
        r"arrest\w*|detain\w*|detention|custody|seiz\w*|captur\w*|jail\w*|prison\w*"
        r"|round\w* up"
        r"|held|imprison\w*|apprehend\w*|caught|handcuff\w*|police|raid\w*|abduct\w*"
        r"|behind bars",
    ),
    (
        r"convicted|found guilty|sentenced to|acquitted",
        r"convict\w*|guilt\w*|sentenc\w*|acquit\w*|verdict\w*|jail\w*|imprison\w*|prison"
        r"|clear\w*|plead\w*|condemn\w*|years in",
    ),
    (
        r"apologi[sz]ed|apologi[sz]es|apology",
        r"apolog\w*|sorry|regret\w*|forgive\w*|excus\w*|pardon\w*",
    ),
    (
        r"dissolved|disbanded",
        r"dissol\w*|disband\w*|break\w* up|broke\w* up|end\w*|terminat\w*|scrap\w*"
        r"|abolish\w*|abandon\w*"
        r"|wound up|split\w*|collaps\w*|shut\w*|clos\w*|cancel\w*|withdr\w*|quit",
    ),
    (
        r"(?:sell|sold|selling) (?:its|his|her|their|the)? ?(?:\w+ )?(?:stakes?|shares?"
        r"|holdings?)",
        r"stakes?|sell\w*|sold|sale|holdings?|divest\w*|dispos\w*",
    ),
    (
        r"settlement offer|out-of-court settlement|settled out of court",
        r"settle(?:ment|ments|d)?|compromise|payout|out of court|deal|agreement|compensat\w*",
    ),
    (
        r"(?:threw|thrown|throws) out|struck down|overturned|quashed|annulled",
        r"thr(?:ew|own?|ows?) out|struck down|strik\w* down|overturn\w*|quash\w*|annul\w*"
        r"|dismiss\w*|reject\w*"
        r"|revers\w*|void\w*|invalid\w*|cancel\w*|scrap\w*|repeal\w*|block\w*"
        r"|un(?:constitutional|lawful)|illegal|sided|in favou?r|ruled|ruling against|rules",
    ),
    (
        r"poison(?:ed|ing)",
        r"poison\w*|toxi\w*|nerve agent|contaminat\w*|venom\w*",
    ),
    (
        r"boycott(?:ed|ing|s)?",
        r"boycott\w*|stay\w* away|absent\w*|absence|shun\w*|refus\w*|walk\w* out|skip\w*"
        r"|abstain\w*|not (?:attend|take part|join)|without|declin\w*",
    ),
    (
        r"coup",
        r"coup|putsch|overthr\w*|toppl\w*|oust\w*|mutin\w*|takeover|seiz\w*|junta",
    ),
    (
        r"(?:was|were|been) (?:fired|sacked)|sacked",
        r"fir(?:e|ed|ing)|sack\w*|dismiss\w*|remov\w*|oust\w*|replac\w*|laid off|lay\w* off"
        r"|let go|layoffs?|redundan\w*|lost (?:his|her|their) jobs?|job cuts|cut\w*|axed"
        r"|reliev\w*|terminat\w*|former",
    ),
    (
        r"rebuilding|reconstruction|rebuilt|rebuild",
        r"re-?build\w*|rebuilt|reconstruct\w*|repair\w*|restor\w*|renovat\w*|build\w*"
        r"|recover\w*|renew\w*|redevelop\w*",
    ),
    (
        r"hijacked|kidnapped|abducted|taken hostage",
        r"hijack\w*|kidnap\w*|abduct\w*|hostage\w*|captur\w*|captiv\w*|seiz\w*|snatch\w*"
        r"|held|taken|detain\w*|missing",
    ),
    (
        r"sued|lawsuits?",
        r"su(?:e|ed|es|ing|it|its)|lawsuit\w*|litigat\w*|court|case|plaintiff\w*|claim\w*"
        r"|legal action|class[- ]action",
    ),
    (
        r"verdicts?",
        r"verdict\w*|jur(?:y|ies|or|ors)|convict\w*|guilty|acquit\w*|sentenc\w*|rul(?:ed"
        r"|ing|ings|es)|judge?ments?|decision\w*",
    ),
    (
        r"(?:was|were|been|has|have|had) (?:fined|deported|extradited)|fined|deported"
        r"|extradited",
        r"fin(?:e|ed|es|ing)|penalt\w*|deport\w*|expel\w*|expuls\w*|extradit\w*"
        r"|hand\w* over|sent (?:back|home)"
        r"|return\w*|remov\w*|surrender\w*|sanction\w*|pay\w*|paid|million|billion",
    ),
    (
        r"defected|surrendered|mutinied",
        r"defect\w*|jump\w* ship|surrender\w*|mutin\w*|gave up|giv\w* up|went over|switch\w*"
        r"|capitulat\w*|flee\w*|fled"
        r"|lay\w* down|laid down|join\w*|hand\w* over|turn\w* (?:himself|herself"
        r"|themselves) in",
    ),
    (
        r"exploded|blew up|detonated",
        r"explo\w*|went off|rose|surg\w*|soar\w*|bl[eo]w\w* up|detonat\w*|blast\w*|bomb\w*|shell\w*"
        r"|mines?|missile\w*|charge\w*|burst",
    ),
    (
        r"looted|stolen|stole|embezzled|robbed",
        r"loot\w*|st[oe]l\w*|made off|theft\w*|thie\w*|embezzl\w*|rob\w*|fraud\w*|plunder\w*"
        r"|burgl\w*|missing|took|taken|misappropriat\w*|pocket\w*|divert\w*|siphon\w*",
    ),
    (
        r"vetoed|veto",
        r"veto\w*|block\w*|refus\w*|reject\w*|unanim\w*|against|object\w*",
    ),
    (
        r"bankrupt|bankruptcy|insolvent",
        r"bankrupt\w*|insolven\w*|creditor\w*|administration|liquidat\w*|collaps\w*"
        r"|chapter 11|debts?|receiver\w*|went under|fold\w*",
    ),
    (
        r"evacuated|evacuation",
        r"evacuat\w*|flee\w*|fled|leave\w*|left|mov\w*|rescu\w*|airlift\w*|clear\w*"
        r"|displac\w*|shelter\w*|taken|brought|relocat\w*|pull\w*|withdr\w*|homes",
    ),
    (
        r"pardoned|amnesty|amnestied",
        r"pardon\w*|amnest\w*|clemency|forgiv\w*|releas\w*|free\w*|commut\w*",
    ),
    (
        r"invaded|annexed",
        r"invad\w*|invasion\w*|annex\w*|occup\w*|seiz\w*|troops|took|taken|incursion\w*"
        r"|enter\w*|captur\w*|takeover|storm\w*|cross\w*|ground",
    ),
    (
        r"nationali[sz]ed|privati[sz]ed",
        r"nationali[sz]\w*|privati[sz]\w*|state|government|sell\w*|sold|sale|public",
    ),
    (
        r"went on strike|walked off the job|downed tools",
        r"strik\w*|walk\w* (?:out|off)|stoppage\w*|down\w* tools|industrial action|work",
    ),
    (
        r"wept|in tears",
        r"we[ep]p\w*|wept|tear\w*|cr(?:y|ied|ies|ying)|sob\w*|grie\w*|mourn\w*|emotion\w*",
    ),
    (
        r"drunk|intoxicated|on drugs",
        r"drunk\w*|over the limit|drink\w*|alcohol\w*|intoxicat\w*|drug\w*|sober|beer|wine|vodka",
    ),
)
"""Words that tell of a grave deed, and all that a source may put it by, wide on purpose."""

_HARM, _THING = (Reason.HARM_ADDED, "harm"), (Reason.WORDS_MISSING, "thing")
_ALL = (*_HARMS, *_GRAVE)
_SAID = re.compile(
    r"\b(?:" + "|".join(f"(?P<deed{at}>{said})" for at, (said, _) in enumerate(_ALL)) + r")\b"
)


@lru_cache(maxsize=len(_ALL))
def _known(at: int) -> re.Pattern[str]:
    """Return what tells of a deed of `_ALL`; compiled when first asked for, as few ever are."""
    return re.compile(rf"\b(?:{_ALL[at][1]})\b", re.IGNORECASE)


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """Nobody is killed, expelled or bribed, and nothing dissolved or settled, without the source.

    Words between quotation marks are not looked at: they have their own check.
    """
    near = [one.text for piece in cited for one in (piece.analysis, piece.headline, *piece.before)]
    told = unquoted(claim.text)
    for here in _SAID.finditer(told):
        at = int(str(here.lastgroup).removeprefix("deed"))
        if not any(_known(at).search(text) for text in near):
            code, what = _HARM if at < len(_HARMS) else _THING
            return Fault(
                code=code,
                detail=f"says {here[0]!r}; the source tells of no such {what}",
                words=Span(*here.span()),
            )
    return None
