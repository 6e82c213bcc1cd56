import Dispatch
import GateCore
import Glibc

/// The listed files, read on all cores and put together in their order, so that the result is the same for any number
/// of cores.
struct ParallelReading {
    private(set) var files: [CorpusFile] = []
    private(set) var unreadable: [UnreadableFile] = []
    /// Those that were read, and those that could not be.
    private(set) var notes: [String] = []
    private(set) var unreadNotes: [UnreadableFile] = []
    /// Files of which something is to be said although they were read.
    private(set) var remarks: [(path: String, remarks: FileRemarks)] = []
    private(set) var findings = Findings()

    /// Bounds what waits to be put together.
    private static let filesPerWave = 4096

    /// - Parameter filesPerShare: what one core takes at a time; the result does not depend on it.
    static func read(
        _ listed: [ListedFile], corpus: Int32, maximumBytes: Int, maximumFacts: Int, filesPerShare: Int? = nil
    ) -> ParallelReading {
        var reading = ParallelReading()
        // Small enough to spread the work, large enough to make its overhead disappear.
        let size = filesPerShare ?? max(1, min(256, listed.count / (32 * cores)))
        var start = 0
        while start < listed.count {
            let end = min(start + filesPerWave, listed.count)
            let remaining = maximumFacts - reading.findings.facts.count
            for share in wave(listed[start..<end], by: size, corpus, maximumBytes, remaining) {
                reading.append(share, maximumFacts: maximumFacts)
            }
            start = end
        }
        return reading
    }

    private static var cores: Int { max(1, sysconf(Int32(clamping: _SC_NPROCESSORS_ONLN))) }

    private struct Share {
        let outcomes: [FileOutcome]
        let findings: FileFindings
    }

    private static func wave(
        _ listed: ArraySlice<ListedFile>, by size: Int, _ corpus: Int32, _ maximumBytes: Int, _ maximumFacts: Int
    ) -> [Share] {
        let count = (listed.count + size - 1) / size
        let tickets = Tickets(count: count)
        return [Share](unsafeUninitializedCapacity: count) { shares, initialized in
            // Each ticket's element is written once, and nothing else.
            nonisolated(unsafe) let shares = shares
            DispatchQueue.concurrentPerform(iterations: min(count, cores)) { _ in
                var reader = ArtifactReader(
                    corpus: corpus, maximumBytes: maximumBytes, maximumFacts: maximumFacts)
                while let index = tickets.next() {
                    let start = listed.startIndex + index * size
                    let outcomes = listed[start..<min(start + size, listed.endIndex)].map { reader.read($0) }
                    shares.initializeElement(at: index, to: Share(outcomes: outcomes, findings: reader.takeFindings()))
                }
            }
            initialized = count
        }
    }

    private mutating func append(_ share: Share, maximumFacts: Int) {
        for outcome in share.outcomes {
            switch outcome {
            case .read(let file, let remarks):
                files.append(file)
                if !remarks.isEmpty { self.remarks.append((file.path, remarks)) }
            case .noted(let path): notes.append(path)
            case .unread(let note): unreadNotes.append(note)
            case .refused(let file): unreadable.append(file)
            }
        }
        findings.merge(share.findings, maximumFacts: maximumFacts)
    }
}

/// Gives out the numbers below a count, each once, to any thread.
private final class Tickets: @unchecked Sendable {
    private let count: Int
    private let turn = DispatchSemaphore(value: 1)
    private var given = 0

    init(count: Int) { self.count = count }

    func next() -> Int? {
        turn.wait()
        defer { turn.signal() }
        guard given < count else { return nil }
        given += 1
        return given - 1
    }
}
