package import GateCore

extension ConfigurationDraft {
    /// The configuration of the base's arm: its own file, with the flags of the call, and with the server that is named
    /// for it. That is the address of the call, else `base.server` of the base's own file, else that of the head's, else
    /// the server of the base's file.
    ///
    /// - Parameter serverURL: an address of a server that runs already; nil where none was given.
    package func resolvedBase(
        head: ConfigurationDraft, flags: ConfigurationFlags, serverURL: String?, environment: [String: String]
    ) throws(ConfigurationError) -> Configuration {
        var draft = self
        var flags = flags
        if let serverURL {
            flags.values["server.url"] = serverURL
            flags.urlFlag = "--base-url"
            flags.values["server.unix_socket"] = nil
        } else if let named = [baseServer, head.baseServer].first(where: { !$0.isEmpty }) {
            flags.values["server.url"] = nil
            flags.values["server.unix_socket"] = nil
            if named.says("server.api") { flags.values["server.api"] = nil }
            // A server of an address of its own is not started by the command of the other one.
            if named.isServerNamed { draft.remove("server.start", "server.unix_socket") }
            if named.says("server.token_file", "server.token_env") {
                draft.remove("server.token_file", "server.token_env")
            }
            draft.overlay(named)
        }
        return try draft.resolved(flags: flags, environment: environment, isOfBase: true)
    }
}
