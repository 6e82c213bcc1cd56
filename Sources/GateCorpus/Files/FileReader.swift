import GateDigest
import GateJSON
import Glibc

/// Why a listed file is not read.
struct FileRefusal: Error {
    let reason: String
}

/// Reads one file after the other into one buffer. For one thread.
final class FileReader {
    private let corpus: Int32
    private let maximumBytes: Int
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    /// The folder of the last file; files come sorted, so the next one mostly lies there too.
    private var folder: (path: [UInt8], descriptor: Int32)?

    /// - Parameter corpus: the descriptor of the corpus folder; stays the caller's.
    init(corpus: Int32, maximumBytes: Int) {
        self.corpus = corpus
        self.maximumBytes = maximumBytes
    }

    deinit {
        buffer.deallocate()
        if let folder { close(folder.descriptor) }
    }

    struct Content {
        /// Valid until the next file is read.
        let bytes: UnsafeBufferPointer<UInt8>
        /// Seconds since 1970, UTC.
        let modified: Int64
    }

    func read(_ path: [UInt8]) throws(FileRefusal) -> Content {
        let slash = path.lastIndex(of: ascii("/"))
        let parent = try open(folder: path[..<(slash ?? 0)])
        // Without O_NONBLOCK a FIFO that took a file's place would wait for its writer.
        let descriptor = withName(path[(slash.map { $0 + 1 } ?? 0)...]) {
            openat(parent, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw FileRefusal(reason: "it cannot be opened (\(lastError()))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileRefusal(reason: "it cannot be read (\(lastError()))") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileRefusal(reason: "not a regular file") }
        guard status.st_size <= maximumBytes else { throw tooLarge(Int(status.st_size)) }
        let count = try fill(from: descriptor, expected: Int(status.st_size))
        let modified = Int64(status.st_mtim.tv_sec)
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count]).assumingMemoryBound(to: UInt8.self)
        guard !LargeFilePointer.begins(bytes) else {
            throw FileRefusal(reason: "a Git LFS pointer, not the file itself; 'git lfs pull' fetches it")
        }
        return Content(bytes: bytes, modified: modified)
    }

    private func open(folder path: ArraySlice<UInt8>) throws(FileRefusal) -> Int32 {
        if let folder {
            if path.elementsEqual(folder.path) { return folder.descriptor }
            close(folder.descriptor)
            self.folder = nil
        }
        let descriptor = openFolder(path.split(separator: ascii("/")).map(Array.init), in: corpus)
        guard descriptor >= 0 else {
            throw FileRefusal(reason: "its folder cannot be opened (\(lastError()))")
        }
        folder = (Array(path), descriptor)
        return descriptor
    }

    /// Reads to the end, which may have moved since the size was asked for.
    private func fill(from descriptor: Int32, expected: Int) throws(FileRefusal) -> Int {
        reserve(expected + 1, keeping: 0)
        var count = 0
        while true {
            if count == buffer.count { reserve(2 * count, keeping: count) }
            let free = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let got = Glibc.read(descriptor, free.baseAddress, free.count)
            if got == 0 { return count }
            // The file has the size that was asked for, and one byte more was wanted: that was its end.
            if count == 0, got == expected { return got }
            if got < 0 {
                if errno == EINTR { continue }
                throw FileRefusal(reason: "it cannot be read (\(lastError()))")
            }
            count += got
            guard count <= maximumBytes else { throw tooLarge(count) }
        }
    }

    private func tooLarge(_ bytes: Int) -> FileRefusal {
        FileRefusal(reason: "\(bytes) bytes are more than the limit of \(maximumBytes) bytes for one file")
    }

    private func reserve(_ bytes: Int, keeping kept: Int) {
        guard bytes > buffer.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<kept]))
        buffer.deallocate()
        buffer = larger
    }
}
