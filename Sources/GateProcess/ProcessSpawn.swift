import GateClock
@preconcurrency internal import Glibc

/// One call of posix_spawn.
///
/// Not a library: the moment of the spawn must be ours, the whole process group must end with its leader, and no
/// runtime's threads may run beside a measurement.
struct ProcessSpawn {
    /// The program's file.
    var path: String
    /// Program and arguments.
    var command: [String]
    /// nil: our own environment.
    var environment: [String: String]?
    /// Where it is started; nil: in our own folder.
    var directory: String?
    /// The group that it joins; nil: it leads one of its own.
    var group: pid_t?
    /// A descriptor of ours that becomes the child's 0; nil: its standard input is empty.
    var standardInput: Int32?
    /// Descriptors of ours that become the child's 1 and 2; nil: it shares ours.
    var standardOutput: Int32?
    var standardError: Int32?

    /// Starts the program in its process group, signals at their defaults
    /// and unblocked, no other descriptor of ours open in it.
    ///
    /// - Returns: the process and the moment right before it was asked for, in nanoseconds of CLOCK_MONOTONIC.
    func run() throws(ProcessError) -> (processID: pid_t, spawnedAtNs: Int64) {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        posix_spawnattr_setpgroup(&attributes, group ?? 0)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &unblocked)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let standardInput {
            posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        if let directory, ProcessSpawn.addFolder?(&actions, directory) != 0 {
            throw .system(program: command.first ?? path, reason: "it cannot be started in the folder '\(directory)'")
        }
        if let standardOutput { posix_spawn_file_actions_adddup2(&actions, standardOutput, 1) }
        if let standardError { posix_spawn_file_actions_adddup2(&actions, standardError, 2) }
        for descriptor in ProcessSpawn.openDescriptors() where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var processID: pid_t = 0
        var spawnedAtNs: Int64 = 0
        let code = withCStrings(command) { arguments in
            withEnvironment { variables in
                spawnedAtNs = MonotonicClock.now()
                return posix_spawn(&processID, path, &actions, &attributes, arguments, variables)
            }
        }
        guard code == 0 else { throw failure(code) }
        return (processID, spawnedAtNs)
    }

    /// Has the child begin in a folder. The C library has it (glibc 2.29), but Swift's module of it leaves it out.
    private static let addFolder: AddFolder? = {
        let function = dlsym(nil, "posix_spawn_file_actions_addchdir_np")
        return function.map { unsafeBitCast($0, to: AddFolder.self) }
    }()

    private typealias AddFolder =
        @convention(c) (
            UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
        ) -> Int32

    private func failure(_ code: Int32) -> ProcessError {
        switch code {
        case ENOENT: .notExecutable(path, reason: "the interpreter that it asks for does not exist")
        case ENOEXEC: .notExecutable(path, reason: "it is neither a program nor a script with a #! line")
        case EACCES, EPERM, ETXTBSY: .notExecutable(path, reason: SystemError.text(code))
        default: .system(program: command.first ?? path, reason: SystemError.text(code))
        }
    }

    private func withEnvironment(_ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32) -> Int32 {
        guard let environment else { return body(environ) }
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return withCStrings(variables) { body($0) }
    }

    /// What is open in this process; empty where the system does not tell.
    private static func openDescriptors() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var descriptors: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let descriptor = Int32(name) { descriptors.append(descriptor) }
        }
        return descriptors
    }
}

/// Calls the body with a C array of C strings that ends with a null pointer.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
    pointers[strings.count] = nil
    defer {
        for index in strings.indices { free(pointers[index]) }
        pointers.deallocate()
    }
    return body(pointers)
}
