import GateCore
import Glibc

/// A configured root that is not there, and the folder beside it that was probably meant.
enum MissingRoot {
    /// Names beyond this number are not looked at.
    private static let mostNames = 10_000

    static func warning(_ root: CorpusRoot, in folder: Int32) -> Warning {
        let parts = root.path.split(separator: "/")
        let parent = parts.dropLast().joined(separator: "/")
        let names = folders(in: folder, below: parent.isEmpty ? "." : parent)
        let meant = parts.last.flatMap { nearest(to: String($0), among: names) }
        let path = meant.map { parent.isEmpty ? $0 : "\(parent)/\($0)" }
        return Warning(
            "the corpus root '\(root.path)' does not exist: nothing of it was read",
            remedy: path.map { "Did you mean '\($0)'? Correct corpus.roots." }
                ?? "Correct corpus.roots, or remove '\(root.path)' there.")
    }

    private static func folders(in folder: Int32, below parent: String) -> [String] {
        let descriptor = openat(folder, parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return [] }
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < mostNames, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard !name.hasPrefix("."), fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFDIR
            else { continue }
            names.append(name)
        }
        return names.sorted()
    }
}
