import Foundation

/// What the command line asks for.
struct Options {
    var unchanged = 3000
    var changed = 800
    var seed: UInt64 = 20_261_125
    var only: Set<String> = []
    var realRuns: URL?
    var output = URL(filePath: ".build/judgement.json")
    var isQuick = false

    static let usage = """
        usage: judgement [--quick] [--only SCENARIO,...] [--real-runs FILE] [--unchanged N] [--changed N] [--seed N]
                         [--output FILE]

        Simulates the gate and prints how often it convicts. Exits by 1 where it alarms too often or catches too little.
        """

    struct Wrong: Error {
        let words: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--quick" {
                (isQuick, unchanged, changed) = (true, 300, 100)
                continue
            }
            guard let value = rest.popFirst() else { throw Wrong(words: "\(name): no such option, or no value") }
            switch name {
            case "--only": only = Set(value.split(separator: ",").map(String.init))
            case "--real-runs": realRuns = URL(filePath: value)
            case "--output": output = URL(filePath: value)
            case "--unchanged": unchanged = try Options.count(name, value)
            case "--changed": changed = try Options.count(name, value)
            case "--seed": seed = UInt64(try Options.count(name, value))
            default: throw Wrong(words: "no option is called \(name)")
            }
        }
    }

    private static func count(_ name: String, _ value: String) throws -> Int {
        guard let count = Int(value), count > 0 else { throw Wrong(words: "\(name): \(value) is no number above 0") }
        return count
    }
}
