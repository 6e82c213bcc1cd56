/// The words of units, with what one of each is in the base unit of its dimension.
enum UnitTable {
    /// A unit without a quotient.
    struct Atom: Hashable {
        let dimension: Dimension
        /// How many base units it is.
        var factor: Double
        /// As it is printed: `ms`, `MB`, `tok`.
        var name: String
        /// What is counted, in the singular (`token`, `byte`); of degrees and money, which one.
        var counted: String?
        /// Another factor that people mean by the same name: KB is 1000 or 1024 bytes.
        var otherFactor: Double?
    }

    /// Whether a word is a unit, in any case.
    static func isUnit(_ word: String) -> Bool { atom(word.lowercased()) != nil }

    /// - Parameter word: as it is written: `Mb` is another unit than `MB`.
    static func atom(_ word: String) -> Atom? {
        exact[word] ?? byWord[word.lowercased()] ?? scaled(word) ?? directed(word)
    }

    /// `rkB`, `wMB`: what was read and what was written.
    private static func directed(_ word: String) -> Atom? {
        guard word.hasPrefix("r") || word.hasPrefix("w"), word.hasSuffix("B"), (3...4).contains(word.utf8.count)
        else { return nil }
        return byWord[word.dropFirst().lowercased()]
    }

    /// What a noun counts in the singular, where it is one of those that benchmarks count.
    static func counted(_ noun: String) -> String? { nouns[noun.lowercased()] }

    /// `ktok`, `Mrows`, `krps`: a scale before something that is counted.
    private static func scaled(_ word: String) -> Atom? {
        guard word.utf8.count >= 4 || word.lowercased().hasSuffix("op"), let scale = scales[String(word.prefix(1))]
        else { return nil }
        let rest = String(word.dropFirst()).lowercased()
        guard var atom = byWord[rest], [.count, .rate].contains(atom.dimension), atom.factor == 1 else { return nil }
        atom.factor = scale
        atom.name = String(word.prefix(1)) + rest
        return atom
    }

    private static let scales: [String: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]

    /// Units whose case tells them apart.
    private static let exact: [String: Atom] = {
        var table: [String: Atom] = [:]
        for (prefix, factor) in [("", 1), ("k", 1e3), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)] {
            // `kb` in small letters, as names of columns have it, is as often a kilobyte as `mb` is a megabyte.
            for name in prefix.isEmpty ? ["bit"] : prefix == "k" ? ["bit"] : ["b", "bit"] {
                table[prefix + name] = Atom(
                    dimension: .bytes, factor: factor / 8, name: prefix + "bit", counted: "byte")
            }
            for name in ["bps", "bit/s"] {
                table[prefix + name] = Atom(
                    dimension: .rate, factor: factor / 8, name: prefix + "bit/s", counted: "byte")
            }
            table[prefix + "Bps"] = Atom(dimension: .rate, factor: factor, name: prefix + "B/s", counted: "byte")
        }
        // Octets, as French writes them; "go" and "to" are words of English.
        for (index, letter) in ["k", "M", "G", "T", "P"].enumerated() {
            let (decimal, two) = (power(1000, index + 1), power(1024, index + 1))
            let name = letter == "k" ? "KB" : letter + "B"
            table[letter + "o"] = Atom(
                dimension: .bytes, factor: decimal, name: name, counted: "byte", otherFactor: two)
            table[letter.uppercased() + "io"] = Atom(
                dimension: .bytes, factor: two, name: letter.uppercased() + "iB", counted: "byte")
        }
        table["Ko"] = table["ko"]
        table["B"] = Atom(dimension: .bytes, factor: 1, name: "B", counted: "byte")
        table["mW"] = Atom(dimension: .power, factor: 1e-3, name: "mW")
        table["MW"] = Atom(dimension: .power, factor: 1e6, name: "MW")
        table["mJ"] = Atom(dimension: .energy, factor: 1e-3, name: "mJ")
        table["MJ"] = Atom(dimension: .energy, factor: 1e6, name: "MJ")
        // What a battery holds, and what a house uses.
        table["mWh"] = Atom(dimension: .energy, factor: 3.6, name: "mWh")
        table["MWh"] = Atom(dimension: .energy, factor: 3.6e9, name: "MWh")
        return table
    }()

    /// By the word in lower case.
    private static let byWord: [String: Atom] = {
        var table: [String: Atom] = [:]
        func add(
            _ dimension: Dimension, _ factor: Double, _ name: String, _ words: String..., counted: String? = nil,
            other: Double? = nil
        ) {
            for word in words {
                table[word] = Atom(
                    dimension: dimension, factor: factor, name: name, counted: counted, otherFactor: other)
            }
        }
        add(
            .time, 1, "s", "s", "sec", "secs", "second", "seconds", "seconde", "secondes", "sekunde", "sekunden",
            "segundo", "segundos", "secondi", "secondo", "sekund", "sekundy", "seconden", "sekunder", "saniye", "vteřin"
        )
        add(.time, 1e-3, "ms", "ms", "msec", "msecs", "millis", "millisec", "millisecond", "milliseconds")
        add(.time, 1e-6, "µs", "us", "µs", "μs", "usec", "usecs", "micros", "microsecond", "microseconds")
        add(.time, 1e-9, "ns", "ns", "nsec", "nsecs", "nanos", "nanosecond", "nanoseconds")
        add(.time, 1e-12, "ps", "ps", "picosecond", "picoseconds")
        add(
            .time, 60, "min", "min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "minut", "minuty",
            "minuter", "minutter", "dakika", "minuut")
        add(
            .time, 3600, "h", "h", "hr", "hrs", "hour", "hours", "heure", "heures", "stunde", "stunden", "hora",
            "horas", "ora", "ore", "uur", "uren", "timmar", "timer", "godzin", "godziny", "saat", "hodin")
        add(
            .time, 86_400, "d", "day", "days", "jour", "jours", "tage", "dias", "días", "dagen", "giorni", "dagar",
            "dage", "dni", "gün")
        add(.time, 604_800, "weeks", "week", "weeks")
        add(.ratio, 0.01, "%", "%", "percent", "pct", "percentage", "perc", "pp", "prozent", "procent", "procenta")
        add(.ratio, 0.001, "‰", "‰", "permille")
        add(.ratio, 1e-6, "ppm", "ppm")
        add(.ratio, 1, "x", "x", "×", "times", "fold")
        add(.bytes, 1, "B", "byte", "bytes", "octet", "octets", counted: "byte")
        for (index, (letter, word, binary)) in [
            ("K", "kilo", "kibi"), ("M", "mega", "mebi"), ("G", "giga", "gibi"), ("T", "tera", "tebi"),
            ("P", "peta", "pebi"),
        ].enumerated() {
            let (decimal, two) = (power(1000, index + 1), power(1024, index + 1))
            let small = letter.lowercased()
            add(
                .bytes, decimal, letter + "B", small + "b", small + "bytes", small + "byte", word + "byte",
                word + "bytes",
                counted: "byte", other: two)
            add(.bytes, two, letter + "iB", small + "ib", binary + "byte", binary + "bytes", counted: "byte")
            add(
                .bytes, decimal / 8, letter + "bit", small + "bit", small + "bits", word + "bit", word + "bits",
                counted: "byte")
            add(.count, decimal, letter + "FLOP", small + "flop", counted: "flop")
            add(.rate, decimal, letter + "FLOP/s", small + "flops", small + "flop/s", word + "flops", counted: "flop")
            if index > 0 { add(.rate, decimal, letter + "OP/s", small + "ops", counted: "operation") }
        }
        add(.bytes, 0.125, "bit", "bit", "bits", counted: "byte")
        add(.count, 1, "FLOP", "flop", counted: "flop")
        add(.rate, 1, "FLOP/s", "flops", counted: "flop")
        for (word, factor) in [("", 1), ("kilo", 1e3), ("mega", 1e6), ("milli", 1e-3), ("giga", 1e9)] {
            add(.power, factor, "\(symbol(word))W", word + "watt", word + "watts")
            add(.energy, factor, "\(symbol(word))J", word + "joule", word + "joules")
            add(.frequency, factor, "\(symbol(word))Hz", word + "hertz")
        }
        add(.quotient, 1, "dB", "db", "decibel", "decibels", counted: "dB")
        add(.quotient, 1, "dBm", "dbm", counted: "dBm")
        add(.power, 1, "W", "w")
        add(.power, 1e3, "kW", "kw")
        add(.energy, 1, "J", "j")
        add(.energy, 1e3, "kJ", "kj")
        add(.energy, 1e-6, "µJ", "uj", "µj", "μj")
        add(.energy, 3600, "Wh", "wh", "watthour", "watthours")
        add(.energy, 3.6, "mWh", "mwh", other: 3.6e9)
        add(.energy, 3.6e6, "kWh", "kwh")
        add(.energy, 3.6e12, "GWh", "gwh")
        add(.energy, 3.6e15, "TWh", "twh")
        add(.frequency, 1, "Hz", "hz")
        add(.frequency, 1e3, "kHz", "khz")
        add(.frequency, 1e6, "MHz", "mhz")
        add(.frequency, 1e9, "GHz", "ghz")
        add(.temperature, 1, "°C", "°c", "celsius", "degc", counted: "°C")
        add(.temperature, 1, "°F", "°f", "fahrenheit", counted: "°F")
        add(.temperature, 1, "K", "kelvin", counted: "K")
        add(.money, 1, "$", "$", "usd", "dollar", "dollars", counted: "USD")
        add(.money, 0.01, "¢", "cent", "cents", "¢", counted: "USD")
        add(.money, 1, "€", "€", "eur", "euro", "euros", counted: "EUR")
        add(.money, 1, "£", "£", "gbp", counted: "GBP")
        add(.rate, 1, "tok/s", "tokps", "toks/s", counted: "token")
        add(.rate, 1, "tps", "tps")
        add(.rate, 1, "req/s", "rps", counted: "request")
        add(.rate, 1, "queries/s", "qps", counted: "query")
        add(.rate, 1, "frames/s", "fps", counted: "frame")
        add(.rate, 1, "iops", "iops", counted: "operation")
        add(.rate, 1, "rpm", "rpm", counted: "revolution")
        for (noun, singular) in nouns where table[noun] == nil {
            add(.count, 1, singular == "token" ? "tokens" : noun, noun, counted: singular)
        }
        return table
    }()

    private static func symbol(_ word: String) -> String {
        ["kilo": "k", "mega": "M", "milli": "m", "giga": "G"][word] ?? ""
    }

    /// Nouns that stand behind a number as its unit, with their singular.
    private static let nouns: [String: String] = {
        var table: [String: String] = [:]
        for (singular, words) in [
            ("token", "tok toks token tokens tkn tkns"), ("request", "req reqs request requests"),
            ("query", "query queries"), ("operation", "op ops operation operations"),
            ("iteration", "it iter iters iteration iterations its"),
            ("transaction", "txn txns transaction transactions"), ("sample", "sample samples"),
            ("step", "steps"), ("image", "img imgs image images"), ("frame", "frame frames"), ("file", "file files"),
            ("run", "runs"), ("row", "row rows"), ("record", "record records"), ("event", "event events"),
            ("message", "msg msgs message messages"), ("call", "calls"), ("user", "user users"),
            ("character", "char chars character characters"), ("word", "words"), ("prompt", "prompts"),
            ("error", "errors"), ("failure", "failures"), ("connection", "connections"), ("document", "docs documents"),
            ("page", "page pages"), ("batch", "batches"), ("epoch", "epochs"), ("example", "examples"),
            ("sequence", "seq seqs sequence sequences"), ("question", "questions"), ("task", "tasks"),
            ("test", "tests"),
            ("item", "item items"), ("thread", "threads"), ("core", "core cores"), ("layer", "layers"),
            ("cycle", "cycle cycles"), ("heading", "headings"), ("configuration", "configs configurations"),
            ("allocation", "alloc allocs allocation allocations"), ("object", "obj objs object objects"),
            ("packet", "packets"),
        ] {
            for word in words.split(separator: " ") { table[String(word)] = singular }
        }
        return table
    }()

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
