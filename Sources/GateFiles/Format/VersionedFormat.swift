public import GateCore

/// A value whose file says by which version of its format it was written.
public protocol VersionedFormat: Codable {
    static var currentFormatVersion: Int { get }
}

extension Session: VersionedFormat {}
extension Baseline: VersionedFormat {}
extension Judgement: VersionedFormat {}
extension Corpus: VersionedFormat {}
