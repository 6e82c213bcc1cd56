import Foundation
import GateCore
import GateVerdict

/// Simulates the gate under every scenario, and prints a table.
@main struct Judgement {
    /// The file that is written.
    private struct File: Encodable {
        let formatVersion = 1
        let seed: UInt64
        let alpha: Double
        let speed: FlipSpeed
        let cells: [Cell]
    }

    static let contenders = [
        Contender(name: "gate", words: "screen, then pairs: what chimera-gate does"),
        Contender(name: "pairs", words: "no screen", evidence: .pairs),
        Contender(name: "stored", words: "the stored baseline alone", evidence: .storedBaseline),
    ]

    static func main() throws {
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch let wrong as Options.Wrong {
            FileHandle.standardError.write(Data("judgement: \(wrong.words)\n\(Options.usage)\n".utf8))
            exit(64)
        }
        let real = try options.realRuns.map(RealRuns.init)
        if real == nil { say("without --real-runs FILE no real runs are resampled") }
        let speed = FlipSpeed.measure()
        say(speed.words)
        for contender in contenders { say("\(contender.name): \(contender.words)") }
        print(Table.head)
        var cells: [Cell] = []
        for scenario in Scenario.ofTheDesign(real) + Scenario.others
        where options.only.isEmpty || options.only.contains(scenario.name) {
            for contender in contenders {
                let row = [0, 0.1, 0.2].map { change in
                    contender.cell(
                        scenario, change: change, repetitions: change > 0 ? options.changed : options.unchanged,
                        seed: options.seed)
                }
                print(Table.line(row))
                cells += row
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let file = File(seed: options.seed, alpha: Policy.defaultAlpha, speed: speed, cells: cells)
        try encoder.encode(file).write(to: options.output)
        let missed = cells.filter { $0.rule == "gate" && Limits.holds($0) == false }
        for cell in missed { say("missed: \(cell.scenario) at \(Int(cell.change * 100)) %: \(cell.convicted)") }
        if !missed.isEmpty || !speed.isHeld { exit(1) }
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
