"""Words that tell whether a full stop ends a sentence, of the languages that are read."""
# ruff: noqa: RUF001 (letters of other scripts look like ours)

TITLES = frozenset(
    "gens sens reps govs profs cols sgts capts lts revs mr mrs ms messrs mx dr drs prof rev gen "
    "lt col maj capt cmdr cdr sgt cpl pvt pfc adm brig supt insp det cllr gov pres amb asst atty "
    "fr mme mlle mgr pr gén cdt adj sra srta sres dra dña gral cnel tte sgto lic arq prof profa "
    "excmo excma exmo exma ilmo mons pdte eng sigg dott dottssa profssa avv geom egr spett l'on "
    "hr hrn frl dipl dhr mevr me hon rep sen sig ing cap mag ir av sn alb org op doç yrd öğr gör "
    "korg tümg tuğg yzb uzm ген проф акад полк кап лейт инж डॉ प्रो श्री श्रीमती सुश्री पं स्व".split()
)
"""They stand before a name. With a capital they are never the last word of a sentence."""

NEVER_LAST = frozenset(
    "v vs cf viz eg e.g ie i.e ca incl inkl exkl zzgl evtl ggf bspw einschl sog ehem mt resp bijv "
    "d.w.z bkz örn p.ex p.es p.ej z.b d.h u.a o.a т.е т.к т.н напр कि.मी से.मी मी".split()
)

BEFORE_NUMBER = frozenset(
    "no nos nr núm num art arts fig figs p pp s vol vols ch chap kap sec sect para abs abb bd tab "
    "pag pág págs pagg blz approx aprox c circa est máx mín max min tel tél ext pop apt rs kr стр "
    "рис रु नं".split()
)
"""Abbreviations before a number, ordinary words before anything else: "he said no."."""

SOMETIMES_LAST = frozenset(
    "inc ltd ltda co corp bros plc llc gmbh cie cía cia assn assoc univ dept intl natl mfg jr sr "
    "st ste sté ft sq ave avda blvd bd rd hwy pkwy al ud uds vd vds env hab mio mrd tsd ej "
    "mar sep sept oct dec sat sun mon wed jan feb apr jun jul aug nov okt dez tue tues thu thur "
    "thurs fri janv févr avr juil déc cad sok mah bul г гг в вв им ул просп пер пл обл оз о р пос "
    "с дер см ср св руб коп долл тыс млн млрд чел".split()
)
"""They end a sentence when the next word is one that begins sentences, and so do "U.S." and
"p.m."."""

ALSO_WORDS = frozenset(
    "me cap mag ir on sn alb org op eng det gör mar sep sept oct dec sat sun mon wed".split()
)
"""Of the above, those that are ordinary words without a capital: "in the sun." is no Sunday."""

STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb "
    "nev okla ore pa tenn tex va vt wash wis wyo".split()
)
"""Behind a comma, as in "Salm, Mo.", or in "R-Ky.": of the United States, in news style."""

OFTEN_LAST = frozenset(("т.д", "т.п", "vb"))
"""They look like abbreviations before a word, but say "etc."."""

HINDI_INITIALS = frozenset(
    "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई ज़ेड".split()
)

FULL_TITLES = frozenset(
    "general colonel major admiral captain marshal senator governor lieutenant sergeant brigadier "
    "commander professor doctor reverend".split()
)
"""Abbreviated titles that bad translations spell out and keep the full stop of: "the general.
Anders Holm"."""

ARTICLES = frozenset("the el la le il o der".split())

PARTICLES = frozenset(
    "a al an da das de den der des di do du el la las le los o os so van von".split()
)
"""Words that begin sentences but stand inside names as well: "M. Le Corvec"."""

SUBJECTS = frozenset("the he she it they we you this that these those there".split())

STARTERS = (
    PARTICLES
    | SUBJECTS
    | frozenset(
        "i his her its their our my here in on at for but and or if when while after before "
        "during since with without by from to under as however meanwhile earlier later both all "
        "some many most more no not nobody none what who why how where which one two three "
        "several another each every only also still yet now then today yesterday tomorrow until "
        "although though because once neither either despite according "
        "un una ella él ellos ellas se en "
        "con por para su sus este esta pero según también desde tras les une il elle ils elles on "
        "ce cette ces dans pour mais selon après avant depuis son sa ses leur l die ein eine er "
        "sie es wir im am auf mit nach für aber und auch dies diese dort dann danach seit bei zu "
        "niemand lo i gli lui lei um uma ele ela het een hij zij ze daar er bu şu ve ancak fakat "
        "sonra он она они оно это этот эта в на но и а по за как его её их с после мы вы я там "
        "здесь".split()
    )
)

GROUPS = frozenset(
    "officials police residents reporters witnesses critics analysts soldiers people".split()
)
"""They begin many a sentence, but many a name as well: "D.C. Police"."""

GERMAN_MONTHS = frozenset(
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
