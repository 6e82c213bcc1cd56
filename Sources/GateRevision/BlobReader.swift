internal import GateProcess
internal import Glibc

/// Reads many objects by few calls of `git cat-file --batch`.
struct BlobReader {
    let revision: Revision
    /// Where the names of the wanted objects are written for git to read; removed at the end.
    let listFile: String

    /// Bytes that are read by one call, at most; a larger object has a call of its own.
    private static let batchBytes = 32 << 20

    /// - Parameter take: gets the path and the content of each file, in order.
    func read(
        _ files: [(path: String, entry: Revision.Entry)], maxFileBytes: Int,
        take: (String, ArraySlice<UInt8>) throws(RevisionError) -> Void
    ) throws(RevisionError) {
        defer { unlink(listFile) }
        var batch: [(path: String, entry: Revision.Entry)] = []
        var bytes = 0
        for file in files where file.entry.size <= maxFileBytes {
            if !batch.isEmpty, bytes + file.entry.size > BlobReader.batchBytes {
                try readBatch(batch, bytes: bytes, take: take)
                (batch, bytes) = ([], 0)
            }
            batch.append(file)
            bytes += file.entry.size
        }
        if !batch.isEmpty { try readBatch(batch, bytes: bytes, take: take) }
    }

    private func readBatch(
        _ batch: [(path: String, entry: Revision.Entry)], bytes: Int,
        take: (String, ArraySlice<UInt8>) throws(RevisionError) -> Void
    ) throws(RevisionError) {
        try writeList(batch.map(\.entry.object))
        // The shell is only there to open the list as git's standard input.
        let result = try Repository.run(
            [
                "sh", "-c", #"exec git --no-replace-objects -C "$1" cat-file --batch <"$2""#, "sh",
                revision.repository.root, listFile,
            ], limit: bytes + 256 * batch.count)
        guard result.status.isSuccess else {
            throw .failed(action: "read its objects", said: result.errorLines.joined(separator: "; "))
        }
        // `<object> blob <size>`, a newline, the content, a newline.
        var rest = result.output[...]
        for file in batch {
            guard let newline = rest.firstIndex(of: 0x0A) else { throw missing(file.path) }
            let header = String(decoding: rest[..<newline], as: UTF8.self).split(separator: " ")
            let end = newline + 1 + file.entry.size
            guard header.count == 3, header[1] == "blob", Int(header[2]) == file.entry.size, end < rest.endIndex else {
                throw missing(file.path)
            }
            try take(file.path, rest[(newline + 1)..<end])
            rest = rest[(end + 1)...]
        }
    }

    private func missing(_ path: String) -> RevisionError {
        .failed(action: "read '\(path)' at '\(revision.name)'", said: "its object is not in this clone")
    }

    private func writeList(_ objects: [String]) throws(RevisionError) {
        guard let file = fopen(listFile, "we") else {
            throw .notWritten(path: listFile, reason: String(cString: strerror(errno)))
        }
        for object in objects { fputs(object + "\n", file) }
        guard fclose(file) == 0 else { throw .notWritten(path: listFile, reason: String(cString: strerror(errno))) }
    }
}
