import Dispatch
import GateCore

/// The listed files, read on all cores and put together in their order, so that the result is the same for any number
/// of cores.
struct ParallelReading {
    private(set) var files: [CorpusFile] = []
    private(set) var unreadable: [UnreadableFile] = []
    /// Files that were read although something is wrong with their text.
    private(set) var damaged: [(path: String, damage: String)] = []
    private(set) var findings: Findings

    /// Bounds what waits to be put together.
    private static let filesPerWave = 4096

    /// - Parameter filesPerShare: what one core takes at a time; the result does not depend on it.
    static func read(
        _ listed: [ListedFile], corpus: Int32, maximumBytes: Int, maximumFacts: Int, filesPerShare: Int? = nil
    ) -> ParallelReading {
        var reading = ParallelReading(findings: Findings(maximumFacts: maximumFacts))
        // Small enough to spread the work, large enough to make its overhead disappear.
        let size = filesPerShare ?? max(1, min(64, listed.count / 64))
        var start = 0
        while start < listed.count {
            let end = min(start + filesPerWave, listed.count)
            let remaining = maximumFacts - reading.findings.facts.count
            for share in wave(listed[start..<end], by: size, corpus, maximumBytes, remaining) { reading.append(share) }
            start = end
        }
        return reading
    }

    private struct Share {
        var outcomes: [FileOutcome] = []
        var findings: Findings
    }

    private static func wave(
        _ listed: ArraySlice<ListedFile>, by size: Int, _ corpus: Int32, _ maximumBytes: Int, _ maximumFacts: Int
    ) -> [Share] {
        let count = (listed.count + size - 1) / size
        return [Share](unsafeUninitializedCapacity: count) { shares, initialized in
            // Each iteration writes its own element and nothing else.
            nonisolated(unsafe) let shares = shares
            DispatchQueue.concurrentPerform(iterations: count) { index in
                let start = listed.startIndex + index * size
                let reader = ArtifactReader(corpus: corpus, maximumBytes: maximumBytes)
                var share = Share(findings: Findings(maximumFacts: maximumFacts))
                for file in listed[start..<min(start + size, listed.endIndex)] {
                    share.outcomes.append(reader.read(file, into: &share.findings))
                }
                shares.initializeElement(at: index, to: share)
            }
            initialized = count
        }
    }

    private mutating func append(_ share: Share) {
        for outcome in share.outcomes {
            switch outcome {
            case .read(let file, let damage):
                files.append(file)
                if let damage { damaged.append((file.path, damage)) }
            case .refused(let file): unreadable.append(file)
            }
        }
        findings.merge(share.findings)
    }
}
