import Testing

@testable import GateSettings

struct AddressTests {
    @Test(
        "OLLAMA_HOST is understood as Ollama's own client does",
        arguments: [
            (nil, "http://127.0.0.1:11434"), ("", "http://127.0.0.1:11434"), ("  ", "http://127.0.0.1:11434"),
            ("example.com", "http://example.com:11434"), ("example.com:1234", "http://example.com:1234"),
            (":1234", "http://127.0.0.1:1234"), ("0.0.0.0", "http://127.0.0.1:11434"),
            ("0.0.0.0:8080", "http://127.0.0.1:8080"), ("[::1]:1234", "http://[::1]:1234"),
            ("::1", "http://[::1]:11434"), ("[::]:1", "http://[::1]:1"), ("[::1]", "http://[::1]:11434"),
            ("http://example.com", "http://example.com:80"), ("https://example.com", "https://example.com:443"),
            ("https://example.com:1234/ollama/", "https://example.com:1234/ollama"),
            ("HTTP://Example.com:1", "http://example.com:1"), ("example.com/", "http://example.com:11434"),
            (" \"example.com:1\" ", "http://example.com:1"), ("ollama.com", "https://ollama.com:443"),
            ("example.com:", "http://example.com:11434"), ("10.0.0.7", "http://10.0.0.7:11434"),
        ] as [(String?, String)])
    func ollamaHost(value: String?, url: String) throws {
        #expect(try OllamaHost.url(value) == url)
    }

    @Test(
        "an OLLAMA_HOST that names no address is refused",
        arguments: ["ftp://h", "h:port", "h:0", "h:99999", "user:pw@h", "h?x=1", "a b", "http://"])
    func badOllamaHost(value: String) {
        if value == "http://" {
            // As Ollama has it: no host is this machine.
            #expect((try? OllamaHost.url(value)) == "http://127.0.0.1:80")
        } else {
            #expect(throws: Refusal.self) { try OllamaHost.url(value) }
        }
    }

    @Test(
        "an address is kept in one form",
        arguments: [
            ("http://Host", "http://host"), ("https://h:1/", "https://h:1"), ("http://h/a/b//", "http://h/a/b"),
            ("http://[::1]:8080", "http://[::1]:8080"), ("http://h/%20x", "http://h/%20x"), ("http://h:", "http://h"),
            ("http://h/a@b", "http://h/a@b"),
        ])
    func normalized(text: String, url: String) throws {
        #expect(try ServerURL.normalized(text) == url)
    }

    @Test(
        "what is not the address of a server is refused",
        arguments: [
            "", "h", "//h", "http:h", "http:///path", "http://:80", "http://h:x", "http://h:0", "http://a b",
            "http://h/a b", "http://u@h", "http://u:p@h", "http://h#f", "http://h?", "file:///etc/passwd",
            "unix:///sock", "http://ü", "http://[::1", "HTTP://h",
        ])
    func refused(text: String) {
        #expect(throws: Refusal.self) { try ServerURL.normalized(text) }
    }
}
