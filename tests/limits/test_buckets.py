"""Token buckets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.limits.buckets import TokenBuckets

RATE, BURST = 2.0, 5


def test_a_burst_passes_and_then_the_rate() -> None:
    buckets = TokenBuckets(RATE, BURST)
    assert [buckets.take("a", 0.0) for _ in range(BURST)] == [0.0] * BURST
    assert buckets.take("a", 0.0) == 0.5
    assert buckets.take("a", 0.25) == 0.25
    assert buckets.take("a", 0.5) == 0.0
    assert buckets.take("a", 0.5) > 0


def test_clients_have_buckets_of_their_own() -> None:
    buckets = TokenBuckets(RATE, 1)
    assert buckets.take("a", 0.0) == 0.0
    assert buckets.take("a", 0.0) > 0
    assert buckets.take("b", 0.0) == 0.0


def test_the_number_of_clients_is_bounded() -> None:
    buckets = TokenBuckets(RATE, 1, max_clients=3)
    for client in range(100):
        buckets.take(str(client), 0.0)
    assert len(buckets) == 3
    assert buckets.take("99", 0.0) > 0  # the latest are remembered


@given(st.lists(st.floats(0, 10), min_size=1, max_size=60))
def test_never_more_than_the_burst_and_the_rate_allow(pauses: list[float]) -> None:
    buckets, now, passed = TokenBuckets(RATE, BURST), 0.0, 0
    for pause in pauses:
        now += pause
        wait = buckets.take("a", now)
        passed += wait == 0
        assert 0 <= wait <= 1 / RATE
    assert passed <= BURST + RATE * now + 1e-6
