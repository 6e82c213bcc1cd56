@testable import GateStream

extension CallRecord {
    /// The pieces' texts, in order; nil where the text was not kept.
    var texts: [String]? { pieces?.map(\.text) }
}
