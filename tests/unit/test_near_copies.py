from itertools import permutations

from briefing.steps.trace import near_copies
from briefing.text.wording import canonical_words

SUBJECTS = "harbour railway tariff wheat treaty minister lake pipeline customs school".split()
DEEDS = "opened closed mended counted praised measured forgot bought sold painted".split()


def written(seed, sentences=30):
    """A text of thirty sentences; another seed gives another text."""
    return " ".join(
        f"In the {n * seed}th week the {SUBJECTS[(n * seed) % 10]} of town {n + seed} was "
        f"{DEEDS[(n + seed) % 10]} by {n * 7 + seed} people."
        for n in range(1, sentences + 1)
    )


def groups(**texts):
    return near_copies({name: canonical_words(text) for name, text in texts.items()})


ONE, OTHER = written(3), written(101)


def test_articles_with_words_of_their_own_are_no_copies():
    assert groups(one=ONE, other=OTHER) == ()


def test_another_headline_dateline_and_a_footer_do_not_hide_a_copy():
    dressed = f"SALM, 4 May (Salm Wire) - {ONE} Read more of this at the Courier. All rights kept."
    assert groups(one=ONE, dressed=dressed, other=OTHER) == (("dressed", "one"),)


def test_a_shortened_copy_is_found_though_most_of_the_text_is_gone():
    assert groups(one=ONE, short=ONE[: len(ONE) // 4], other=OTHER) == (("one", "short"),)


def test_changed_figures_do_not_hide_a_copy():
    assert groups(one=ONE, new=ONE.replace(" by 2", " by 9")) == (("new", "one"),)


def test_a_quoted_sentence_makes_no_copy():
    quoting = f"{OTHER} {'. '.join(ONE.split('. ')[:3])}"
    assert groups(one=ONE, quoting=quoting) == ()


def test_a_page_of_several_articles_joins_none_of_them():
    parts = {f"part{n}": written(seed, 12) for n, seed in enumerate((3, 101, 211, 307))}
    assert groups(page=" ".join(parts.values()), **parts) == ()


def test_both_halves_of_a_long_article_are_copies_of_it():
    half = len(ONE) // 2
    assert groups(head=ONE[:half], tail=ONE[half:], whole=ONE) == (("head", "tail", "whole"),)


def test_the_order_in_which_the_articles_come_changes_nothing():
    texts = {"a": ONE, "b": ONE[: len(ONE) // 3], "c": OTHER, "d": f"{OTHER} More."}
    found = {groups(**dict(order)) for order in permutations(texts.items())}
    assert found == {(("a", "b"), ("c", "d"))}


def test_a_footer_that_all_pages_have_costs_no_square_and_joins_nothing():
    footer = "Sign up for the evening letter of the Salm Courier and never miss what matters. " * 2
    pages = {f"p{n}": f"{written(7 * n + 1, 8)} {footer}" for n in range(40)}
    assert groups(**pages) == ()


def test_nothing_and_two_lines_are_copies_of_nothing():
    assert near_copies({}) == ()
    assert groups(empty="", blank=" ", short="Two lines came.", same="Two lines came.") == ()
