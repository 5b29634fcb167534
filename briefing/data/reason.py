"""Why a check fails, as codes that programs can count on."""

from enum import StrEnum


class Reason(StrEnum):
    """The reason code of a failed check; `docs/json.md` lists them by check."""

    NO_CITATION = "no-citation"
    UNKNOWN_ID = "unknown-id"
    UNKNOWN_ARTICLE = "unknown-article"
    SPAN_MOVED = "span-moved"

    QUOTATION_DIFFERS = "quotation-differs"
    QUOTATION_UNPAIRED = "quotation-unpaired"
    QUOTATION_DENIED = "quotation-denied"
    QUOTATION_OF_ANOTHER_THING = "quotation-of-another-thing"

    NUMBER_DIFFERS = "number-differs"
    NUMBER_MISSING = "number-missing"
    NUMBER_COUNTS_ELSE = "number-counts-else"

    DATE_DIFFERS = "date-differs"
    DATE_MISSING = "date-missing"

    NAME_DIFFERS = "name-differs"
    NAME_MISSING = "name-missing"
    NAME_ELSEWHERE = "name-elsewhere"
    SCRIPTS_MIXED = "scripts-mixed"

    TITLE_DIFFERS = "title-differs"
    TITLE_OF_ANOTHER = "title-of-another"
    TITLE_MISSING = "title-missing"

    PLAN_TOLD_AS_DONE = "plan-told-as-done"
    WISH_TOLD_AS_PLAN = "wish-told-as-plan"
    FACT_TOLD_AS_OPEN = "fact-told-as-open"
    CONDITION_LOST = "condition-lost"
    PAST_TOLD_AS_NOW = "past-told-as-now"
    QUESTION_TOLD_AS_FACT = "question-told-as-fact"

    NEGATION_ADDED = "negation-added"
    NEGATION_LOST = "negation-lost"
    OPPOSITE_WORD = "opposite-word"

    OWN_VOICE = "own-voice"
    SPEAKER_DIFFERS = "speaker-differs"
    ATTRIBUTION_LOST = "attribution-lost"

    ANOTHER_DID_IT = "another-did-it"
    SIDES_SWAPPED = "sides-swapped"

    OF_ANOTHER_THING = "of-another-thing"
    OF_ANOTHER_DATE = "of-another-date"
    OF_ANOTHER_PLACE = "of-another-place"
    WAY_TURNED = "way-turned"
    CAUSE_ADDED = "cause-added"
    CROSSED_OVER = "crossed-over"

    QUANTITY_CHANGED = "quantity-changed"
    ORDER_TURNED = "order-turned"

    WORD_OF_A_KIND_DIFFERS = "word-of-a-kind-differs"
    WORD_REPLACED = "word-replaced"
    HARM_ADDED = "harm-added"
    WORDS_MISSING = "words-missing"
    NOTHING_TO_CHECK = "nothing-to-check"
    TOO_LONG = "too-long"
    NO_EVIDENCE = "no-evidence"

    LABEL_DIFFERS = "label-differs"
    PERSON_DIFFERS = "person-differs"
    PLAN_REPORTED = "plan-reported"
    DIFFERENCE_DIFFERS = "difference-differs"
    DIFFERENCE_LEFT_OUT = "difference-left-out"
    HEADLINE_DIFFERS = "headline-differs"
    SECTION_DIFFERS = "section-differs"
    GAP_DIFFERS = "gap-differs"
    COUNT_DIFFERS = "count-differs"
    SOURCE_DIFFERS = "source-differs"
    ORIGIN_DIFFERS = "origin-differs"
    RECORD_DIFFERS = "record-differs"

    DISPUTED = "disputed"
