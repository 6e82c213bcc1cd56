import GateCore

/// When the pieces of each call's answer arrived, on one scale, so that a stall and a late first token are seen.
struct TokenTimeline {
    let calls: [PageInput.Call]
    static let mostCalls = 24
    /// Pieces nearer to each other than this are drawn once. Of the drawing's width.
    private static let resolution = 1.0

    /// Empty without calls.
    var nodes: [HTMLNode] {
        guard !calls.isEmpty else { return [] }
        let shown = calls.prefix(TokenTimeline.mostCalls)
        let longest = shown.map(\.recording.endNs.seconds).max() ?? 0
        let scale = PlotScale(from: 0, to: longest)
        return shown.map { row($0, scale) } + [
            .axis("0", DisplayFormat.value(longest, unit: .seconds)),
            .tag("p", class: "label", "From the request to the end; a line for each piece that arrived."),
        ]
            + (calls.count > shown.count ? [.tag("p", "\(calls.count - shown.count) more calls are not drawn.")] : [])
    }

    private func row(_ call: PageInput.Call, _ scale: PlotScale) -> HTMLNode {
        let recording = call.recording
        var plot = Plot(title: words(call), height: 22)
        plot.rectangle("whole", from: 0, to: scale.place(recording.endNs.seconds), top: 8, height: 6)
        for (kind, isThinking) in [("thought", true), ("token", false)] {
            let offsets = recording.arrivals.filter { $0.isThinking == isThinking }.map(\.offsetNs.seconds)
            plot.ticks(kind, at: thinned(offsets.map(scale.place)), top: 0, height: 22)
        }
        return .labelled(plot)
    }

    private func thinned(_ places: [Double]) -> [Double] {
        var kept: [Double] = []
        for place in places where place - (kept.last ?? -.infinity) >= TokenTimeline.resolution { kept.append(place) }
        return kept
    }

    private func words(_ call: PageInput.Call) -> String {
        let arrivals = call.recording.arrivals
        let first = arrivals.first { !$0.isThinking }?.offsetNs.seconds
        let gaps = zip(arrivals.dropFirst(), arrivals).map { $0.offsetNs.seconds - $1.offsetNs.seconds }
        func shown(_ seconds: Double) -> String { DisplayFormat.value(seconds, unit: .seconds) }
        return "run \(call.run), \(call.recording.stage): "
            + [
                first.map { "TTFT \(shown($0))" }, "\(DisplayFormat.count(arrivals.count, "piece"))",
                gaps.max().map { "longest gap \(shown($0))" }, "total \(shown(call.recording.endNs.seconds))",
            ].compactMap(\.self).joined(separator: ", ")
    }
}
