import GateBaselines
import GateCore
import GateVerdict

extension BaselineStore {
    /// - Parameters:
    ///   - quality: of the session's reports; nil for a session without any.
    ///   - startsAnew: in its place in any case.
    @discardableResult
    func approve(
        _ session: Session, _ approval: Approval, quality: ApprovedQuality? = nil, startsAnew: Bool = false
    ) throws -> (reference: BaselineReference, effect: ApprovalEffect) {
        var request = ApprovalRequest(approval: approval, quality: quality)
        request.startsAnew = startsAnew
        return try approve(session, request)
    }
}
