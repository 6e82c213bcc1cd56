import GateCore
import GateProcess
import GateProxy

/// The environment of a command: ours, what is configured, and what we tell it.
struct CommandEnvironment {
    /// Where the proxy listens.
    let address: String
    let command: CommandConfiguration
    /// Whether the server is spoken to with a token of ours.
    let hasToken: Bool
    /// Absolute; nil where there are no facts.
    var factsFile: String?
    /// Absolute; nil where there is none.
    var outputFolder: String?
    /// The number of the run; nil of a command that is no run.
    var run: Int?

    static let factsVariable = "CHIMERA_GATE_FACTS"

    /// What a client library is told of where the server is, in the order in which a message names it.
    private static func addresses(
        _ address: String, of command: CommandConfiguration
    ) -> [(name: String, value: String)] {
        let usual = ClientVariables.all(url: address)
        let own = command.addressVariables.filter { name in !usual.contains { $0.name == name } }
        return usual + own.map { ($0, address) }
    }

    /// What is said of a command that made no call.
    static func isIgnored(_ address: String, by command: CommandConfiguration) -> String {
        let names = addresses("", of: command).map(\.name).joined(separator: ", ")
        return "the command made no call to \(address), which it was given as \(names): it ignores them"
    }

    var values: [String: String] {
        let configured = Dictionary(command.environment.map { ($0.name, $0.value) }) { $1 }
        var values = InheritedEnvironment.with(configured)
        for (name, value) in CommandEnvironment.addresses(address, of: command) { values[name] = value }
        // A proxy of the user's must not stand between the command and ours.
        for name in ["no_proxy", "NO_PROXY"] {
            values[name] = [values[name], "127.0.0.1", "localhost"].compactMap(\.self).filter { !$0.isEmpty }
                .joined(separator: ",")
        }
        // The official clients refuse to start without a key, also where the server asks for none.
        if !hasToken {
            for name in ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"] where values[name] == nil { values[name] = "unused" }
        }
        values[CommandEnvironment.factsVariable] = factsFile
        values["CHIMERA_GATE_OUTPUT"] = outputFolder
        values["CHIMERA_GATE_RUN"] = run.map(String.init)
        return values
    }
}
