"""Floors under the tracing of copies, on articles and labels that lie beside the project."""

import json
import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def bench():
    """The benchmark, whose code measures what is asserted here."""
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import copies
    finally:
        sys.path.pop(0)
    return copies


@pytest.fixture(scope="module")
def rows(bench, shared):
    path = shared / "data" / "grouping" / "neardup" / "synthetic.jsonl"
    if not path.is_file():
        pytest.skip(f"There is no {path}.")
    return bench.read(path)


def test_copies_are_grouped_and_other_articles_on_the_event_are_not(bench, rows):
    hidden = [{key: row[key] for key in ("id", "title", "text")} for row in rows]
    labels = bench.predicted(hidden, bench.cleaned(hidden), bench.ours)
    found = bench.scores(rows, labels)
    assert found["bcubed_f1"] >= 0.99
    assert found["bcubed_precision"] >= 0.995
    truncated, count = map(int, found["found_by_variant"]["truncated"].split(" of "))
    assert truncated >= 0.95 * count


def test_changed_figures_are_noticed_and_none_where_nothing_changed(bench, rows):
    found = bench.changed_figures(rows, bench.cleaned(rows))
    changed = found.pop("update_numbers")
    assert changed["of_which_all_noticed"] >= 46
    assert changed["of_which_some_noticed"] == changed["copies"] == 47
    assert sum(count["false_alarms"] for count in found.values()) == 0


def test_every_shared_run_of_the_five_articles_is_found_where_it_stands(bench, shared):
    folder = shared / "data" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"There is no {folder}.")
    found = bench.seeds(folder)
    assert found["found_with_exact_places"] == found["runs_of_12_words"] >= 14
    assert found["origins"][0]["articles"] == ["S1", "S2", "S3", "S5"]
    assert found["origins"][0]["source"] == "Foreign Office"


def test_rows_without_labels_get_their_groups(bench, tmp_path, monkeypatch):
    rows = [{"id": name, "text": "One came by train to the port of Salm."} for name in "ab"]
    data, out = tmp_path / "rows.jsonl", tmp_path / "groups.jsonl"
    data.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    monkeypatch.setattr("sys.argv", ["copies.py", "--data", str(data), "--out", str(out)])
    bench.main()
    assert bench.read(out) == [{"id": "a", "group": "a"}, {"id": "b", "group": "a"}]
