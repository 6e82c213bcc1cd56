package import GateCore
package import GateProcess
package import GateStream

/// Why nothing, or nothing more, can be measured. A call that fails is no such error: it is data in its exchange.
package enum MeasuringError: Error, Equatable {
    /// Nothing answered where the model server should be.
    ///
    /// `isNamed` is false where nobody said which server, so that Ollama's usual address was tried.
    case noServer(ProbeError, isNamed: Bool)
    /// A server that runs says that it is loading, longer than `server.timeouts.ready`.
    case stillLoading(url: String, seconds: Double, InvalidCall)
    /// The address of the server that is to be started is taken.
    case answersAlready(url: String)
    case cannotStart(ProcessError)
    /// The server that was started ended before it was ready.
    case endedEarly(ProcessError)
    case notReady(seconds: Double, InvalidCall, log: String)
    /// Both arms are served at one address by different start commands.
    case sharedAddress(url: String)
    case coldStart(Int, of: Int, reason: String)
    case variableNotSet(String)
    /// What holds no token, as it reads in a sentence.
    case noToken(in: String)
    case noCertificate(file: String)
    case promptNotUTF8(file: String)
    case promptEmpty(file: String)
    case loadNotConfigured
    /// An interrupted session is to be resumed and is not of what would be measured now.
    case cannotGoOn(directory: String, reason: String)
}

extension MeasuringError: CustomStringConvertible {
    /// What happened and where.
    package var description: String {
        switch self {
        case .noServer(let error, _): "\(error)"
        case .stillLoading(let url, let seconds, let reason):
            "the server at \(url) was still loading after \(Self.wait(seconds)) (\(reason.detail))"
        case .answersAlready(let url):
            "something answers at \(url) already; end it, or remove server.start to measure it as it is"
        case .cannotStart(let error): "the server cannot be started (server.start): \(error)"
        case .endedEarly(let how): "the server did not start: \(how)"
        case .notReady(let seconds, let reason, let log):
            "the server was not ready within \(Self.wait(seconds)) (\(reason.detail)); its output is in \(log);"
                + " server.timeouts.ready sets the time"
        case .sharedAddress(let url):
            "base and head are served at \(url) by different start commands, at the same time"
        case .coldStart(let number, let count, let reason): "cold start \(number) of \(count) failed: \(reason)"
        case .variableNotSet(let name):
            "the environment variable \(name) (server.token_env) is not set; set it to the server's token"
        case .noToken(let place):
            "\(place) holds no token: one line of visible ASCII without blanks, and nothing else; put it there"
        case .noCertificate(let file):
            "'\(file)' (server.ca_file) holds no certificate in PEM; name a file that does"
        case .promptNotUTF8(let file): "'\(file)' is not UTF-8; save the prompt as UTF-8"
        case .promptEmpty(let file): "'\(file)' is empty; write a prompt into it"
        case .loadNotConfigured: "a load without its configuration"
        case .cannotGoOn(let directory, let reason): "the session in '\(directory)' cannot go on: \(reason)"
        }
    }

    /// What to do about it; nil where the description says it.
    package var remedy: String? {
        switch self {
        case .noServer(_, isNamed: true):
            "Start the server, mend its address (server.url, or --url), or let chimera-gate start it (server.start)."
        case .noServer(_, isNamed: false):
            """
            No server is configured, so Ollama's usual address was tried. There are three ways to get one:
              Ollama           install it (https://ollama.com), then: ollama pull MODEL
              a start command  server.start in chimera-gate.yml: chimera-gate starts that server, \
            waits for it, measures it and ends it
              replay           recorded answers, no model: chimera-gate replay RECORDING --port 18111, \
            then run again with --api openai --url http://127.0.0.1:18111
            """
        case .stillLoading: "Give it more time (server.timeouts.ready), or look why it does not get ready."
        case .sharedAddress:
            "Give the base's server an address of its own:"
                + " base: {server: {url: http://127.0.0.1:PORT, start: …}}, or --base-url for one that runs already."
        case .coldStart: "Mend that, or measure without cold starts (cold_starts: 0)."
        case .cannotGoOn: "Leave --resume out: then it is measured anew, and replaced."
        default: nil
        }
    }

    private static func wait(_ seconds: Double) -> String {
        DisplayFormat.seconds(seconds, decimals: seconds < 10 ? 1 : 0)
    }
}
