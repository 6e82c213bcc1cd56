import ArgumentParser
import GateFiles

struct ProxyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Stands between an agent and its model server and measures every call.",
        discussion: """
            Forwards each request as it is and hands the answer on as it arrives: Ollama's API, OpenAI's chats, completions \
            and responses, and Anthropic's messages; whatever else passes is timed as a whole. Prints the variables that \
            send an agent's calls through it, then a line for each call, and on a terminal how far those under way are. Every stamp of every call goes to \
            \(SessionDirectory.exchangesName) in the session directory. Ends with Ctrl-C, and writes the session then, \
            which 'check --session' judges and 'replay' repeats.

            Example:
              chimera-gate proxy --url http://127.0.0.1:11434 --listen 127.0.0.1:11500
              OLLAMA_HOST=http://127.0.0.1:11500 python3 agent.py
            """)

    @OptionGroup var passing: PassingOptions

    func run() throws { try passing.serve() }
}
