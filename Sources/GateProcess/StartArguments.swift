internal import Glibc

/// What the program was called with.
public enum StartArguments {
    /// The words after the program's name. Swift looks for them by /proc and beside the environment; a sandbox may hide
    /// the one and a preloaded library (libfaketime) move the other. Then they are taken from where the kernel put them.
    public static func read() -> [String] {
        let known = CommandLine.arguments
        return Array((known.isEmpty ? ofInitialStack() : known).dropFirst())
    }

    /// Their number and then their addresses, at the stack pointer that the program began with (System V ABI, initial
    /// process stack), which the dynamic loader keeps; empty where it does not.
    static func ofInitialStack() -> [String] {
        guard let symbol = dlsym(nil, "__libc_stack_end"), let stack = symbol.load(as: UnsafeRawPointer?.self) else {
            return []
        }
        let count = stack.load(as: Int.self)
        guard (1..<1 << 20).contains(count) else { return [] }
        return (1...count).compactMap { index in
            stack.load(fromByteOffset: index * MemoryLayout<Int>.stride, as: UnsafePointer<CChar>?.self)
                .map { String(cString: $0) }
        }
    }
}
