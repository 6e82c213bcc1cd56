#!/usr/bin/env python3
"""Reference values for the statistics that verdicts are made from, computed with scipy and numpy.

Usage: python3 statistics.py > statistics.json        (scipy 1.17, numpy 2)

Nothing of the project's own code is used. Samples come from a seeded generator and are written with few digits, so that
the file holds exactly what was computed with.
"""
import itertools
import json
import math

import numpy as np
from scipy import stats

random = np.random.default_rng(20261127)
cases = []


def case(kind, given, expected):
    number = 1 + sum(c["kind"] == kind for c in cases)
    cases.append({"id": f"{kind}-{number}", "kind": kind, "input": given, "expected": expected})


def sample(size, deviation=0.05, centre=1.0, digits=4):
    return [round(float(x), digits) for x in centre * np.exp(random.normal(0, deviation, size))]


for values in [sample(5), sample(8, 0.3), sample(11, 0.02, 40), [3.0, 3.0, 3.0], [1.5]]:
    pairs = [(values[i] + values[j]) / 2 for i in range(len(values)) for j in range(i, len(values))]
    case("summary", {"x": values}, {
        "median": float(np.median(values)), "q25": float(np.quantile(values, 0.25)),
        "q75": float(np.quantile(values, 0.75)), "p95": float(np.quantile(values, 0.95)),
        "deviation": float(stats.median_abs_deviation(values, scale="normal")), "hl": float(np.median(pairs))})

for n, m, shift in [(5, 5, 0.05), (7, 12, 0.0), (20, 15, 0.03)]:
    baseline, candidate = sample(n), [round(x * (1 + shift), 4) for x in sample(m)]
    case("rank_test", {"baseline": baseline, "candidate": candidate}, {
        "p_greater": float(stats.mannwhitneyu(candidate, baseline, alternative="greater", method="exact").pvalue)})
# With ties no textbook table holds: all ways to deal the values are counted.
for baseline, candidate in [([1, 1, 2, 3], [2, 3, 3]), ([0, 0, 0, 1, 0], [1, 0, 2, 1]), ([2, 2], [2, 2, 2])]:
    ranks = stats.rankdata(candidate + baseline)
    seen = ranks[:len(candidate)].sum()
    ways = [sum(c) for c in itertools.combinations(ranks, len(candidate))]
    case("rank_test", {"baseline": baseline, "candidate": candidate},
         {"p_greater": sum(w >= seen - 1e-9 for w in ways) / len(ways)})

for t, df in [(0.0, 3), (1.5, 4), (-2.25, 7.5), (6.0, 23), (40.0, 2)]:
    case("student_t", {"t": t, "df": df}, {"sf": float(stats.t.sf(t, df))})
for p, df in [(0.95, 4), (0.999, 12.25), (0.05, 9), (0.99875, 3)]:
    case("student_t_quantile", {"p": p, "df": df}, {"q": float(stats.t.ppf(p, df))})

for p in [[0.01, 0.04, 0.03], [0.2], [0.5, 0.001, 0.001, 0.9, 0.0125]]:
    order, largest, adjusted = sorted(range(len(p)), key=lambda i: p[i]), 0.0, [0.0] * len(p)
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, p[index] * (len(p) - rank)))
        adjusted[index] = largest
    case("multiplicity", {"p": p}, {"holm": adjusted})

for pairs, shifts in [(6, [0.0, 0.05]), (8, [0.1, 0.0, -0.02]), (12, [0.03])]:
    rows = [[round(float(random.normal(s, 0.03)), 6) for s in shifts] for _ in range(pairs)]
    rows[0][0] = 0.9
    d = np.array(rows)
    w = np.where(np.abs(d) <= 3 * np.median(np.abs(d), axis=0), d, 0)
    norm = np.sqrt((w * w).sum(axis=0))
    signs = np.array(list(itertools.product([1, -1], repeat=pairs)))
    sums = signs @ np.divide(w, norm, out=np.zeros_like(w), where=norm > 0)
    seen = np.divide(w.sum(axis=0), norm, out=np.zeros(len(shifts)), where=norm > 0)
    case("signflip_maxT", {"log_ratios": rows}, {
        "W": w.tolist(), "T": seen.tolist(),
        "p_unadjusted": [float((sums[:, k] >= seen[k] - 1e-12).mean()) for k in range(len(shifts))],
        "p_maxT": [float((sums.max(axis=1) >= seen[k] - 1e-12).mean()) for k in range(len(shifts))],
        "hl": [float(np.median([(d[i, k] + d[j, k]) / 2 for i in range(pairs) for j in range(i, pairs)]))
               for k in range(len(shifts))]})

for positive, n in [(5, 5), (9, 12), (0, 4), (40, 60)]:
    case("sign_test", {"positive": positive, "n": n},
         {"p_greater": float(stats.binom.sf(positive - 1, n, 0.5))})
for table in [[[0, 70], [2, 12]], [[0, 70], [5, 9]], [[3, 997], [11, 989]], [[4, 6], [1, 9]], [[0, 5000], [8, 992]]]:
    swapped = [table[1], table[0]]
    case("fisher_exact", {"table": table},
         {"p_cand_more_failures": float(stats.fisher_exact(swapped, alternative="greater").pvalue)})
for k, n in [(0, 40), (2, 40), (31, 64)]:
    interval = stats.binomtest(k, n).proportion_ci(confidence_level=0.95, method="exact")
    case("binomial_interval", {"successes": k, "trials": n},
         {"lower": float(interval.low), "upper": float(interval.high)})

for sessions, runs, candidate_runs, d0, tau0 in [(1, 5, 5, 4, 0.02), (5, 5, 3, 12, 0.06), (8, 4, 10, 3, 0.01)]:
    medians = [round(float(x), 6) for x in 4.6 + random.normal(0, 0.02, sessions)]
    candidate, within = round(4.65 + 0.01 * sessions, 6), 0.03
    single = 1.57 * within ** 2
    prior = tau0 ** 2 + single / runs
    between = float(((np.array(medians) - np.mean(medians)) ** 2).sum())
    posterior = (d0 * prior + between) / (d0 + sessions - 1) + single * max(0, 1 / candidate_runs - 1 / runs)
    error = math.sqrt(posterior * (1 + 1 / sessions))
    t = (candidate - float(np.mean(medians))) / error
    case("session_moderated_t", {
        "session_medians_log": medians, "candidate_median_log": candidate, "within_sd_log": within,
        "n_per_session": runs, "n_candidate": candidate_runs, "d0": d0, "tau0": tau0}, {
        "mean_sessions": float(np.mean(medians)), "prior_var": prior, "post_var": posterior, "se": error,
        "df": d0 + sessions - 1, "t": t, "p_greater": float(stats.t.sf(t, d0 + sessions - 1))})

for p, df in [(0.001, 4), (0.05, 7), (0.5, 2.5), (0.001, 60), (0.95, 3)]:
    case("chi_squared_quantile", {"p": p, "df": df}, {"q": float(stats.chi2.ppf(p, df))})

print('{\n "cases": [\n  ' + ",\n  ".join(json.dumps(c) for c in cases) + "\n ]\n}")
