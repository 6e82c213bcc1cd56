import ArgumentParser
import GateReplay

/// `3=cut:20`: what goes wrong with the third call.
struct FaultOfCall: Equatable {
    /// Counted from 1, in the order in which calls arrive at the replay server.
    let call: Int
    let fault: ReplayFault

    init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let call = Int(parts[0]), call >= 1 else {
            throw ValidationError("write the number of a call and its fault, as in 3=cut:20")
        }
        self.call = call
        fault = try ReplayFault(String(parts[1]))
        if case .loading = fault {
            throw ValidationError("'loading' counts requests from the first one; give it by --fault")
        }
    }
}
