public import GateCore

/// What a session is judged by: what is approved for its workload and machine class, or the reason why there is nothing.
public enum ApprovedState: Sendable, Equatable {
    /// With which one that is, for the reports; nil where nobody is told.
    case baseline(Baseline, reference: BaselineReference? = nil)
    /// Nothing was ever approved.
    case nothing
    /// Something is there, and it cannot be used: that is not the same as nothing.
    case unusable(JudgementFailure)

    /// Nil where there is none, or none that can be used.
    public var baseline: Baseline? {
        guard case .baseline(let baseline, _) = self else { return nil }
        return baseline
    }

    var reference: BaselineReference? {
        guard case .baseline(_, let reference) = self else { return nil }
        return reference
    }

    /// Why a session cannot be compared by its stored baseline; nil where it can.
    ///
    /// - Parameter decisive: the differences from the baseline by which its figures say nothing of the session's.
    func obstacle(for session: Session, decisive: [Difference]) -> JudgementFailure? {
        switch self {
        case .nothing: .baselineMissing(for: session)
        case .unusable(let reason): reason.kind == .baselineUntrusted ? nil : reason
        case .baseline: decisive.isEmpty ? nil : .baselineIncomparable(decisive, for: session)
        }
    }

    /// That what is there is not what was approved, which concerns every judgement; nil where it is, or where nothing is.
    var untrusted: JudgementFailure? {
        guard case .unusable(let reason) = self, reason.kind == .baselineUntrusted else { return nil }
        return reason
    }
}
