internal import GateCore

/// What the command line says about the configuration, by key, each as it was written. The values are read by the same
/// readers as those of the file.
package struct ConfigurationFlags: Sendable, Equatable {
    package var values: [String: String]
    /// How the user gave the address of a server that already runs: the file's `start` is not used then.
    package var urlFlag = "--url"
    /// `METRIC=TOLERANCE` or `STAGE/METRIC=TOLERANCE`.
    package var tolerances: [String]

    /// - Parameter values: nil for flags that were not given.
    package init(_ values: [String: String?] = [:], tolerances: [String] = []) {
        assert(values.keys.allSatisfy { Settings.named($0)?.flag != nil }, "only keys with flags can be given")
        self.values = values.compactMapValues { $0 }
        self.tolerances = tolerances
    }

    /// Whether the user said which server.
    package var namesServer: Bool { values["server.url"] != nil || values["server.unix_socket"] != nil }

    /// The flags as a draft, every problem reported.
    func draft(_ problems: inout [ConfigurationProblem]) -> ConfigurationDraft {
        var draft = ConfigurationDraft()
        for setting in Settings.all {
            guard let text = values[setting.key], let name = setting.flagName else { continue }
            let origin = ConfigurationOrigin.flag(setting.key == "server.url" ? urlFlag : name)
            let node = ConfigurationNode(content: .scalar(text, isPlain: setting.shape.isPlain), origin: origin)
            if let value = setting.read(node, setting.key, &problems) { draft.set(setting.key, value, origin) }
        }
        for text in tolerances { draft.overlay(tolerance(text, &problems)) }
        return draft
    }

    private func tolerance(_ text: String, _ problems: inout [ConfigurationProblem]) -> ConfigurationDraft {
        var draft = ConfigurationDraft()
        let origin = ConfigurationOrigin.flag("--tolerance \(quoted(text))")
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            let message = "allowed: METRIC=TOLERANCE, as in ttft=25%"
            problems.append(ConfigurationProblem(origin: origin, key: "", message: message))
            return draft
        }
        func scalar(_ text: Substring, isPlain: Bool) -> ConfigurationNode {
            ConfigurationNode(content: .scalar(String(text), isPlain: isPlain), origin: origin)
        }
        let demand = ConfigurationNode(
            content: .mapping([
                (scalar(text[..<equals], isPlain: true), scalar(text[text.index(after: equals)...], isPlain: false))
            ]), origin: origin)
        let setting = Setting.metrics
        if let value = setting.read(demand, setting.key, &problems) { draft.set(setting.key, value, origin) }
        return draft
    }
}

extension ValueShape {
    /// Whether a value without quotes is meant, as numbers and truth values are.
    fileprivate var isPlain: Bool {
        switch self {
        case .integer, .number, .boolean: true
        default: false
        }
    }
}
