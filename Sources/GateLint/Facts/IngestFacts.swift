internal import GateCore
internal import GateVocabulary

/// What the ingest counted: files, their kinds, sizes and dates.
struct IngestFacts: Sendable {
    var totalFiles: Int
    /// Files of other kinds beside them.
    var passedOver = 0
    /// By kind, in lower case: `csv`, `json`, `markdown`.
    var byKind: [String: Int] = [:]
    var latest: [String: ReportDate] = [:]
    /// Base names in lower case.
    var files: Set<String> = []
    /// How many files of each kind the model was told of by name.
    var listed: [String: Int] = [:]
    var notListed: [String: Int] = [:]
    var totalBytes: Double
    /// Files of kinds that are read, which could not be, by kind: the numbers in them are known.
    private(set) var unread: [String: Int] = [:]
    /// Dates that stand in the names of files and folders.
    private(set) var namedDates: [ReportDate] = []
    /// All that are known, as they are written in lower case.
    private(set) var paths: Set<String> = []

    /// How many files there are, in all and of each kind.
    var counts: Set<Int> { Set(byKind.values).union([totalFiles]) }

    /// `csv 28, json 44, markdown 29, total 101`
    var summary: String {
        let kinds = byKind.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "ingest: " + (kinds + ["total \(totalFiles)"]).joined(separator: ", ")
    }

    /// Files of kinds. The ingest does not count forms such as JSON Lines by themselves: their names tell, as far as these
    /// are known.
    ///
    /// - Parameter isByForm: JSON is what is called `.json`, and JSON Lines stands beside it.
    func count(of kinds: [String], isByForm: Bool) -> ClosedRange<Int> {
        var (least, most) = (0, 0)
        for kind in kinds {
            guard isByForm || Lexicon.forms[kind] != nil else {
                (least, most) = (least + (byKind[kind] ?? 0), most + (byKind[kind] ?? 0))
                continue
            }
            let parent = Lexicon.forms[kind] ?? kind
            let forms = paths.map(IngestFacts.form)
            let named = forms.count { $0 == kind }
            let unnamed = max(0, (byKind[parent] ?? 0) - forms.count { $0 == parent || Lexicon.forms[$0] == parent })
            (least, most) = (least + named, most + named + unnamed)
        }
        return least...most
    }

    /// The kind that the end of a path says, whatever it is packed with.
    private static func form(of path: String) -> String {
        var parts = path.split(separator: ".")
        if parts.last == "gz" { parts.removeLast() }
        return parts.last.map { Lexicon.kinds[String($0)] ?? String($0) } ?? ""
    }

    init(_ ingest: FactsFile.Ingest) {
        totalFiles = ingest.totalFiles
        passedOver = ingest.passedOver
        totalBytes = Double(ingest.totalBytes)
        for (kind, count) in ingest.byType { byKind[kind.lowercased()] = count }
        latest = ingest.latestModified.compactMapValues(ReportDate.init(iso:))
        notListed = ingest.notListed
        for (kind, paths) in ingest.listedFiles.sorted(by: { $0.key < $1.key }) {
            listed[kind] = paths.count
            for path in paths { addFile(path) }
        }
    }

    /// A file of which the numbers are known, and nothing else.
    mutating func addUnread(_ path: String) {
        let kind = Lexicon.kinds[IngestFacts.form(of: path.lowercased())] ?? ""
        let parent = Lexicon.forms[kind] ?? kind
        guard !paths.contains(path.lowercased()), notListed[parent] ?? 0 == 0 else { return }
        files.insert(baseName(path.lowercased()))
        if byKind[parent] != nil { unread[parent, default: 0] += 1 }
    }

    mutating func addFile(_ path: String) {
        let path = path.lowercased()
        guard paths.insert(path).inserted else { return }
        files.insert(baseName(path))
        for part in path.split(separator: "/") {
            guard let date = ReportDate(inName: String(part)), !namedDates.contains(date) else { continue }
            namedDates.append(date)
        }
    }
}

/// The last part of a path.
func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

extension ReportDate {
    /// `ascii_demo_20251004_143244.json` and `results_2025-10-04T14-32.json` name 2025-10-04.
    init?(inName name: String) {
        var groups: [(digits: String, isJoined: Bool)] = []
        var digits = ""
        for character in name.unicodeScalars.map(Character.init) + ["."] {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            if !digits.isEmpty { groups.append((digits, character == "-" || character == "_")) }
            digits = ""
        }
        for (index, group) in groups.enumerated() {
            if group.digits.count == 8, let number = Int(group.digits),
                let date = ReportDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
            {
                self = date
                return
            }
            guard group.digits.count == 4, index + 2 < groups.count, group.isJoined, groups[index + 1].isJoined,
                groups[index + 1].digits.count == 2, groups[index + 2].digits.count == 2,
                let date = ReportDate(
                    iso: "\(group.digits)-\(groups[index + 1].digits)-\(groups[index + 2].digits)")
            else { continue }
            self = date
            return
        }
        return nil
    }

    /// A month as the data writes it: `2026-01`.
    private init?(month text: String) {
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "/" })
        guard text.utf8.count == 7, parts.count == 2, parts[0].count == 4, let year = Int(parts[0]),
            let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month, day: nil)
    }

    /// A date as the data writes it in words.
    init?(written text: String) {
        if let month = ReportDate(month: text) {
            self = month
            return
        }
        if let printed = PrintedDate(text),
            let date = ReportDate(year: printed.year, month: printed.month, day: printed.day)
        {
            self = date
            return
        }
        let bytes = Array(text.utf8)
        guard let date = Tokenizer.tokens(in: bytes, bytes.indices).lazy.compactMap(\.date).first else { return nil }
        self = date
    }
}
