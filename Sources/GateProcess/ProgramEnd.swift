internal import Glibc

/// The end of the program.
public enum ProgramEnd {
    /// Ends children that are left, writes out what C's streams hold, and exits without the destructors of the libraries:
    /// libcurl's forty alone touch 4 MB to tear down what the kernel is about to take back.
    public static func exit(_ status: Int32) -> Never {
        // A signal that has come has its own status.
        Interruption.checkpoint()
        ChildRegistry.shared.endAll(graceSeconds: 0)
        ScratchFolder.removeAll()
        fflush(nil)
        _exit(status)
    }
}
