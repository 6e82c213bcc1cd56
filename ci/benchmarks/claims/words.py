"""The words that schemas are drawn from: metrics, kinds of owners, keys, units, statistics, made-up words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MetricWords:
    """A metric by its words. `better` is "low", "high" or "" where that depends; `additive` values may be summed over owners."""

    words: str
    dimension: str
    better: str = ""
    additive: bool = False
    language: str = "en"


# Units of a dimension: spelled in the data, decimals in the data, range of values, forms inside an identifier.
UNITS = {
    "time": [("ms", 1, (3, 900)), ("ms", 2, (0.4, 60)), ("s", 2, (1.2, 80)), ("µs", 1, (4, 950)), ("min", 1, (2, 55))],
    "rate.tokens": [("tokens/s", 1, (12, 900)), ("tok/s", 1, (12, 900))],
    "rate.requests": [("req/s", 1, (20, 4000)), ("requests/s", 1, (20, 4000))],
    "rate.bytes": [("MB/s", 1, (40, 7000)), ("GB/s", 2, (1.1, 90)), ("MiB/s", 1, (40, 7000))],
    "rate.bits": [("Gbit/s", 2, (0.8, 98)), ("Mbit/s", 1, (30, 980))],
    "rate.flop": [("GFLOP/s", 1, (80, 9500)), ("TFLOP/s", 2, (1.5, 400))],
    "bytes": [("MB", 1, (20, 9000)), ("MiB", 1, (20, 9000)), ("GB", 2, (0.6, 90)), ("GiB", 2, (0.6, 90)), ("KiB", 0, (40, 4000))],
    "power": [("W", 1, (15, 640))],
    "energy": [("Wh", 3, (0.2, 40)), ("J", 1, (8, 900)), ("kWh", 2, (0.5, 60))],
    "temperature": [("°C", 1, (31, 88))],
    "money": [("USD", 2, (0.4, 900)), ("EUR", 2, (0.4, 900))],
    "percent": [("%", 1, (4, 97))],
    "fraction": [("", 4, (0.05, 0.97))],
    "count": [("", 0, (12, 90000))],
    "score": [("", 2, (1.2, 60))],
    "decibel": [("dB", 2, (12, 48))],
}

# How a unit is spelled as a word of an identifier.
IDENTIFIER_UNITS = {
    "ms": ["ms", "millis", "msec"], "s": ["s", "sec", "seconds"], "µs": ["us", "micros"], "min": ["minutes", "mins"],
    "tokens/s": ["tokens_per_s", "tokens_per_second", "tps"], "tok/s": ["tok_s", "tok_per_s"], "req/s": ["rps", "req_per_s"],
    "requests/s": ["requests_per_second"], "MB/s": ["mb_s", "mb_per_s"], "GB/s": ["gb_s", "gb_per_s"], "MiB/s": ["mib_s", "mib_per_s"],
    "Gbit/s": ["gbps"], "Mbit/s": ["mbps"], "GFLOP/s": ["gflops"], "TFLOP/s": ["tflops"], "MB": ["mb"], "MiB": ["mib"],
    "GB": ["gb"], "GiB": ["gib"], "KiB": ["kib"], "W": ["w", "watts"], "Wh": ["wh"], "J": ["j", "joules"], "kWh": ["kwh"],
    "°C": ["celsius", "deg_c"], "USD": ["usd"], "EUR": ["eur"], "%": ["pct", "percent"], "dB": ["db"],
}

# Conversions a writer makes: unit → (other unit, factor).
CONVERSIONS = {
    "ms": [("s", "0.001"), ("µs", "1000")], "s": [("ms", "1000")], "µs": [("ms", "0.001")], "MB": [("GB", "0.001")], "GB": [("MB", "1000")],
    "GiB": [("MiB", "1024")], "MB/s": [("GB/s", "0.001")], "Mbit/s": [("Gbit/s", "0.001")], "W": [("kW", "0.001")], "Wh": [("kWh", "0.001")],
    "kWh": [("Wh", "1000")], "GFLOP/s": [("TFLOP/s", "0.001")],
}
LONG_UNITS = {"ms": "milliseconds", "s": "seconds", "µs": "microseconds", "min": "minutes", "W": "watts", "tokens/s": "tokens per second",
              "req/s": "requests per second", "requests/s": "requests per second"}
# A unit that a careless writer confuses with the one in the data.
CONFUSED_UNITS = {"ms": "s", "s": "ms", "µs": "ms", "min": "s", "MB": "GB", "GB": "MB", "MiB": "GiB", "GiB": "MiB", "KiB": "MiB", "W": "kW",
                  "Wh": "kWh", "kWh": "Wh", "J": "kJ", "MB/s": "GB/s", "GB/s": "MB/s", "MiB/s": "GiB/s", "Gbit/s": "Mbit/s",
                  "Mbit/s": "Gbit/s", "GFLOP/s": "TFLOP/s", "TFLOP/s": "GFLOP/s"}

M = MetricWords
METRICS = [
    M("latency", "time", "low"), M("response time", "time", "low"), M("query time", "time", "low"), M("load time", "time", "low"),
    M("queue wait", "time", "low"), M("compile time", "time", "low"), M("decode time", "time", "low"), M("encode time", "time", "low"),
    M("startup time", "time", "low"), M("checkpoint time", "time", "low"), M("recovery time", "time", "low"), M("seek time", "time", "low"),
    M("ttft", "time", "low"), M("inter token latency", "time", "low"), M("round trip", "time", "low"), M("lock wait", "time", "low"),
    M("restore time", "time", "low"), M("commit time", "time", "low"), M("render time", "time", "low"), M("gc pause", "time", "low"),
    M("output throughput", "rate.tokens", "high"), M("prefill throughput", "rate.tokens", "high"), M("decode throughput", "rate.tokens", "high"),
    M("request rate", "rate.requests", "high"), M("served load", "rate.requests", "high"), M("read bandwidth", "rate.bytes", "high"),
    M("write bandwidth", "rate.bytes", "high"), M("scan speed", "rate.bytes", "high"), M("link speed", "rate.bits", "high"),
    M("goodput", "rate.bits", "high"), M("compute rate", "rate.flop", "high"),
    M("memory", "bytes", "low", True), M("peak memory", "bytes", "low"), M("heap size", "bytes", "low", True), M("index size", "bytes", "low", True),
    M("disk usage", "bytes", "low", True), M("cache size", "bytes", "", True), M("transferred volume", "bytes", "", True),
    M("log volume", "bytes", "", True), M("power draw", "power", "low", True), M("idle power", "power", "low", True),
    M("energy", "energy", "low", True), M("energy per batch", "energy", "low"), M("core temperature", "temperature", "low"),
    M("cost", "money", "low", True), M("monthly price", "money", "low", True), M("compute cost", "money", "low", True),
    M("cpu utilization", "percent"), M("gpu utilization", "percent"), M("cache hit rate", "percent", "high"), M("packet loss", "percent", "low"),
    M("win rate", "percent", "high"), M("error rate", "percent", "low"), M("occupancy", "percent"), M("discount", "percent"),
    M("accuracy", "fraction", "high"), M("recall", "fraction", "high"), M("precision", "fraction", "high"), M("f1", "fraction", "high"),
    M("ndcg", "fraction", "high"), M("word error rate", "fraction", "low"), M("exact match", "fraction", "high"), M("coverage", "fraction", "high"),
    M("acceptance rate", "fraction", "high"), M("buffer hit ratio", "fraction", "high"), M("agreement", "fraction", "high"),
    M("requests", "count", "", True), M("errors", "count", "low", True), M("retries", "count", "low", True), M("generated tokens", "count", "", True),
    M("rows scanned", "count", "", True), M("page faults", "count", "low", True), M("allocations", "count", "low", True),
    M("cache misses", "count", "low", True), M("timeouts", "count", "low", True), M("samples", "count", "", True), M("packets", "count", "", True),
    M("preemptions", "count", "low", True), M("documents", "count", "", True), M("tickets", "count", "", True), M("shards", "count", "", True),
    M("perplexity", "score", "low"), M("loss", "score", "low"), M("bleu", "score", "high"), M("mos score", "score", "high"),
    M("psnr", "decibel", "high"), M("noise floor", "decibel", "low"),
    M("Antwortzeit", "time", "low", language="de"), M("Ladedauer", "time", "low", language="de"), M("Wartezeit", "time", "low", language="de"),
    M("Durchsatz", "rate.requests", "high", language="de"), M("Speicherbedarf", "bytes", "low", True, "de"),
    M("Energieverbrauch", "energy", "low", True, "de"), M("Leistungsaufnahme", "power", "low", True, "de"), M("Trefferquote", "percent", "high", language="de"),
    M("Genauigkeit", "fraction", "high", language="de"), M("Anfragen", "count", "", True, "de"), M("Fehler", "count", "low", True, "de"),
    M("Kosten", "money", "low", True, "de"), M("Auslastung", "percent", language="de"),
    M("latence", "time", "low", language="fr"), M("durée", "time", "low", language="fr"), M("attente", "time", "low", language="fr"),
    M("débit", "rate.bytes", "high", language="fr"), M("mémoire", "bytes", "low", True, "fr"), M("énergie", "energy", "low", True, "fr"),
    M("exactitude", "fraction", "high", language="fr"), M("requêtes", "count", "", True, "fr"), M("erreurs", "count", "low", True, "fr"),
    M("coût", "money", "low", True, "fr"), M("taux de succès", "percent", "high", language="fr"),
    M("latencia", "time", "low", language="es"), M("duración", "time", "low", language="es"), M("espera", "time", "low", language="es"),
    M("rendimiento", "rate.requests", "high", language="es"), M("memoria", "bytes", "low", True, "es"), M("potencia", "power", "low", True, "es"),
    M("exactitud", "fraction", "high", language="es"), M("peticiones", "count", "", True, "es"), M("fallos", "count", "low", True, "es"),
    M("coste", "money", "low", True, "es"), M("tasa de aciertos", "percent", "high", language="es"),
]

# What owns a row: singular, plural.
OWNERS = {
    "en": [("model", "models"), ("engine", "engines"), ("codec", "codecs"), ("backend", "backends"), ("device", "devices"), ("scheduler", "schedulers"),
           ("library", "libraries"), ("compiler", "compilers"), ("tenant", "tenants"), ("pipeline", "pipelines"), ("service", "services"),
           ("kernel", "kernels"), ("index", "indexes"), ("planner", "planners"), ("cluster", "clusters"), ("variant", "variants"), ("vendor", "vendors"),
           ("tokenizer", "tokenizers"), ("allocator", "allocators"), ("job", "jobs")],
    "de": [("Modell", "Modelle"), ("Verfahren", "Verfahren"), ("Dienst", "Dienste"), ("Rechner", "Rechner")],
    "fr": [("modèle", "modèles"), ("moteur", "moteurs"), ("serveur", "serveurs"), ("méthode", "méthodes")],
    "es": [("modelo", "modelos"), ("motor", "motores"), ("servidor", "servidores"), ("método", "métodos")],
}
# Second text column: name, phrase with {} for the value, values.
SCOPES = {
    "en": [("dataset", "on {}", ["gsm-mini", "wikisum", "codebits", "dialog-2"]), ("region", "in {}", ["eu-north", "us-east", "ap-south"]),
           ("phase", "in the {} phase", ["warmup", "steady", "drain"]), ("workload", "under the {} workload", ["read-heavy", "write-heavy", "mixed"]),
           ("precision", "in {}", ["fp16", "int8", "bf16"])],
    "de": [("Standort", "in {}", ["Hamburg", "Leipzig", "Ulm"]), ("Lastprofil", "with `Lastprofil` {}", ["Lesen", "Schreiben", "Gemischt"])],
    "fr": [("région", "in {}", ["Lyon", "Nantes", "Lille"]), ("profil", "with `profil` {}", ["lecture", "écriture"])],
    "es": [("región", "in {}", ["Sevilla", "Bilbao", "Vigo"]), ("perfil", "with `perfil` {}", ["lectura", "escritura"])],
}
# Numeric column that selects the row: name, preposition, what follows it with {} for the number, values to choose from.
KEYS = {
    "en": [("threads", "with", "{} threads", [1, 2, 4, 8, 16, 32, 64]), ("batch size", "at", "batch size {}", [1, 4, 8, 16, 32, 64]),
           ("concurrency", "at", "concurrency {}", [1, 5, 10, 25, 50, 100]), ("step", "at", "step {}", [0, 250, 500, 1000, 2000, 4000]),
           ("epoch", "in", "epoch {}", [1, 2, 3, 5, 10, 20]), ("n", "for", "n = {}", [128, 256, 512, 1024, 2048]),
           ("users", "with", "{} users", [10, 20, 50, 200, 500]), ("nodes", "on", "{} nodes", [2, 3, 5, 7])],
    "de": [("Stapelgröße", "with", "`Stapelgröße` {}", [1, 8, 32]), ("Fäden", "with", "`Fäden` = {}", [1, 4, 16])],
    "fr": [("lot", "with", "`lot` = {}", [1, 8, 32]), ("fils", "with", "`fils` = {}", [1, 4, 16])],
    "es": [("lote", "with", "`lote` = {}", [1, 8, 32]), ("hilos", "with", "`hilos` = {}", [1, 4, 16])],
}

# A statistic: spellings in the data, spellings in prose. `{}` in prose is the metric.
STATISTICS = {
    "mean": (["mean", "avg", "average"], ["mean {}", "average {}"]),
    "p50": (["p50", "median", "med"], ["median {}", "p50 {}"]),
    "p90": (["p90", "P90", "p(90)"], ["p90 {}", "90th percentile of the {}"]),
    "p95": (["p95", "P95", "p(95)", "q95"], ["p95 {}", "95th percentile of the {}"]),
    "p99": (["p99", "P99", "p(99)"], ["p99 {}", "99th percentile of the {}"]),
    "p99.9": (["p99.9", "P99.9", "p(99.9)"], ["p99.9 {}", "p99.9 of the {}"]),
    "min": (["min", "minimum"], ["minimum {}"]),
    "max": (["max", "maximum"], ["maximum {}"]),
}

ACRONYMS = {"ttft": "TTFT", "psnr": "PSNR", "ndcg": "nDCG", "mos": "MOS", "cpu": "CPU", "gpu": "GPU", "gc": "GC", "bleu": "BLEU", "f1": "F1"}

ONSETS = "b br d dr f fl g gr h j k kl l m n p pr qu r s sk st t tr v w z".split()
VOWELS = "a e i o u ai ea io ou".split()
CODAS = ["", "", "l", "n", "r", "s", "x", "nd", "rk", "lm", "st"]


def made_up(random, syllables: int = 2) -> str:
    """A word that no list has."""
    return "".join(random.choice(ONSETS) + random.choice(VOWELS) + (random.choice(CODAS) if i == syllables - 1 else "") for i in range(syllables))


def owner_name(random) -> str:
    word = made_up(random, random.choice([2, 2, 3]))
    shape = random.randrange(7)
    if shape == 0: return f"{word}-{random.choice([1, 3, 7, 8, 13, 34, 70])}b"
    if shape == 1: return word.capitalize()
    if shape == 2: return f"{word}_v{random.randint(2, 9)}"
    if shape == 3: return f"{word.capitalize()} {random.choice(['X', 'Pro', 'Lite', 'Max'])}"
    if shape == 4: return f"{word}-{random.randint(2, 9)}.{random.randint(0, 9)}"
    if shape == 5: return f"{word[:3].upper()}-{random.randint(100, 990)}"
    return word
