internal import GateCore

/// How much a text repeats itself. Healthy reports of three model families (888 of them) lie, at 5 %, 50 % and 95 %, at
/// distinct-2 .74, .87, .91 and rep-4 .003, .025, .168.
struct Degeneration: Sendable, Equatable {
    /// Words of the text, code and blank lines aside.
    let words: Int
    /// Different pairs of neighbouring words over all pairs, 0…1 (Li et al., "A Diversity-Promoting Objective Function
    /// for Neural Conversation Models", 2016); 1 below two words.
    let distinct2: Double
    /// Sequences of four words that occurred before, over all of them, 0…1 (Welleck et al., "Neural Text Generation with
    /// Unlikelihood Training", 2020); 0 below four words.
    let repeated4: Double
    /// What is left of the text when every 16 bytes that occurred before are taken out, 0…1: what a compressor would see.
    let novelty: Double
    /// The most lines in a row that equal the line before them, blank ones aside.
    let longestLineRun: Int
    /// Letters of other scripts than Latin over all letters, 0…1.
    let nonLatinShare: Double

    /// Texts that are shorter cannot be told from tables and lists.
    private static let fewestWords = 150

    /// Why the text counts as running away; nil where it does not.
    var alarm: String? {
        guard words >= Degeneration.fewestWords else { return longestLineRun >= 20 ? lineRun : nil }
        if repeated4 > 0.5 { return "\(percent(repeated4)) of all sequences of four words occurred before" }
        if repeated4 > 0.25, distinct2 < 0.65 {
            return "\(percent(repeated4)) of all sequences of four words occurred before, and only"
                + " \(percent(distinct2)) of all word pairs are different"
        }
        return longestLineRun >= 10 ? lineRun : nil
    }

    private var lineRun: String { "\(longestLineRun + 1) lines in a row are the same" }

    private func percent(_ share: Double) -> String { "\(Int(clamping: (share * 100).rounded())) %" }

    init(_ lines: ReportLines) {
        var ids: [String: UInt32] = [:]
        var sequence: [UInt32] = []
        sequence.reserveCapacity(lines.words.count)
        for line in lines.lines where line.kind != .code {
            for word in lines.words(of: line) {
                let next = UInt32(truncatingIfNeeded: ids.count)
                let id = ids[word.text] ?? next
                if id == next { ids[word.text] = next }
                sequence.append(id)
            }
        }
        words = sequence.count
        distinct2 = Degeneration.distinctPairs(sequence)
        repeated4 = Degeneration.repeatedQuadruples(sequence)
        novelty = Degeneration.novelty(lines)
        longestLineRun = Degeneration.lineRun(lines)
        nonLatinShare = Degeneration.nonLatinShare(lines)
    }

    private static func distinctPairs(_ sequence: [UInt32]) -> Double {
        guard sequence.count >= 2 else { return 1 }
        var pairs: Set<UInt64> = []
        for (first, second) in zip(sequence, sequence.dropFirst()) {
            pairs.insert(UInt64(first) << 32 | UInt64(second))
        }
        return Double(pairs.count) / Double(sequence.count - 1)
    }

    private static func repeatedQuadruples(_ sequence: [UInt32]) -> Double {
        guard sequence.count >= 4 else { return 0 }
        var seen: Set<SixteenBytes> = []
        seen.reserveCapacity(sequence.count)
        for start in 0...(sequence.count - 4) {
            seen.insert(
                SixteenBytes(
                    first: UInt64(sequence[start]) << 32 | UInt64(sequence[start + 1]),
                    second: UInt64(sequence[start + 2]) << 32 | UInt64(sequence[start + 3])))
        }
        let all = sequence.count - 3
        return Double(all - seen.count) / Double(all)
    }

    /// Bytes beyond these tell nothing new of how a text repeats itself.
    private static let longestSample = 1 << 20

    /// Greedy: a block that lies behind as a whole, at a multiple of four, matches at any place; linear.
    private static func novelty(_ lines: ReportLines) -> Double {
        let size = 16
        var bytes: [UInt8] = []
        for line in lines.lines where line.kind != .blank {
            bytes += line.text.utf8.prefix(longestSample - bytes.count)
            if bytes.count >= longestSample { break }
        }
        guard bytes.count > size else { return 1 }
        var blocks: Set<SixteenBytes> = []
        blocks.reserveCapacity(bytes.count / 4)
        var (index, entered, new) = (0, 0, 0)
        while index + size <= bytes.count {
            while entered + size <= index {
                blocks.insert(block(bytes, at: entered))
                entered += 4
            }
            if blocks.contains(block(bytes, at: index)) {
                index += size
            } else {
                new += 1
                index += 1
            }
        }
        return Double(new + bytes.count - index) / Double(bytes.count)
    }

    /// Hashed as two words: a vector is hashed lane by lane.
    private struct SixteenBytes: Hashable {
        let first: UInt64
        let second: UInt64
    }

    private static func block(_ bytes: [UInt8], at index: Int) -> SixteenBytes {
        bytes.withUnsafeBytes { bytes in
            SixteenBytes(
                first: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self),
                second: bytes.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self))
        }
    }

    private static func lineRun(_ lines: ReportLines) -> Int {
        var longest = 0
        var run = 0
        var previous: Substring = ""
        for line in lines.lines where line.kind != .blank && line.kind != .rule && line.kind != .code {
            let text = line.text.trimmed
            run = text == previous ? run + 1 : 0
            longest = max(longest, run)
            previous = text
        }
        return longest
    }

    private static func nonLatinShare(_ lines: ReportLines) -> Double {
        var all = 0
        var other = 0
        for line in lines.lines {
            for scalar in line.text.unicodeScalars {
                guard let script = Script(scalar) else { continue }
                all += 1
                if script != .latin { other += 1 }
            }
        }
        return all == 0 ? 0 : Double(other) / Double(all)
    }
}
