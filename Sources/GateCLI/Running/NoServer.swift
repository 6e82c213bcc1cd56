import GateCore
import GateSettings
import GateStream
import GateVerdict

extension CommandFailure {
    /// Nothing answered where the model server should be.
    ///
    /// - Parameter isNamed: false where nobody said which server, so that Ollama's usual address was tried.
    static func noServer(_ error: ProbeError, isNamed: Bool) -> CommandFailure {
        guard !isNamed else {
            return CommandFailure(
                .unavailable, "\(error)",
                remedy: "Start the server, mend its address (server.url, or --url), or let chimera-gate start it"
                    + " (server.start).")
        }
        return CommandFailure(
            .unavailable, "\(error)",
            remedy: """
                No server is configured, so Ollama's usual address was tried. There are three ways to get one:
                  Ollama           install it (https://ollama.com), then: ollama pull MODEL
                  a start command  server.start in \(ConfigurationFile.defaultName): chimera-gate starts that server, \
                waits for it, measures it and ends it
                  replay           recorded answers, no model: chimera-gate replay RECORDING --port 18111, \
                then run again with --api openai --url http://127.0.0.1:18111
                """)
    }
}
