import GateSettings

/// A time as a flag gives it, in the words of the configuration: `60s`, `30 min`, `8h`.
enum FlagTime {
    /// Greater than 0, at most a day.
    static func seconds(_ text: String, flag: String) throws(ConfigurationError) -> Double {
        var problems: [ConfigurationProblem] = []
        let node = ConfigurationNode(content: .scalar(text, isPlain: false), origin: .flag(flag))
        guard let seconds = ValueReader<Double>.timeout.read(node, "", &problems) else {
            throw ConfigurationError(problems)
        }
        return seconds
    }
}
