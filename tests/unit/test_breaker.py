from briefing.edges.breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def breaker():
    clock = Clock()
    return CircuitBreaker(failures=3, rest_s=30, clock=clock), clock


def test_opens_after_so_many_failures_in_a_row():
    one, _ = breaker()
    for _ in range(2):
        one.note(is_outage=True)
    assert one.rest_s() == 0
    one.note(is_outage=True)
    assert (one.rest_s(), one.failures) == (30, 3)


def test_any_other_answer_closes_it():
    one, _ = breaker()
    for is_outage in (True, True, False, True, True):
        one.note(is_outage=is_outage)
    assert one.rest_s() == 0


def test_after_a_rest_one_try_goes_through_and_the_others_wait():
    one, clock = breaker()
    for _ in range(3):
        one.note(is_outage=True)
    clock.now = 31
    assert (one.rest_s(), one.rest_s()) == (0, 30)
    one.note(is_outage=False)
    assert one.rest_s() == 0


def test_a_try_that_fails_opens_it_again():
    one, clock = breaker()
    for _ in range(3):
        one.note(is_outage=True)
    clock.now = 31
    one.rest_s()
    one.note(is_outage=True)
    clock.now = 40
    assert one.rest_s() == 21
