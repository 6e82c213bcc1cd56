"""Holds what a client stamped against what the server sent.

A client need not say which of the server's answers an exchange is. Of all pairings with the same number of tokens the
one is found in which the stamps lie closest to the sends: the sends of two streams differ by the server's own jitter
even where their phases are alike, and a stamp repeats it.
"""

import json
import pathlib
from dataclasses import dataclass

# Tokens of a stream that are compared to pair it.
SAMPLES = 8
# A pairing is not chosen by how far off its worst token is. Nanoseconds.
FARTHEST = 2_000_000


@dataclass
class Sent:
    id: str | None
    arrived: int
    times: list[int]


@dataclass
class Received:
    id: str
    sent: int
    times: list[int]
    clock: str
    degraded: bool


def server_log(path: pathlib.Path) -> list[Sent]:
    lines = [json.loads(line) for line in path.open()]
    return [Sent(line["id"], line["request_arrived_ns"], line["send_ns"]) for line in lines if line["complete"]]


def exchanges(path: pathlib.Path) -> list[Received]:
    received = []
    for line in path.open():
        exchange = json.loads(line)
        sent = exchange["sent_monotonic_ns"]
        times = [sent + offset for offset in exchange.get("token_offsets_ns") or []]
        degraded = bool(exchange.get("degraded") or exchange.get("inter_token_degraded"))
        received.append(Received(str(exchange["id"]), sent, times, exchange.get("clock", "unknown"), degraded))
    return received


def paired(received: list[Received], sent: list[Sent], trust_ids: bool = False) -> list[tuple[Received, Sent]]:
    if trust_ids:
        known = {answer.id: answer for answer in sent}
        return [(exchange, known[exchange.id]) for exchange in received if exchange.id in known]
    candidates = []
    for number, exchange in enumerate(received):
        count = len(exchange.times)
        if not count:
            continue
        places = sorted({(count - 1) * sample // (SAMPLES - 1) for sample in range(SAMPLES)})
        stamps = [exchange.times[place] for place in places]
        for other, answer in enumerate(sent):
            if len(answer.times) != count:
                continue
            distance = 0
            for place, stamp in zip(places, stamps):
                distance += min(abs(stamp - answer.times[place]), FARTHEST)
            if distance < len(places) * FARTHEST:
                candidates.append((distance, number, other))
    candidates.sort()
    free_received, free_sent, pairs = set(range(len(received))), set(range(len(sent))), []
    for _, number, other in candidates:
        if number in free_received and other in free_sent:
            free_received.discard(number)
            free_sent.discard(other)
            pairs.append((received[number], sent[other]))
    # A client that is late by more than that still has its tokens in the order of the server's.
    left = sorted((received[number] for number in free_received), key=lambda one: one.times[:1])
    rest = sorted((sent[other] for other in free_sent), key=lambda one: one.times[:1])
    return pairs + [(one, other) for one, other in zip(left, rest) if len(one.times) == len(other.times)]


def quantile(values: list[float], part: float) -> float:
    """By nearest rank, of sorted values."""
    return values[min(len(values) - 1, int(part * len(values)))] if values else float("nan")


def gaps(times: list[int]) -> list[int]:
    return [later - earlier for earlier, later in zip(times, times[1:])]


def errors(received: list[Received], sent: list[Sent], trust_ids: bool = False) -> dict:
    """Microseconds of error: of arrivals the stamp minus the send, of TTFT the client's minus the server's."""
    pairs = paired(received, sent, trust_ids)
    if not pairs:
        return {"unmatched": len(received)}
    arrivals = sorted(stamp - time for one, other in pairs for stamp, time in zip(one.times, other.times))
    first_errors = sorted(one.times[0] - other.times[0] for one, other in pairs)
    first = sorted(abs((one.times[0] - one.sent) - (other.times[0] - other.arrived)) for one, other in pairs)
    reported = sorted(gap for one, _ in pairs for gap in gaps(one.times))
    true = sorted(gap for _, other in pairs for gap in gaps(other.times))
    return {
        "first_p50_us": quantile(first_errors, 0.5) / 1e3,
        "first_p99_us": quantile(first_errors, 0.99) / 1e3,
        "arrival_p50_us": quantile(arrivals, 0.5) / 1e3,
        "arrival_p99_us": quantile(arrivals, 0.99) / 1e3,
        "arrival_max_us": arrivals[-1] / 1e3,
        "ttft_p50_us": quantile(first, 0.5) / 1e3,
        "ttft_p99_us": quantile(first, 0.99) / 1e3,
        "itl_p99_ms": quantile(reported, 0.99) / 1e6,
        "true_itl_p99_ms": quantile(true, 0.99) / 1e6,
        "unmatched": len(received) - len(pairs),
        "id_agreement": sum(one.id == other.id for one, other in pairs) / len(pairs),
        "kernel_clock": sum("kernel" in one.clock for one in received) / len(received),
        "degraded": sum(one.degraded for one in received) / len(received),
    }
