import Dispatch
internal import GateCore
internal import GateJSON
internal import GateVerdict

/// Lines of cases to lines of verdicts, on all cores, in order.
struct CaseStream {
    /// Appends a verdict in the form that was asked for.
    let append: @Sendable (CaseVerdict, JSONValue, inout [UInt8]) -> Void
    /// Cases that were judged.
    private(set) var count = 0
    /// Lines that were seen, whatever was in them.
    private(set) var lines = 0

    /// The verdicts of the lines before the first bad one, and that one's error.
    struct Answer {
        var output: [UInt8] = []
        var judged: [(id: JSONValue, verdict: CaseVerdict)] = []
        var error: (line: Int, error: CaseError)?
    }

    private enum Result {
        case blank
        case verdict(CaseVerdict, JSONValue, [UInt8])
        case bad(CaseError)
    }

    /// - Parameter block: whole lines; the last may lack its line feed.
    mutating func judge(_ block: [UInt8]) -> Answer {
        let ranges = CaseStream.ranges(of: block)
        let results = block.withUnsafeBufferPointer { bytes in self.results(of: ranges, in: bytes) }
        var answer = Answer()
        for result in results {
            lines += 1
            switch result {
            case .blank: break
            case .verdict(let verdict, let id, let text):
                answer.output += text
                answer.judged.append((id, verdict))
                count += 1
            case .bad(let error):
                answer.error = (lines, error)
                return answer
            }
        }
        return answer
    }

    private static func ranges(of block: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < block.count {
            let end = block[start...].firstIndex(of: 0x0A) ?? block.count
            ranges.append(start..<end)
            start = end + 1
        }
        return ranges
    }

    private static let linesPerShare = 8

    private func results(of ranges: [Range<Int>], in bytes: UnsafeBufferPointer<UInt8>) -> [Result] {
        [Result](unsafeUninitializedCapacity: ranges.count) { results, initialized in
            // Each iteration writes its own elements and nothing else; all of them only read the bytes.
            nonisolated(unsafe) let results = results
            nonisolated(unsafe) let bytes = bytes
            let linesPerShare = CaseStream.linesPerShare
            let shares = (ranges.count + linesPerShare - 1) / linesPerShare
            DispatchQueue.concurrentPerform(iterations: shares) { share in
                let first = share * linesPerShare
                for index in first..<min(first + linesPerShare, ranges.count) {
                    results.initializeElement(
                        at: index, to: result(of: UnsafeBufferPointer(rebasing: bytes[ranges[index]])))
                }
            }
            initialized = ranges.count
        }
    }

    private func result(of line: UnsafeBufferPointer<UInt8>) -> Result {
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return .blank }
        do throws(CaseError) {
            let (id, judgementCase) = try CaseReader.read(line)
            let verdict = CaseJudge.judge(judgementCase)
            var text: [UInt8] = []
            append(verdict, id, &text)
            return .verdict(verdict, id, text)
        } catch {
            return .bad(error)
        }
    }
}
