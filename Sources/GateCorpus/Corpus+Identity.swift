public import GateCore
import GateDigest

extension Corpus {
    /// Over the paths and contents of the files that were read, in order; hexadecimal.
    public var sha256: String {
        var digest = SHA256()
        for file in files { digest.update("\(file.path)\0\(file.sha256)\n") }
        return digest.finish()
    }

    public var identity: CorpusIdentity {
        CorpusIdentity(
            sha256: sha256, files: files.count, bytes: totalBytes, facts: facts.count, unreadable: unreadable.count)
    }
}
