import GateMeasure

extension ProgressNotes {
    /// On standard error, and only where a person watches.
    static var onTerminal: ProgressNotes {
        let terminal = Terminal.standardError
        return terminal.isTerminal ? ProgressNotes { terminal.note($0) } : .silent
    }
}
