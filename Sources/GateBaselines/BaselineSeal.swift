import GateCore
import GateDigest
import GateFiles
import GateVerdict

/// Ties a file of baselines to what it says and to the file before it, so that an edit by hand and an old file that was put
/// back are seen. It is no signature: who can write the file can seal it anew, and then the review of the change decides.
enum BaselineSeal {
    /// `sha256:` and the digest of what a baseline says, whatever the layout of its file.
    static func content(of baseline: Baseline) throws(FormatError) -> String {
        "sha256:" + SHA256.hash(try unsealed(baseline))
    }

    /// The same of a version that had other names for some metrics.
    private static func olderContent(of baseline: Baseline) throws(FormatError) -> String {
        let text = String(decoding: try unsealed(baseline), as: UTF8.self)
        let older = MetricID.renamed.reduce(text) { text, name in
            text.replacing("\"metric\":\"\(name.value)\"", with: "\"metric\":\"\(name.key)\"")
        }
        return "sha256:" + SHA256.hash(Array(older.utf8))
    }

    private static func unsealed(_ baseline: Baseline) throws(FormatError) -> [UInt8] {
        var unsealed = baseline
        unsealed.history?.content = ""
        return try CanonicalJSON.encodeLine(unsealed)
    }

    /// Why a baseline that was read is not what was written; nil where it is, and for files of before there were seals.
    static func breach(of baseline: Baseline, file: String) throws(BaselineError) -> BaselineError? {
        guard let history = baseline.history else {
            guard baseline.formatVersion >= Baseline.firstVersionWithHistory else { return nil }
            return .impossible(file: file, detail: "'history' is missing")
        }
        let found: String
        do {
            found = try content(of: baseline)
            if found != history.content, try olderContent(of: baseline) == history.content { return nil }
        } catch {
            throw .malformed(error)
        }
        return found == history.content ? nil : .edited(file: file, stated: history.content, found: found)
    }

    /// The baseline with its place in the history and its seal.
    ///
    /// - Parameters:
    ///   - existing: whose place it takes; nil for the first.
    ///   - epochReason: why an epoch begins with it; nil where it goes on.
    static func seal(
        _ baseline: Baseline, after existing: StoredBaseline?, epochReason: String?
    ) throws(FormatError) -> Baseline {
        let before = existing?.baseline.history
        let epoch = before?.epoch ?? 1
        let isStep = existing != nil && epochReason != nil
        var sealed = baseline
        sealed.history = BaselineHistory(
            sequence: existing == nil ? 1 : (before?.sequence ?? 1) + 1,
            // A file of before there were seals is known by all of its bytes.
            parent: before?.content ?? existing?.reference.id, epoch: isStep ? epoch + 1 : epoch,
            epochReason: isStep ? epochReason : before?.epochReason)
        let content = try content(of: sealed)
        sealed.history?.content = content
        return sealed
    }
}
