import GateCore
import GateSettings

/// The file that `init` writes: what was found, and what else may be said.
struct FirstConfiguration {
    /// The server and the models at it; nil where none answers.
    let server: FoundServer?
    /// Other servers that answer.
    var others: [FoundServer] = []
    let folders: [ArtefactFolder]

    /// What a user without any server gets a model by.
    static let suggestedModel = "smollm2:135m"

    var model: String { server?.model ?? FirstConfiguration.suggestedModel }

    var text: String {
        """
        # What chimera-gate measures, where, and how often. 'chimera-gate config check' checks this file, 'chimera-gate
        # config print' shows what it comes to. Flags of a call override it; a key that is left out has its default.
        version: 1

        agent:
          model: \(FirstConfiguration.scalar(model))\(remarkOnModel)
          # num_ctx: 4096       # the context window in tokens; prompts are fitted to it
          # temperature: 0      # options that are left out are the server's
          # seed: 1

        server:
        \(serverLines)
        \(corpusLines)
        runs: 5                 # measured runs of a session
        # warmup_runs: 1        # runs before them that are not judged

        # What is demanded of metrics, beyond the defaults:
        # metrics:
        #   ttft: {tolerance: 25% or 50 ms, max: 2 s}
        #   report/throughput: 10%

        # An agent of your own, measured and judged as it is, in place of the one that chimera-gate has:
        # workload: command
        # command:
        #   run: [python3, agent.py]   # program and arguments, never through a shell
        #   report: report.md          # what it writes; left out, none is expected

        """
    }

    private var remarkOnModel: String {
        guard let server else { return "   # a small one to begin with: no server answered that has any" }
        let more = server.models.filter { $0 != model }
        guard !server.models.isEmpty else { return "   # the server has no model yet" }
        guard !more.isEmpty else { return "   # the one that the server has" }
        let shown = more.prefix(8).joined(separator: ", ") + (more.count > 8 ? ", …" : "")
        return "\n  # also there: \(shown)"
    }

    private var serverLines: String {
        let remarks = others.map { other in
            "  # also answering: api: \(other.place.api.rawValue), url: \(other.place.url)"
                + (other.model.map { " with \($0)" } ?? "")
        }
        let lines: [String] =
            switch server?.place {
            case nil:
                [
                    "  api: ollama           # or openai: llama-server, vLLM and their like; they need a url",
                    "  # url: http://127.0.0.1:11434   # left out: OLLAMA_HOST, else this",
                    "  # start: llama-server -m model.gguf --port 8080   # started, waited for, measured, ended",
                ]
            case let place? where place.api.traits.hasUsualAddress:
                [
                    "  api: \(place.api.rawValue)",
                    "  # url: \(place.url)   # left out: OLLAMA_HOST, else port 11434 of this machine",
                ]
            case let place?: ["  api: \(place.api.rawValue)", "  url: \(place.url)"]
            }
        return (lines + remarks).map { "\($0)\n" }.joined()
    }

    private var corpusLines: String {
        guard !folders.isEmpty else {
            let usual = CorpusRoot.defaults.map(\.path).joined(separator: ", ")
            return """
                # No folder with CSV, JSON or Markdown was found. Left out, these are read:
                # corpus:
                #   roots: [\(usual)]

                """
        }
        func lines(_ folders: [ArtefactFolder], _ mark: String) -> String {
            folders.map { folder in
                let kinds = folder.files.sorted { $0.key < $1.key }.map { "\($0.value) .\($0.key)" }
                return "    \(mark)- \(FirstConfiguration.scalar(folder.path))   # \(kinds.joined(separator: ", "))\n"
            }.joined()
        }
        let others = folders.filter { !roots.contains($0) }
        return "corpus:\n  roots:\n" + lines(roots, "") + lines(others, "# ")
    }

    /// The folders that are read: where some have the usual names, these, and the others are proposed only.
    var roots: [ArtefactFolder] {
        let usual = folders.filter { folder in
            CorpusRoot.defaults.contains { folder.path == $0.path || folder.path.hasSuffix("/\($0.path)") }
        }
        return usual.isEmpty ? folders : usual
    }

    /// A text that every YAML reads as that text.
    static func scalar(_ text: String) -> String {
        let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        let isPlain =
            matches(text, "^[A-Za-z][A-Za-z0-9_./:+-]*$") && text.last != ":" && !words.contains(text.lowercased())
        return isPlain ? text : "'\(text.replacing("'", with: "''"))'"
    }
}
