"""A reply in which nothing is wrong."""

from tests.stand_in import Reply, completion

FINE = Reply(body=completion('{"sentences": []}'))
