import ArgumentParser
import GateCore

/// The message of a usage error, with the name that was probably meant: the argument parser proposes none for commands,
/// and for options the nearest one however far it is.
enum UsageWords {
    /// - Parameters:
    ///   - message: as the parser writes it, with the usage.
    ///   - arguments: of the call, without the program.
    static func corrected(_ message: String, arguments: [String], commands: [String]) -> String {
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first else { return message }
        if let option = first.firstMatch(of: /Unknown option '(-[^']*)'\. Did you mean '(-[^']*)'\?/) {
            let (given, proposed) = (String(option.1), String(option.2))
            if nearest(to: bare(given), among: [bare(proposed)]) == nil {
                lines[0] = first.replacing(" Did you mean '\(proposed)'?", with: "")
            }
        } else if let command = arguments.first(where: { !$0.hasPrefix("-") }), !commands.contains(command),
            arguments.first == command, let near = nearest(to: command, among: commands)
        {
            lines[0] = "Error: There is no command '\(command)'. Did you mean '\(near)'?"
        }
        return lines.joined(separator: "\n")
    }

    private static func bare(_ option: String) -> String { String(option.drop { $0 == "-" }) }
}
