import GateCore

/// Watches what goes on beside one run, from its making to ``finish()``.
final class RunWatch {
    private let reader: MachineReader
    private let start: MachineReading
    private var ingest: OwnUse?

    init(reader: MachineReader = MachineReader()) {
        self.reader = reader
        start = reader.read()
    }

    /// Does the work and counts what it used as that of reading the corpus.
    func ingesting<Result>(_ work: () throws -> Result) rethrows -> Result {
        let before = MachineReader.ownUse()
        let result = try work()
        if let before, let after = MachineReader.ownUse() { ingest = after - before }
        return result
    }

    func finish() -> Interference { Interference(start: start, end: reader.read(), ingest: ingest) }
}
