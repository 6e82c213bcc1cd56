internal import GateCore

extension ConfigurationDraft {
    /// The configuration of the base's arm: its own file, with the flags of the call, and with the server that is named
    /// for it. That is the address of the call, else `base.server` of the base's own file, else that of the head's, else
    /// the server of the base's file.
    ///
    /// - Parameter serverURL: an address of a server that runs already; nil where none was given.
    func resolvedBase(
        head: ConfigurationDraft, flags: ConfigurationFlags, serverURL: String?,
        environment: [String: String] = Variables.all
    ) throws(ConfigurationError) -> Configuration {
        var draft = self
        var flags = flags
        if let serverURL {
            flags.url = serverURL
            flags.urlFlag = "--base-url"
            flags.transport.unixSocket = nil
        } else if let named = [base.server, head.base.server].first(where: { $0 != ServerDraft() }) {
            flags.url = nil
            flags.transport.unixSocket = nil
            if named.api != nil { flags.api = nil }
            // A server of an address of its own is not started by the command of the other one.
            if named.isNamed {
                draft.server.start = nil
                draft.server.unixSocket = nil
            }
            if named.tokenFile ?? named.tokenVariable != nil {
                draft.server.tokenFile = nil
                draft.server.tokenVariable = nil
            }
            ServerDraft.section.overlay(&draft.server, with: named)
        }
        return try draft.resolved(flags: flags, environment: environment)
    }
}
