package import GateCore
import GateDigest
import GateFiles
import GateVerdict

/// The prompts that a load sends, each read from a file.
package struct PromptFiles {
    /// A larger prompt fits into no model's context window. Bytes.
    private static let largest = 64 << 20

    let texts: [String]
    package let identity: CorpusIdentity

    /// Reads every file as UTF-8; what is in it is sent as it is.
    package init(paths: [String]) throws {
        var digest = SHA256()
        var texts: [String] = []
        var size = 0
        for path in paths {
            let bytes = try RegularFile.read(path, limit: PromptFiles.largest)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw MeasuringError.promptNotUTF8(file: path)
            }
            guard text.contains(where: { !$0.isWhitespace }) else {
                throw MeasuringError.promptEmpty(file: path)
            }
            // With its length, so that two prompts cannot be taken for one.
            digest.update("\(bytes.count):")
            digest.update(text)
            texts.append(text)
            size += bytes.count
        }
        self.texts = texts
        identity = CorpusIdentity(
            sha256: digest.finish(), files: texts.count, bytes: Int64(size), facts: 0, unreadable: 0)
    }
}
