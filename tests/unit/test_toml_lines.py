import pytest

from briefing.edges.toml_lines import line_of

TEXT = '''# [smtp] is below
[model]
name = "x"  # host

[smtp]
host = "mail.example"
note = """
tls = "none"
[[digest]]
"""
tls = "starttls"

[[digest]]
name = "one"
weekdays = [
  "mon",
]
[[digest]]
name = "two"
ports.first = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("model",), 2),
        (("smtp", "host"), 6),
        (("smtp", "tls"), 11),
        (("digest",), 13),
        (("digest", 0), 13),
        (("digest", 0, "weekdays"), 15),
        (("digest", 1), 18),
        (("digest", 1, "name"), 19),
        (("digest", 1, "ports", "first"), 20),
        (("digest", 1, "missing"), 18),
        (("smtp", "missing"), 5),
        (("zebra",), None),
    ],
)
def test_a_value_stands_on_the_line_where_the_file_first_has_it(path, line):
    assert line_of(TEXT, path) == line


def test_a_file_of_very_many_lines_is_left_alone():
    assert line_of("a = 1\n" + "#\n" * 6_000, ("a",)) is None
