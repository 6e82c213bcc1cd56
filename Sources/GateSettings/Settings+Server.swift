internal import GateCore
internal import GateJSON

extension Settings {
    /// What is said of a server; the base's has the same keys.
    static let server: [Setting] =
        [
            Setting(
                "server.api", \.server.api, .choice(), "Ollama's own protocol, or that of OpenAI (llama-server, vLLM).",
                flag: SettingFlag("The server's API")),
            Setting(
                "server.url", \.server.url, .serverURL,
                "Scheme, host and port, no user name, password or query. Required for 'openai'; for 'ollama' it is"
                    + " OLLAMA_HOST or http://127.0.0.1:11434.",
                flag: SettingFlag("The address of a server that runs (default for ollama: OLLAMA_HOST)"),
                hasDefault: false),
            Setting(
                "server.start", optional: \.server.start, .command,
                "A command that starts the server and is never run through a shell; left out, the server must run"
                    + " already."),
        ] + timeouts + transport

    /// What is left out there is said of the head's server.
    static let baseServer = server.map { setting in
        setting.moved(below: "base.", meaning: meaningsOfBase[setting.key] ?? setting.meaning)
    }

    private static let meaningsOfBase = [
        "server.api": "The protocol; left out, that of 'server'.",
        "server.url": "Scheme, host and port; left out, those of 'server'.",
        "server.start": "A command that starts the base's server; it needs a url of its own.",
    ]

    private static let timeouts: [Setting] = [
        time("connect", \.server.timeouts.connectSeconds, "From the start of a call to an established connection."),
        time("first_token", \.server.timeouts.firstTokenSeconds, "From the request to the first content."),
        time("idle", \.server.timeouts.idleSeconds, "Between two arrivals."),
        time("total", \.server.timeouts.totalSeconds, "From the request to the end of the stream."),
        time("ready", \.server.timeouts.readySeconds, "From starting a server to its first ready answer."),
    ]

    private static func time(
        _ name: String, _ path: any WritableKeyPath<Configuration, Double> & Sendable, _ meaning: String
    ) -> Setting {
        Setting("server.timeouts.\(name)", path, .timeout, meaning, json: { JSONValue(Quantity.text($0, "s")) })
    }

    private static let transport: [Setting] = [
        Setting(
            "server.unix_socket", optional: \.server.reached.unixSocket,
            .text(words: "the path of a socket", longest: 107),
            "The path of the server's unix socket, in place of the address's host and port.",
            flag: SettingFlag("The server's unix socket, in place of host and port", .transport, valueName: "path")),
        Setting(
            "server.ca_file", optional: \.server.reached.caFile,
            .text(words: "the path of a file of certificates (PEM)"),
            "The certificates (PEM) that TLS trusts, in place of the system's.",
            flag: SettingFlag(
                "The certificates that TLS trusts, in place of the system's", .transport, valueName: "pem")
        ),
        Setting(
            "server.follow_redirects", \.server.reached.followsRedirects, .boolean,
            "Whether redirects are followed; to another host never with a token.",
            flag: SettingFlag("Follows redirects, to another host never with a token", .transport)),
        Setting(
            "server.retries", \.server.reached.retries, .integer(0...TransportConfiguration.mostRetries),
            "Further attempts of a call that is refused for a moment: no connection, a server that is loading, 429, and"
                + " 503 with Retry-After. What they take is no part of a stage's time; each is in the session. Not for"
                + " load.",
            flag: SettingFlag(
                "Further attempts of a call of run, check or compare that is refused for a moment: no connection, a"
                    + " loading server, 429, 503 with Retry-After", .transport, valueName: "n")),
        Setting(
            "server.proxy", \.server.reached.proxy, .choice(),
            "Whether the proxy variables of the environment (http_proxy, HTTPS_PROXY, NO_PROXY) are heeded.",
            flag: SettingFlag("The proxy variables of the environment: heeded or not", .transport)),
        Setting(
            "server.token_file", optional: \.server.reached.tokenFile,
            .text(words: "the path of a file that holds the token"),
            "A file that holds the bearer token and nothing else.",
            flag: SettingFlag("A file that holds the bearer token", .transport, valueName: "file")),
        Setting(
            "server.token_env", optional: \.server.reached.tokenVariable, .variableName,
            "The environment variable that holds the bearer token.",
            flag: SettingFlag("The environment variable that holds the bearer token", .transport, valueName: "name")),
    ]
}

extension ValueReader where Value == String {
    static var variableName: ValueReader {
        .text(
            pattern: "^[A-Za-z_][A-Za-z0-9_]{0,255}$",
            words: "the name of an environment variable: letters, digits and '_', no digit first")
    }
}
