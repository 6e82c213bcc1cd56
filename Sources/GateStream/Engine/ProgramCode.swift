#if os(Linux)
    import CLinux
#endif

/// The resident memory that holds the code and constants of this program and its libraries.
public enum ProgramCode {
    /// Gives back what was only needed to start: reading configuration and loading libcurl with its libraries touches
    /// some 25 MB that many streams do not need again. What is needed comes back from the files, page by page.
    ///
    /// - Returns: how many bytes of addresses were covered, resident or not; 0 where the system has no such thing.
    @discardableResult
    public static func forgetUnused() -> Int {
        #if os(Linux)
            Int(gate_forget_code())
        #else
            0
        #endif
    }
}
