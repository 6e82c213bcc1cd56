import GateCore

extension Warning {
    /// A load was begun without a file of its requests, and goes on with one.
    static func lackingExchanges(_ path: String) -> Warning {
        Warning(
            "'\(path)' does not have the requests of the windows before the interruption",
            remedy: "Name the file of the first call by --exchanges, or measure anew without --resume.")
    }
}

/// What makes the figures of a load doubtful, once it is measured.
enum LoadWarnings {
    /// A request that leaves so much later than planned was held back by us.
    private static let latestStart = Nanoseconds(10_000_000)

    static func list(_ session: Session, uncountedRequests: Int, usesGenerateRoute: Bool) -> [Warning] {
        var warnings: [Warning] = []
        let windows = session.measuredWindows
        if let latest = windows.map(\.latestStartNs).max(), latest > latestStart {
            warnings.append(
                Warning(
                    "requests left up to \(DisplayFormat.value(latest.seconds, unit: .seconds)) after their moment,"
                        + " so that the rate was lower than asked for",
                    remedy: "Raise or leave out --concurrency, or lower --rate."))
        }
        if let window = windows.max(by: { $0.coalescedShare < $1.coalescedShare }),
            let first = window.unknownGapFigures.first, let doubt = window.gapDoubt(of: first)
        {
            let names = window.unknownGapFigures.map(\.rawValue).joined(separator: ", ")
            warnings.append(
                Warning(
                    "the inter-token figures \(names) are degraded: \(doubt)",
                    remedy: "Measure from a machine that keeps up, apart from the server; these are not judged."))
        }
        if usesGenerateRoute {
            warnings.append(
                Warning(
                    "the server has no /api/chat, so that /api/generate was asked",
                    remedy: "Compare with sessions of the same server only."))
        }
        if uncountedRequests > 0 {
            warnings.append(
                Warning(
                    "the server did not count the tokens of \(DisplayFormat.count(uncountedRequests, "request")): each piece of content was"
                        + " taken for one",
                    remedy: "Let the server report its usage, or read output_throughput as pieces per second."))
        }
        if let load = session.configuration.load, load.rampLimit != nil,
            windows.contains(where: { $0.completed > 0 && $0.measurements["concurrency.max"] == 0 })
        {
            warnings.append(
                Warning(
                    "not even one request at a time keeps the limits, so that the figures are those of one at a time",
                    remedy: "State limits that the server can keep when it is alone."))
        }
        return warnings
    }
}
