import Foundation
import TestSupport

/// Conversions to whole numbers in the sources that end the program where the number does not fit: those without a
/// label. In a file that imports GateCore the compiler refuses those of fractions and of wider whole numbers (see
/// `UncheckedConversion.swift`); what is left is read here, by its form.
struct NumberConversion: CustomStringConvertible {
    /// Below Sources, with the line.
    let place: String
    let type: String
    let argument: String
    /// Whether the compiler has judged it, but for the unsigned types that take an `Int`.
    let isCompiled: Bool

    var description: String { "\(place): \(type)(\(argument))" }

    /// The reason why it cannot fail; nil where none is known.
    var proof: String? {
        if isCompiled, !["UInt", "UInt32", "UInt64"].contains(type) { return "judged by the compiler" }
        return NumberConversion.proofs.first { proof in
            (proof.place.isEmpty || place.contains(proof.place)) && argument.contains(proof.argument)
        }?.reason
    }

    private struct Proof {
        var place = ""
        let argument: Regex<Substring>
        let reason: String
    }

    private static var proofs: [Proof] {
        [
            Proof(place: "GateDigest/", argument: /^written$/, reason: "the length of a digest"),
            Proof(argument: /^_?[A-Z][A-Z0-9_]*(?: \| [A-Z0-9_]+)*$/, reason: "constants of the C library"),
            Proof(argument: /\.rawValue$/, reason: "constants of the C library"),
            Proof(
                argument: /\.(?:tv_n?sec|st_size|ws_col)$/,
                reason: "the kernel counts in 64 bits at most, and not below zero"),
            Proof(argument: /^\(?(?:byte|digit|socket)\b/, reason: "a byte, a digit or a descriptor, in a wider type"),
            Proof(
                argument: /^(?:byte\(\)|bytes\[[^\]]*\]|raw\[[^\]]*\]|raw\.first \?\? 0)$/,
                reason: "a byte in a wider type"),
            Proof(argument: /radix:/, reason: "of a text: nil where it does not fit"),
            Proof(
                argument: /^(?:text|name|written|value|field|digits|(?:parts|fields|header)\[\d\].*)$/,
                reason: "of a text: nil where it does not fit"),
            Proof(
                place: "GateVocabulary/PrintedDate", argument: /^\$0$/, reason: "of digits: nil where it does not fit"),
            Proof(argument: /^String\(/, reason: "of a text: nil where it does not fit"),
            Proof(
                argument: /^(?:cmark_node_get_|xmlBufferLength|gate_|in_port_t\(bigEndian)/,
                reason: "an int of C, in 64 bits"),
            Proof(argument: /min\([a-zA-Z]+, [0-9_]+\)/, reason: "bounded beside it"),
            Proof(argument: /^pthread_self\(\)$/, reason: "an unsigned long of C, which is as wide"),
            Proof(
                place: "GateProcess/Interruption", argument: /^min\(limit\.rlim_cur, 65_536\)$/,
                reason: "an unsigned number, bounded in its own type"),
            Proof(argument: /\.count$/, reason: "a count in 64 bits"),
            Proof(
                place: "GateCorpus/", argument: /./, reason: "indices and counts within a file, which has 1 GiB at most"
            ),
            Proof(
                place: "GateStream/Engine/", argument: /^(?:reads|counts\[|bits|difference|high|low|TokenStamps)/,
                reason: "32 bits or less, in 64"),
            Proof(place: "GateStream/Polling/", argument: /^EpollPoller\.mostEvents$/, reason: "a constant of ours"),
            Proof(
                place: "GateLint/Rules/Degeneration", argument: /^(?:first|second|sequence)/, reason: "32 bits in 64"),
        ]
    }

    /// All of a file's, comments left out.
    static func all(in text: String, place: String) -> [NumberConversion] {
        let isCompiled = text.contains("import GateCore\n") || place.hasPrefix("GateCore/")
        var found: [NumberConversion] = []
        for (number, line) in zip(1..., text.split(separator: "\n", omittingEmptySubsequences: false)) {
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            for match in code.matches(of: /(?:^|[^A-Za-z0-9_.])(U?Int(?:8|16|32|64)?)\((?!\)|[a-z][A-Za-z]*:)/) {
                var depth = 1
                let rest = code[match.range.upperBound...]
                let argument = rest.prefix { character in
                    if character == "(" || character == "[" { depth += 1 }
                    if character == ")" || character == "]" { depth -= 1 }
                    return depth > 0
                }
                found.append(
                    NumberConversion(
                        place: "\(place):\(number)", type: String(match.1), argument: String(argument),
                        isCompiled: isCompiled))
            }
        }
        return found
    }

    static func allSources() throws -> [NumberConversion] {
        let sources = SharedData.packageRoot.appending(path: "Sources")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
        return try files.filter { $0.hasSuffix(".swift") }.sorted().flatMap { path in
            all(in: try String(contentsOf: sources.appending(path: path), encoding: .utf8), place: path)
        }
    }
}
