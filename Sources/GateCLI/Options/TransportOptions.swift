import ArgumentParser
import GateCore

/// How the server is reached, wherever one is asked. Flags override the configuration file.
struct TransportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's unix socket, in place of host and port.", valueName: "path"))
    var unixSocket: String?
    @Option(help: ArgumentHelp("The certificates that TLS trusts, in place of the system's.", valueName: "pem"))
    var caFile: String?
    @Flag(help: "Follows redirects, to another host never with a token.")
    var followRedirects = false
    @Option(
        help: ArgumentHelp(
            "Further attempts of a call of run, check or compare that is refused for a moment: no connection, a loading"
                + " server, 429, 503 with Retry-After (default: 0).", valueName: "n"))
    var retries: Int?
    @Option(help: "The proxy variables of the environment: heeded or not (default: none).")
    var proxy: ProxyPolicy?
    @Option(help: ArgumentHelp("A file that holds the bearer token.", valueName: "file"))
    var tokenFile: String?
    @Option(help: ArgumentHelp("The environment variable that holds the bearer token.", valueName: "name"))
    var tokenEnv: String?

    var flags: TransportFlags {
        TransportFlags(
            unixSocket: unixSocket, caFile: caFile, followsRedirects: followRedirects, retries: retries, proxy: proxy,
            tokenFile: tokenFile, tokenVariable: tokenEnv)
    }

    var firstFlag: String? {
        let given: [(String, Any?)] = [
            ("--unix-socket", unixSocket), ("--ca-file", caFile), ("--follow-redirects", followRedirects ? true : nil),
            ("--retries", retries), ("--proxy", proxy), ("--token-file", tokenFile), ("--token-env", tokenEnv),
        ]
        return given.first { $0.1 != nil }?.0
    }
}
