/// What the engine uses of the system.
public enum SystemServices: Sendable, CaseIterable {
    /// The best that there is: on Linux epoll and the kernel's receive times.
    case native
    /// What POSIX has everywhere: poll and the monotonic clock.
    case portable

    func makePoller() throws(StreamSetupError) -> any Poller {
        #if os(Linux)
            if self == .native { return try EpollPoller() }
        #endif
        return PollPoller()
    }

    func makeReceiveTimes() -> any ReceiveTimes {
        #if os(Linux)
            if self == .native { return KernelReceiveTimes() }
        #endif
        return NoReceiveTimes()
    }
}
