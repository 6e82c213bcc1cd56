import ArgumentParser
import GateCore
import GateFiles
import GateSettings
import GateVerdict

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a chimera-gate.yml for what is here: model server, models, folders of artefacts.",
        discussion: """
            Asks nothing. Looks for Ollama (OLLAMA_HOST, else port 11434) and for OpenAI-compatible servers at ports \
            8080, 8000 and 1234 of this machine, and for folders with CSV, JSON or Markdown below the current one.

            Example:
              chimera-gate init
              chimera-gate init --force

            Exit status: 0 written; 73 there is a file already.
            """)

    @Flag(help: "Replaces the file that is there.")
    var force = false
    @OptionGroup var printing: OutputOptions

    func run() throws {
        let path = ConfigurationFile.defaultName
        if !force, PathKind.of(path) != .nothing {
            throw CommandFailure(
                .cannotCreate, "'\(path)' is there already and stays as it is",
                remedy:
                    "Look what is wrong with it: chimera-gate config check. To replace it: chimera-gate init --force")
        }
        let found = try ServerSearch.servers(at: places())
        let first = FirstConfiguration(
            server: found.first, others: Array(found.dropFirst()), folders: ArtefactFolders.below("."))
        try AtomicFile.write(first.text, to: path)
        switch printing.format {
        case .text: try Terminal.standardOutput.deliver(lines: StartWords.text(first, path: path))
        case .json: try Terminal.standardOutput.deliver(document: InitDocument(first, file: path))
        }
    }

    /// An OLLAMA_HOST that names no address is no reason to write nothing.
    private func places() throws -> [ServerPlace] {
        var environment = Variables.all
        do throws(Refusal) {
            return try ServerSearch.usualPlaces(environment)
        } catch {
            Terminal.standardError.warning("OLLAMA_HOST: \(error.message). Set it right or unset it.")
            environment["OLLAMA_HOST"] = nil
            return try ServerSearch.usualPlaces(environment)
        }
    }
}

/// What `init` says: what was found, and the next two commands.
enum StartWords {
    static func text(_ first: FirstConfiguration, path: String) -> String {
        let server = first.server.map { found in
            "\(found.place.api.traits.words) at \(found.place.url)"
                + " with \(DisplayFormat.count(found.models.count, "model"))"
        }
        let count = first.roots.count
        let data = count == 0 ? "no folder of artefacts" : "\(DisplayFormat.count(count, "folder")) of artefacts"
        var lines = ["wrote \(path): \(server ?? "no model server answers here"), \(data)"]
        if Verbosity.current != .quiet {
            if count == 0 { lines.append("Name the folders of your data there: corpus.roots.") }
            lines += ["Next:"] + first.nextSteps.map { "  \($0.command)" + ($0.remark.map { "   # \($0)" } ?? "") }
        }
        return lines.map { "\($0)\n" }.joined()
    }
}

extension FirstConfiguration {
    /// The commands that come after it, with what is said of them.
    var nextSteps: [(command: String, remark: String?)] {
        let run = (command: "chimera-gate run", remark: "measures and writes .chimera-gate" as String?)
        switch server {
        case let found? where !found.models.isEmpty:
            return [run, ("chimera-gate baseline approve --reason \"first baseline\"", nil)]
        case let found? where !found.place.api.traits.hasUsualAddress: return [("chimera-gate config print", nil), run]
        default: return [("ollama pull \(model)", "Ollama: https://ollama.com"), run]
        }
    }
}
