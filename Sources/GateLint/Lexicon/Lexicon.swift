internal import GateVocabulary

/// The words that claims are made with, one line a meaning. A new word goes behind those of its meaning, nowhere else.
enum Lexicon {
    // MARK: - Names of the field

    /// Each line names one thing; the first is the name that the others are taken for.
    static let synonyms: [[String]] = lines(
        """
        ttft: time to first token, first token latency, first token time, first token
        itl: inter token latency, inter token time
        tpot: time per output token
        e2el: end to end latency, e2e latency, end to end, e2e
        latency: response time, lat, delay
        duration: run time, runtime, running time, execution time, elapsed time
        perplexity: ppl
        accuracy: acc
        utilization: util, usage
        memory: mem, ram, vram
        request: req, reqs, call
        operation: op, ops
        failure: fail, failed, refused, rejected, refusal
        error: err, errors
        deviation: stddev, stdev, sigma, σ
        lr: learning rate
        parameter: param, params
        checkout: check out
        eval: evaluation, validation, val, held out, held-out
        km: k m, k medium
        ks: k s, k small
        kl: k l, k large
        concurrency: concurrent, concurrent requests, concurrent users, concurrent clients, concurrent connections, clients, virtual users, vus
        """)

    /// A metric's dimension, where a text names no more than that: `takes 12 ms`, `throughput`.
    static let dimensionWords: [String: Dimension] = table(
        [
            (
                .time,
                "take takes took taking need needs needed last lasts lasted time duration runtime elapsed latency spend spent finish finishes completes"
            ),
            (.rate, "throughput speed rate rates bandwidth"),
            (.bytes, "size sizes memory footprint"),
            (.ratio, "share proportion percentage utilization utilisation"),
        ])

    /// Words that names of metrics consist of and that name none by themselves.
    static let generic: Set<String> = stems(
        """
        time rate count number value size total mean average median max min maximum minimum score result metric per second
        ms s sec us ns percent pct ratio real amount of the in and for level sum avg std data num stat all run runs test
        name type id index file before after current quantile quantiles percentile percentiles
        """)

    /// Before the name of what there were so many of: `n_threads`.
    static let counting: Set<String> = set("n num number of")

    /// What rows and names are, where a report calls them by no name of the data.
    static let cases: Set<String> = stems(
        "run test benchmark configuration case job measurement trial experiment result evaluation setting variant state row"
    )

    /// What there are so many of at once: a report may call them otherwise than the data does.
    static let loads: Set<String> = stems(
        "concurrency user client connection stream session thread worker consumer request process")

    /// Words that say nothing of what a sentence is about.
    static let stop: Set<String> = set(
        """
        a an the and or but of in on at to for from by with without as is are was were be been being it its this that these
        those than then both each every all any no not only just also very more most less least so such which who whose
        whom when where while after before over under between within across per into out up down about around roughly
        approximately nearly almost has have had having do does did done can could may might shall should will would must
        there here their they them he she we our us you your i if because since until during against versus vs via
        respectively overall total average mean median maximum minimum highest lowest best worst new old first second third
        last next one two three same other others another e g etc
        """)

    // MARK: - Statistics

    static let statistics: [String: Statistic] = {
        var words: [String: Statistic] = [:]
        func add(_ statistic: Statistic, _ text: String) { for word in set(text) { words[word] = statistic } }
        add(.mean, "mean average avg averages averaged averaging")
        add(.median, "median medians med p50")
        add(.min, "min minimum minimal")
        add(.max, "max maximum maximal")
        add(.total, "total totals sum altogether")
        add(.standardDeviation, "std stdev stddev σ sigma deviation")
        add(.spread, "stderr ±")
        return words
    }()

    // MARK: - Extremes, comparisons, directions

    enum Extreme { case most, least, best, worst, quickest, slowest }

    static let extremes: [String: Extreme] = table(
        [
            (
                .most,
                "highest largest greatest biggest hottest warmest heaviest deepest widest most maximum max peak peaks peaked longest top"
            ),
            (
                .least,
                "lowest smallest coolest coldest lightest narrowest fewest least minimum min shortest cheapest bottom"
            ),
            (.best, "best strongest easiest"),
            (.worst, "worst weakest poorest hardest"),
            (.quickest, "fastest quickest"),
            (.slowest, "slowest"),
        ])

    enum End { case first, last }

    /// Before the name of a key: the row that has it first or last.
    static let ends: [String: End] = table([
        (.first, "first initial starting opening smallest lowest shortest fewest minimum least"),
        (.last, "last final closing largest highest biggest longest most maximum greatest"),
    ])

    enum Comparison { case more, less, better, worse, quicker, slower }

    static let comparisons: [String: Comparison] = table(
        [
            (
                .more,
                "higher larger greater more bigger longer above exceeds exceed exceeded outnumber outnumbers later costlier dearer taller heavier expensive"
            ),
            (.less, "lower smaller less fewer shorter below cheaper under lighter earlier"),
            (.better, "better beats beat outperforms outperform outperformed stronger"),
            (.worse, "worse weaker poorer"),
            (.quicker, "faster quicker speedier"),
            (.slower, "slower"),
        ])

    /// Comparisons that their reference stands directly behind: `above that of`.
    static let relations: Set<String> = set(
        "above below under exceeds exceed exceeded outnumber outnumbers beats beat outperforms outperform outperformed")
    /// What a comparison refers to stands behind them.
    static let references: Set<String> = set("compared versus vs against relative comparison instead")
    static let negations: Set<String> = set("not no never n't neither nor without none")
    /// They begin another clause.
    static let clauseWords: Set<String> = set("while whereas but although though")
    /// Words that stand between an amount and its comparison.
    static let ofAmounts: Set<String> = set("times percentage percent points point pp as a the fold factor of")

    /// With them a number says what others come to.
    static let derived: Set<String> = set(
        "by per difference gap another half apart faster save saves saved saving bring brings points point lost lose loses improvement geometric geomean"
    )
    /// Behind them numbers say how many times as much.
    static let multiplying: Set<String> = set("factor factors multiplies multiplied multiply multiple multiples")
    static let points: Set<String> = set("points pp")
    /// The whole sentence is about what several come to.
    static let gathering: Set<String> = set(
        "difference gap sum summed sums add adds together combined altogether differ differs")

    /// What follows from numbers stands behind them.
    static let conclusions: Set<String> = set(
        "so therefore hence thus consequently i.e meaning making equals equivalent")
    /// Behind `which` or `that`.
    static let concluding: Set<String> = set("is makes means equals amounts corresponds makes gives was")
    /// What two numbers come to: `a gap of`.
    static let outcomes: Set<String> = set(
        "lift uplift lead advantage margin gap jump factor drop fall decrease decline reduction saving savings rise increase growth gain difference change improvement speedup speed-up slowdown"
    )
    /// So many times: `a factor of`.
    static let ratios: Set<String> = set("factor ratio speedup speed-up slowdown")
    /// By so much one stands before the other or behind it.
    static let leading: Set<String> = set("ahead behind apart")

    /// Between what was and what is.
    static let becoming: Set<String> = set("to became become becomes → instead against versus vs where")

    /// Who does it to something else has the second of two numbers.
    static let causing: Set<String> = set(
        "lift lifts lifted raise raises raised cut cuts reduce reduces reduced bring brings brought take takes took push pushes pushed boost boosts boosted improve improves improved lower lowers lowered"
    )

    // MARK: - All of a kind

    static let alls: Set<String> = set("all every each both everything")
    /// What stands behind them is all that something has.
    static let having: Set<String> = set(
        "has have holds hold contains contain comprises comprise includes include covers cover")
    static let nones: Set<String> = set("none no neither nothing")
    /// A number is one of all of them.
    static let wholes: Set<String> = set(
        "all together averaged overall across combined every altogether total whole entire")
    static let averaging: Set<String> = set("averaged average mean averages avg")
    static let spans: Set<String> = set("range ranges ranged ranging between spans span varies vary")

    enum Direction { case up, down }

    static let directions: [String: Direction] = table(
        [
            (
                .up,
                "rise rises rose rising risen raise raises raised raising doubled doubles doubling increase increases increased increasing grow grows grew grown growing climb climbs climbed climbing jump jumps jumped gain gains gained"
            ),
            (
                .down,
                "fall falls fell falling fallen lowers lowered lowering halved halves halving decrease decreases decreased decreasing drop drops dropped dropping decline declines declined declining sink sinks sank shrink shrinks shrank shrinking reduce reduces reduced reducing decay decays decayed reduction"
            ),
        ])

    /// From one key to the next.
    static let stepping: Set<String> = set("going moving stepping switching scaling step steps jump move")
    /// What a step from one key to the next does to a metric: `costs 10 % of the throughput`.
    static let costing: [String: Direction] = table([
        (.down, "cost costs lose loses lost save saves saved shed sheds"), (.up, "add adds added brings"),
    ])

    /// Which way is better, by the dimension of a metric, or by a word of its name.
    static let lowerIsBetter: Set<String> = stems(
        "loss error failure latency perplexity ppl ttft itl tpot miss drop timeout wer cer time duration regression cost"
    )
    static let higherIsBetter: Set<String> = stems(
        "accuracy acc f1 precision recall score map bleu rouge throughput speed auc iou reward success hit pass map50 exact match"
    )

    // MARK: - How a number is meant

    static let about: Set<String> = set("about around approximately roughly nearly almost circa ca ~ ≈ some")
    static let bounds: Set<String> = set(
        "over under above below least most up beyond exceeding exceed exceeds exceeded surpass surpasses surpassed than within < > ≤ ≥ to-at"
    )

    static let upperBounds: Set<String> = set("under below within < ≤ less fewer lower most")
    static let lowerBounds: Set<String> = set(
        "over above beyond exceeding exceed exceeds exceeded surpass surpasses surpassed > ≥ more higher least")

    /// With an article behind them, too.
    static let limits: Set<String> = set("below under above beyond within exceeds exceed exceeded")

    /// What separates what belongs to one number from what belongs to the next.
    static let separators: Set<String> = set(
        ", ; : ( ) [ ] | and while but whereas vs versus against compared than to → - / instead or plus")

    // MARK: - Numbers in words

    static let numerals: [String: Double] = Dictionary(
        uniqueKeysWithValues: list(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        ).enumerated().map { ($1, Double($0 + 2)) })

    static let tens: [String: Double] = Dictionary(
        uniqueKeysWithValues: list("twenty thirty forty fifty sixty seventy eighty ninety").enumerated().map {
            ($1, Double(10 * ($0 + 2)))
        })

    static let ordinals: [String: Int] = Dictionary(
        uniqueKeysWithValues: list("first second third fourth fifth sixth seventh eighth ninth tenth").enumerated().map
        {
            ($1, $0 + 1)
        })

    static let multiples: [String: Double] = [
        "twice": 2, "double": 2, "doubled": 2, "doubles": 2, "triple": 3, "tripled": 3, "quadruple": 4, "threefold": 3,
        "twofold": 2, "half": 0.5, "halved": 0.5,
    ]

    // MARK: - Dates

    /// Something happened on a date that the data need not know.
    static let histories: Set<String> = set("released introduced founded launched published announced since deprecated")

    /// What people do and arrange around data has days of its own.
    static let doings: Set<String> = set(
        """
        meeting meetings met meet review reviews reviewed decision decided decides board steering committee group approved approval
        signed agreed presented presentation discussed asked answered sent received bought purchased ordered delivered arrived
        installed upgraded updated patched replaced migrated moved rolled rollout maintenance outage incident hired joined
        left opened closed ticket merged commit committed tagged deployed shipped version valid expires
        """)

    /// The names of the months in languages that data is headed in, each line one month from January on.
    private static let monthNames: [String] = [
        "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro stycznia styczeń ledna ocak",
        "february feb februar februari février fevrier févr fevr fév febrero febbraio fevereiro fev lutego luty února şubat",
        "march mar märz mär maerz mars maart marts marzo março marca marzec března mart",
        "april apr avril avr abril aprile abr kwietnia kwiecień dubna nisan",
        "may mai mayo maggio maio mei maj maja května mayıs",
        "june jun juni juin junio giugno junho giu czerwca czerwiec června haziran",
        "july jul juli juillet juil julio luglio julho lug lipca lipiec července temmuz",
        "august aug août aout agosto ago augusti augustus sierpnia sierpień srpna ağustos",
        "september sep sept septembre septiembre settembre setembro set września wrzesień září eylül",
        "october oct oktober okt octobre octubre ottobre outubro października październik října ekim",
        "november nov novembre noviembre novembro listopada listopad listopadu kasım",
        "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia grudzień prosince aralık",
    ]
    /// By their names in lower case, January is 1.
    static let months: [String: Int] = table(monthNames.enumerated().map { ($0 + 1, $1) })

    // MARK: - Files

    static let fileNouns: Set<String> = set(
        "file files document documents 文件 个文件 檔案 ファイル 파일 total_files total_files_analyzed")
    static let kinds: [String: String] = [
        "csv": "csv", "csvs": "csv", "json": "json", "jsons": "json", "markdown": "markdown", "md": "markdown",
        ".md": "markdown", "jsonl": "jsonl", "jsonlines": "jsonl", "ndjson": "ndjson", "tsv": "tsv",
    ]
    /// Kinds that are read as others are: JSON Lines is JSON to the ingest.
    static let forms: [String: String] = ["jsonl": "json", "ndjson": "json", "tsv": "csv"]
    /// Kinds of files that are not read.
    static let unreadKinds: Set<String> = set(
        "txt text log yaml yml xml toml ini html parquet arrow feather xlsx pdf png svg jpg zip gz tar gguf safetensors onnx npy npz pickle sqlite sql python shell binary"
    )

    /// The kind of file that a word names, `JSON Lines` with both of its words.
    static func kind(at index: Int, _ tokens: [Token]) -> String? {
        guard let kind = kinds[tokens[index].text] else { return nil }
        let isOfLines = kind == "json" && index + 1 < tokens.count && tokens[index + 1].text == "lines"
        return isOfLines ? "jsonl" : kind
    }

    /// What holds how all of a document was measured.
    static let settings: Set<String> = set(
        "run config configuration meta metadata info environment env system machine machine_info host build context setup settings params parameters args server engine test header summary"
    )

    // MARK: - Words that are no names

    /// Nouns that reports have for what numbers come to, for what is measured, and for what was set.
    static let ofReports: Set<String> = stems(
        """
        gap lead spread overhead penalty price premium effect winner rest remainder limit threshold ceiling optimum peak dip slope
        correlation break figure cost efficiency scaling compression success completion error failure wall clock elapsed
        machine host node server cluster device card disk drive laptop desktop system engine backend worker process job pass phase
        stage epoch session build version variant baseline candidate revision instance model configuration checkpoint answer question reply response
        batch context sequence prompt length depth width seed warm warmup ramp think cool repetition timeout interval window period
        concurrency thread user client
        """)

    /// What has a unit that names it.
    static let quantities: Set<String> = set("power energy temperature consumption draw")

    /// A word that a claim is made with; a utilisation is a metric.
    static func isOfClaims(_ word: String) -> Bool {
        outcomes.contains(word) || derived.contains(word) || gathering.contains(word) || comparisons[word] != nil
            || directions[word] != nil || multiples[word] != nil || spans.contains(word)
            || dimensionWords[word] != nil && !word.hasPrefix("utili") || fileNouns.contains(word)
            || kinds[word] != nil || months[word] != nil || goals.contains(word)
    }

    // MARK: - Plans and proposals

    static let wishes: Set<String> = set(
        "want wants should could would might will ll recommend recommended aim aiming target targeting goal ideally must suggest propose planned proposed threshold slo sla budget objective required necessary intend intends budgeted nominal theoretical"
    )
    /// What somebody wants a number to keep to.
    static let goals: Set<String> = set(
        "objective target goal threshold limit budget slo sla ceiling cap quota gate bar")
    static let modals: Set<String> = set("would could might should will ll")
    /// What was done to data on a day.
    static let measured: Set<String> = set(
        "measured made performed conducted measurement measurements recorded collected captured taken run ran runs executed tested benchmarked logged sampled generated created exported dated timestamp timestamps data dataset files file logs records started began begun finished ended from since until between range period window covering covers"
    )
    static let proposalTitles: Set<String> = set(
        "proposal proposals recommendation recommendations next future action actions actionable plan plans roadmap mitigation suggestions outlook todo"
    )
    /// Verbs that tell what was.
    static let told: Set<String> = set(
        "had has was is were are took takes reached reaches needed needs showed shows ran runs gave gives got gets achieved"
    )
    static let commands: Set<String> = set(
        """
        set run use keep ensure consider try add implement configure define limit reduce increase raise lower repeat evaluate
        measure compare perform conduct investigate monitor extend expand include validate verify optimize optimise tune
        prioritize explore standardize establish automate develop introduce adopt avoid collect schedule allocate deploy
        check retry contact compute plan provide bring stop train merge
        """)

    /// What is done with what is there.
    static let keeping: Set<String> = set(
        "keep extend repeat rerun fix correct check recheck read reread inspect reduce shorten split sort move delete remove rename replace drop consult"
    )

    // MARK: - Making of the tables

    static func set(_ words: String) -> Set<String> { Set(list(words)) }
    private static func list(_ words: String) -> [String] {
        words.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    static func stems(_ words: String) -> Set<String> { Set(list(words).flatMap { [$0, stem($0)] }) }
    static func table<Meaning>(_ rows: [(Meaning, String)]) -> [String: Meaning] {
        var table: [String: Meaning] = [:]
        for (meaning, words) in rows { for word in list(words) { table[word] = meaning } }
        return table
    }
    private static func lines(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: ":")
            return [String(parts[0])] + parts[1].split(separator: ",").map { $0.trimmingPrefix(" ").description }
        }
    }
}
