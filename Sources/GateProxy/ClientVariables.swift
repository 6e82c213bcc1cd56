/// The environment variables by which the official clients of the APIs find their server.
package enum ClientVariables {
    /// Names with their values, for a proxy at an address.
    ///
    /// - Parameter url: `http://127.0.0.1:11500`.
    package static func all(url: String) -> [(name: String, value: String)] {
        [
            ("OLLAMA_HOST", url), ("OPENAI_BASE_URL", url + "/v1"), ("OPENAI_API_BASE", url + "/v1"),
            ("ANTHROPIC_BASE_URL", url),
        ]
    }
}
