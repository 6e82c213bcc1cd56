import ArgumentParser

/// Whether a command's output is coloured.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    /// On a terminal, or where the environment says so.
    case auto
    case always
    case never

    /// - Parameter variables: `NO_COLOR` (https://no-color.org) before `FORCE_COLOR` (https://force-color.org) and
    ///   `CLICOLOR_FORCE` (https://bixense.com/clicolors); a variable that is empty counts as not set.
    func isColoured(isTerminal: Bool, variables: [String: String]) -> Bool {
        func isSet(_ name: String) -> Bool { variables[name]?.isEmpty == false }
        func isForced(_ name: String) -> Bool { isSet(name) && variables[name] != "0" }
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if isSet("NO_COLOR") { return false }
            if isForced("FORCE_COLOR") || isForced("CLICOLOR_FORCE") { return true }
            return isTerminal && variables["TERM"] != "dumb"
        }
    }
}

struct ColourOption: ParsableArguments {
    @Option(
        name: .customLong("color"),
        help: "Colours: auto (on a terminal; NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE are heeded), always or never.")
    var choice = ColourChoice.auto
}
