public import GateCore

extension Verdict {
    /// The same regression, approved in the change; as it is where it is none against the tolerance, or nobody approved it.
    func approved(by approval: Approval?) -> Verdict {
        guard let approval, demand == .tolerance, outcome == .regression || outcome == .missing else { return self }
        return Verdict(
            check: check, demand: demand, outcome: .approved, unit: unit, direction: direction, baseline: baseline,
            observed: observed, change: change, worsening: worsening, tolerance: tolerance, budget: budget,
            explanation: "regression, approved in this change by \(approval.approvedBy ?? "an unknown person"):"
                + " \(approval.reason) (\(explanation))", remedy: "")
    }
}

extension Session {
    /// The base's runs of a session with two arms, as a session of their own; nil where there is one side.
    public var baseAlone: Session? {
        base.map { side(.server($0.server), $0.model, $0.corpus, $0.configuration, measuredRuns(of: .base)) }
    }

    /// The head of a session with two arms, as a session of its own: what can be compared with a stored baseline.
    public var headAlone: Session {
        guard base != nil else { return self }
        return side(
            origin, model, corpus, configuration, measuredRuns, serverStarts: serverStarts, modelLoads: modelLoads)
    }
}
