"""The comparisons of the streaming client: which runs they make, and the limits that their figures are held to."""

import statistics
from dataclasses import replace

from .figures import Outcome
from .streams import GATE, PROXY, REFERENCE, RELAY, Setting, Shape, interleaved

# What a cost that grows by the square would do to `growth` is 2.
LINEAR = 1.5


def values(rounds: list[dict[str, dict]], client: str, name: str) -> list:
    return [made[client].get(name) for made in rounds if client in made]


def ratios(rounds: list[dict[str, dict]], name: str, one: str = GATE, other: str = REFERENCE) -> list:
    return [made[one][name] / made[other][name] for made in rounds
            if one in made and other in made and name in made[one] and made[other].get(name)]


def compare(
    outcome: Outcome, rounds: list[dict[str, dict]], name: str, what: str, unit: str,
    ratio: float | None = None, limit: float | None = None
) -> None:
    """The reference's figure, ours, and their ratio, with the limits of the last two."""
    outcome.add(f"{what}, C", unit, values(rounds, REFERENCE, name))
    outcome.add(f"{what}, chimera-gate", unit, values(rounds, GATE, name), limit)
    if ratio is not None:
        outcome.add(f"{what}, ratio", "", ratios(rounds, name), ratio)


def paced(setting: Setting, outcome: Outcome, streams: int, tokens: int) -> None:
    rounds = interleaved(setting, outcome, Shape(streams, tokens), [REFERENCE, GATE])
    compare(outcome, rounds, "cpu_us_per_token", "CPU per token", "µs", ratio=1.3)
    compare(outcome, rounds, "arrival_p50_us", "arrival error p50", "µs")
    compare(outcome, rounds, "arrival_p99_us", "arrival error p99", "µs", ratio=2, limit=100)
    compare(outcome, rounds, "ttft_p50_us", "TTFT error p50", "µs")
    compare(outcome, rounds, "ttft_p99_us", "TTFT error p99", "µs")
    compare(outcome, rounds, "peak_mb", "peak memory", "MB", limit=20 + 0.025 * streams)
    # The reference names its requests, which shows whether pairing by time alone is right.
    outcome.add("exchanges paired rightly, C", "%", [100 * part for part in values(rounds, REFERENCE, "id_agreement")])
    for client, title in ((REFERENCE, "C"), (GATE, "chimera-gate")):
        off = [100 * abs(made[client]["itl_p99_ms"] / made[client]["true_itl_p99_ms"] - 1)
               for made in rounds if client in made]
        degraded = values(rounds, client, "degraded")
        held = client == GATE and streams >= 512
        excuse = "marked degraded" if degraded and statistics.median(degraded) > 0 else None
        outcome.add(f"ITL p99 off the truth, {title}", "%", off, 1 if held else None, excuse if held else None)


def burst(setting: Setting, outcome: Outcome, streams: int) -> None:
    rounds = interleaved(setting, outcome, Shape(streams, 10), [REFERENCE, GATE])
    compare(outcome, rounds, "ttft_p50_us", "TTFT error p50", "µs")
    compare(outcome, rounds, "ttft_p99_us", "TTFT error p99", "µs", limit=500)


def one_core(setting: Setting, outcome: Outcome, streams: int, tokens: int) -> None:
    rounds = interleaved(setting, outcome, Shape(streams, tokens), [REFERENCE, GATE])
    compare(outcome, rounds, "ttft_p99_us", "TTFT error p99", "µs", limit=1000)
    compare(outcome, rounds, "arrival_p99_us", "arrival error p99", "µs")
    compare(outcome, rounds, "cpu_us_per_token", "CPU per token", "µs")
    compare(outcome, rounds, "peak_mb", "peak memory", "MB", limit=20 + 0.025 * streams)


def busy(setting: Setting, outcome: Outcome, streams: int, tokens: int) -> None:
    rounds = interleaved(setting, outcome, Shape(streams, tokens, spinners=2), [REFERENCE, GATE])
    compare(outcome, rounds, "arrival_p50_us", "arrival error p50", "µs")
    compare(outcome, rounds, "arrival_p99_us", "arrival error p99", "µs", limit=200)
    compare(outcome, rounds, "ttft_p99_us", "TTFT error p99", "µs")


def full_rate(setting: Setting, outcome: Outcome, tokens: int) -> None:
    shape = Shape(64, tokens, rate=0, ttft_ms=1, audited=False)
    for exchanges, title in ((False, "without exchanges"), (True, "with exchanges")):
        rounds = interleaved(setting, outcome, replace(shape, exchanges=exchanges), [REFERENCE, GATE])
        compare(outcome, rounds, "cpu_us_per_token", f"CPU per token {title}", "µs", ratio=2)


def peers(setting: Setting, outcome: Outcome, tokens: int) -> None:
    clients = [REFERENCE, GATE, "ollama", "openai"]
    rounds = interleaved(setting, outcome, Shape(64, tokens), clients)
    compare(outcome, rounds, "cpu_us_per_token", "CPU per token", "µs")
    for peer, limit in (("ollama", 0.2), ("openai", None)):
        outcome.add(f"CPU per token, {peer}", "µs", values(rounds, peer, "cpu_us_per_token"))
        outcome.add(f"CPU of chimera-gate to {peer}", "", ratios(rounds, "cpu_us_per_token", GATE, peer), limit)
        outcome.add(f"arrival error p99, {peer}", "µs", values(rounds, peer, "arrival_p99_us"))
        outcome.add(f"TTFT error p99, {peer}", "µs", values(rounds, peer, "ttft_p99_us"))


def proxied(setting: Setting, outcome: Outcome, streams: int, tokens: int) -> None:
    """The same load with our proxy between and without it: what it adds to the way of each piece, beside what any relay
    adds."""
    # The first answer of a program reads its code from the disk: of so many requests it is none of a hundred.
    shape = Shape(streams, tokens, requests=4 * streams)
    rounds = interleaved(
        setting, outcome, shape, [GATE], {name: (GATE, replace(shape, between=name)) for name in (RELAY, PROXY)})
    for name, what in (("arrival_p50_us", "piece, send to arrival p50"), ("arrival_p99_us", "piece, send to arrival p99"),
                       ("first_p50_us", "first piece, send to arrival p50"),
                       ("first_p99_us", "first piece, send to arrival p99")):
        outcome.add(f"{what}, direct", "µs", values(rounds, GATE, name))
        for between in (RELAY, PROXY):
            added = [made[between][name] - made[GATE][name] for made in rounds]
            outcome.add(f"{what}, added by {between}", "µs", added,
                        100 if "p99" in name and between == PROXY else None)
    outcome.add("CPU per token of load, direct", "µs", values(rounds, GATE, "cpu_us_per_token"))
    for between in (RELAY, PROXY):
        outcome.add(f"CPU per token of {between}", "µs", values(rounds, between, "between_cpu_us_per_token"))
        shares = [made[between]["between_cpu_us_per_token"] / made[GATE]["cpu_us_per_token"] for made in rounds]
        outcome.add(f"CPU per token of {between} to that of load", "", shares, 1.5 if between == PROXY else None)
    outcome.add("the proxy's own arrival error p99", "µs", values(rounds, PROXY, "proxy_arrival_p99_us"), 100)
    outcome.add("the proxy's own TTFT error p99", "µs", values(rounds, PROXY, "proxy_ttft_p99_us"))
    outcome.add("peak memory of the proxy", "MB", values(rounds, PROXY, "between_peak_mb"))


def first_request(setting: Setting, outcome: Outcome) -> None:
    shape = Shape(1, 1, ttft_ms=1, audited=False)
    wider = replace(setting, runs=setting.runs * 2, attempts=setting.attempts * 2)
    rounds = interleaved(wider, outcome, shape, [REFERENCE, GATE])
    compare(outcome, rounds, "first_request_ms", "process start to first request", "ms", limit=50)


def linear(setting: Setting, outcome: Outcome, shapes: dict[int, Shape], unit: str) -> None:
    """Three sizes, each twice the one before: the cost of one more unit must not grow."""
    made = {size: interleaved(setting, outcome, shape, [REFERENCE, GATE]) for size, shape in shapes.items()}
    for name, what in (("cpu_seconds", "CPU"), ("peak_mb", "memory")):
        for client, title in ((REFERENCE, "C"), (GATE, "chimera-gate")):
            costs = {size: values(rounds, client, name) for size, rounds in made.items()}
            if not all(costs.values()):
                continue
            grown = growth({size: statistics.median(found) for size, found in costs.items()})
            outcome.add(f"growth of {what} per {unit}, {title}", "times", [grown],
                        LINEAR if client == GATE else None)


def growth(costs: dict[int, float]) -> float:
    """What a unit costs between the middle and the largest of three sizes, to what it costs between the smaller two.

    What is paid once, however large the size, is in neither. 0 where there is no growth that could be told from noise.
    """
    (small, cost_small), (middle, cost_middle), (large, cost_large) = sorted(costs.items())
    below = (cost_middle - cost_small) / (middle - small)
    above = (cost_large - cost_middle) / (large - middle)
    if cost_large < 1.1 * cost_small or below <= 0:
        return 0.0
    return above / below


def linear_tokens(setting: Setting, outcome: Outcome, tokens: int) -> None:
    sizes = (tokens // 4, tokens // 2, tokens)
    linear(setting, outcome, {
        size: Shape(16, size, rate=0, ttft_ms=1, audited=False) for size in sizes}, "token")


def linear_streams(setting: Setting, outcome: Outcome, streams: int, tokens: int) -> None:
    sizes = (streams // 4, streams // 2, streams)
    linear(setting, outcome, {size: Shape(size, tokens, audited=False) for size in sizes}, "stream")
