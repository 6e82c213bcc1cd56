import GateCore

/// A drawing that is stretched to whatever width there is, at every size of text: shapes alone stand in the SVG, and all that
/// is read stands beside it as text. A stroke keeps its width, so that a dot stays round.
struct Plot {
    /// Of the drawing's own coordinates.
    static let width = 1000.0

    /// What a reader hears in its place.
    let title: String
    /// In its own coordinates.
    let height: Double
    private var shapes: [HTMLNode] = []

    init(title: String, height: Double) {
        self.title = title
        self.height = height
    }

    mutating func rectangle(_ kind: String, from start: Double, to end: Double, top: Double, height: Double) {
        shapes.append(
            .tag(
                "rect", class: kind,
                [
                    "x": number(min(start, end)), "y": number(top), "width": number(max(1, abs(end - start))),
                    "height": number(height),
                ]))
    }

    /// A round dot for each place, whatever the drawing is stretched to.
    mutating func dots(_ kind: String, at places: [(x: Double, y: Double)]) {
        path(kind + " dots", places.map { "M\(number($0.x)) \(number($0.y))h0" })
    }

    /// Upright lines.
    mutating func ticks(_ kind: String, at places: [Double], top: Double, height: Double) {
        path(kind, places.map { "M\(number($0)) \(number(top))v\(number(height))" })
    }

    private mutating func path(_ kind: String, _ parts: [String]) {
        guard !parts.isEmpty else { return }
        shapes.append(.tag("path", class: kind, ["d": parts.joined()]))
    }

    private func number(_ value: Double) -> String { DisplayFormat.trimmed(value, decimals: 1) }

    var node: HTMLNode {
        .tag(
            "svg",
            [
                "viewBox": "0 0 \(number(Plot.width)) \(number(height))", "preserveAspectRatio": "none", "role": "img",
                "aria-label": title, "height": number(height),
            ], shapes)
    }
}

/// From values to places on a line.
struct PlotScale {
    let low: Double
    let high: Double

    /// From the smallest to the largest, with some room; nil without values.
    init?(_ values: [Double]) {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let most = finite.max() else { return nil }
        let room = most > least ? (most - least) * 0.06 : max(abs(most) * 0.05, 1e-9)
        low = least - room < 0 && least >= 0 ? 0 : least - room
        high = most + room
    }

    /// - Parameter origin: stands at the left edge.
    init(from origin: Double, to end: Double) {
        low = origin
        high = end > origin ? end : origin + 1
    }

    func place(_ value: Double) -> Double {
        min(max((value - low) / (high - low), 0), 1) * Plot.width
    }
}
