import GateCore

/// Where the time of each run went: a bar with its stages.
struct RunBars {
    let session: Session
    static let mostRuns = 40

    private struct Part {
        let name: String
        let seconds: Double
    }

    /// Empty for a session whose runs have no stages.
    var nodes: [HTMLNode] {
        let runs = session.measuredRuns.filter { !$0.stages.isEmpty }
        guard !runs.isEmpty else { return [] }
        let all = runs.prefix(RunBars.mostRuns).map { (run: $0, parts: parts(of: $0)) }
        let longest = all.map { $0.parts.reduce(0) { $0 + $1.seconds } }.max() ?? 0
        let scale = PlotScale(from: 0, to: longest)
        let names = all.flatMap(\.parts).reduce(into: [String]()) { if !$0.contains($1.name) { $0.append($1.name) } }
        let rows = all.map { bar($0.run, $0.parts, names, scale) }
        return [legend(names)] + rows
            + (runs.count > RunBars.mostRuns
                ? [.tag("p", "\(runs.count - RunBars.mostRuns) more runs are not drawn.")] : [])
    }

    private func parts(of run: Run) -> [Part] {
        let ingest = run.measurements["ingest"].map { [Part(name: "ingest", seconds: $0)] } ?? []
        return ingest + run.stages.map { Part(name: $0.name.rawValue, seconds: $0.wallSeconds) }
    }

    private func bar(_ run: Run, _ parts: [Part], _ names: [String], _ scale: PlotScale) -> HTMLNode {
        let words = parts.map { "\($0.name) \(DisplayFormat.value($0.seconds, unit: .seconds))" }
        let title = "\(name(of: run)): \(words.joined(separator: ", "))"
        var plot = Plot(title: title, height: 18)
        var from = 0.0
        for part in parts {
            let index = (names.firstIndex(of: part.name) ?? 0) % RunBars.colours
            plot.rectangle(
                "part\(index)", from: scale.place(from), to: scale.place(from + part.seconds), top: 0, height: 18)
            from += part.seconds
        }
        return .labelled(plot)
    }

    static let colours = 6

    private func legend(_ names: [String]) -> HTMLNode {
        .tag(
            "ul", class: "legend", [:],
            names.enumerated().map { index, name in
                .tag("li", [:], [.tag("span", class: "key key\(index % RunBars.colours)", ""), .text(name)])
            })
    }

    private func name(of run: Run) -> String {
        "run \(run.index)" + (run.arm.map { ", \($0.rawValue)" } ?? "") + (run.isComplete ? "" : ", not finished")
    }
}
