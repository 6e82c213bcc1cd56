import Glibc

/// Folders: making, listing, and emptying with care.
public enum Folder {
    /// Makes a folder and the folders above it, where they are not there yet.
    public static func make(_ path: String) throws(FileError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw FileError(errno: ENOTDIR, "make the folder", path: path)
            }
            return
        }
        let above = parent(of: path)
        if above != path, above != "." { try make(above) }
        // Another process may have made it in the meantime.
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw FileError(errno: errno, "make the folder", path: path)
        }
    }

    /// The names in a folder, sorted bytewise, without `.` and `..`.
    public static func names(in path: String) throws(FileError) -> [String] {
        guard let stream = opendir(path) else { throw FileError(errno: errno, "read", path: path) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            names.append(String(cString: name))
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The folder that holds a path: `.` for a plain name.
    public static func parent(of path: String) -> String {
        var parts = path[...]
        while parts.count > 1, parts.hasSuffix("/") { parts.removeLast() }
        guard let slash = parts.lastIndex(of: "/") else { return "." }
        return slash == parts.startIndex ? "/" : String(parts[..<slash])
    }

    /// Makes names that were written into a folder survive a power cut.
    static func flush(_ path: String) throws(FileError) {
        let folder = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY, "write")
        // Some file systems cannot flush folders and say so by EINVAL; their names are as safe as they get.
        guard fsync(folder.number) == 0 || errno == EINVAL else { throw FileError(errno: errno, "write", path: path) }
    }

    /// Removes a file if it is there.
    public static func removeFile(_ path: String) throws(FileError) {
        try DiskSeal.change { () throws(FileError) in
            guard unlink(path) == 0 || errno == ENOENT else { throw FileError(errno: errno, "remove", path: path) }
        }
    }

    /// Gives a file another name in the place of what had it.
    static func rename(_ path: String, to other: String) throws(FileError) {
        try DiskSeal.change { () throws(FileError) in
            guard Glibc.rename(path, other) == 0 else { throw FileError(errno: errno, "rename", path: path) }
        }
    }

    /// Removes a folder if it is there and empty.
    public static func removeIfEmpty(_ path: String) throws(FileError) {
        guard rmdir(path) == 0 || errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST else {
            throw FileError(errno: errno, "remove", path: path)
        }
    }
}
