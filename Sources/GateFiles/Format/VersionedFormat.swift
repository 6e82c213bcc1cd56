public import GateCore
public import GateVerdict

/// A value whose file says by which version of its format it was written.
public protocol VersionedFormat: Codable {
    static var currentFormatVersion: Int { get }
    /// The first number in it that cannot be; nil where there is none. What was tampered with ends in an error that names it.
    var impossibility: (place: String, detail: String)? { get }
}

extension VersionedFormat {
    public var impossibility: (place: String, detail: String)? { nil }
}

extension Session: VersionedFormat {}
extension Baseline: VersionedFormat {}
extension Judgement: VersionedFormat {}
