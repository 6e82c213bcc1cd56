import GateCore
import GateSettings

/// The whole configuration of a file with this text, read where no environment is set.
func configuration(
    _ text: String, flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String] = [:]
) throws(ConfigurationError) -> Configuration {
    try ConfigurationFile.parse(Array(text.utf8), path: "gate.yml").resolved(flags: flags, environment: environment)
}

/// The lines of the error that a text ends in; empty where there is none.
func problems(
    _ text: String, flags: ConfigurationFlags = ConfigurationFlags(), environment: [String: String] = [:]
) -> [String] {
    do {
        _ = try configuration(text, flags: flags, environment: environment)
        return []
    } catch {
        return error.description.split(separator: "\n").map(String.init)
    }
}
