import ArgumentParser
import GateSettings

/// The settings whose flags belong together.
protocol SettingGroup {
    static var flags: [ParserFlag] { get }
}

/// How to measure and how to judge.
enum Measuring: SettingGroup {
    static let flags = ParserFlag.all { $0.flag?.group != .transport }
}

/// What `load` measures. Its runs are windows, and have words of their own.
enum Loading: SettingGroup {
    private static let keys = [
        "server.url", "server.api", "agent.model", "agent.max_tokens", "agent.temperature", "agent.prompt_cache",
        "machine_class", "name",
    ]
    static let flags = ParserFlag.all { keys.contains($0.key) }.map(\.once)
}

/// How a server is reached.
enum Transport: SettingGroup {
    static let flags = ParserFlag.all { $0.flag?.group == .transport }
}

/// The flag of a setting as the parser wants it, made once.
struct ParserFlag: Sendable {
    let key: String
    let name: String
    /// What it was called before, which is still taken.
    let formerName: String?
    /// The parser's own name: dots part its paths.
    let label: String
    let help: String
    let valueName: String
    let isSwitch: Bool
    let saysHowToMeasure: Bool
    private(set) var isRepeatable: Bool

    /// For a command that takes one value only.
    var once: ParserFlag {
        var flag = self
        flag.isRepeatable = false
        return flag
    }

    static func all(_ isIncluded: (Setting) -> Bool) -> [ParserFlag] {
        Settings.all.compactMap { setting in
            guard let flag = setting.flag, let name = setting.flagName, isIncluded(setting) else { return nil }
            return ParserFlag(
                key: setting.key, name: name, formerName: setting.formerFlagName,
                label: String(setting.key.map { $0 == "." ? "_" : $0 }),
                help: setting.flagHelp, valueName: flag.valueName ?? String(name.dropFirst(2)),
                isSwitch: setting.shape == .boolean, saysHowToMeasure: flag.group != .judging,
                isRepeatable: flag.isRepeatable)
        }
    }

    fileprivate var argument: Any {
        let names = [name, formerName].compactMap { $0 }.map {
            NameSpecification.Element.customLong(String($0.dropFirst(2)))
        }
        let name = NameSpecification(names)
        if isRepeatable {
            return Option<[String]>(
                wrappedValue: [], name: name, parsing: .singleValue, help: ArgumentHelp(help, valueName: valueName))
        }
        return isSwitch
            ? Flag<Bool>(wrappedValue: false, name: name, help: ArgumentHelp(help))
            : Option<String?>(name: name, help: ArgumentHelp(help, valueName: valueName))
    }
}

/// The flags of a group of settings, derived from their declarations: no command says them again.
struct SettingOptions<Group: SettingGroup>: ParsableArguments, CustomReflectable {
    /// What was given, by the key of the configuration, as it was written.
    private(set) var given: [String: String] = [:]
    /// What was given several times, in the order of the command line.
    private(set) var repeated: [String: [String]] = [:]

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for flag in Group.flags {
            let key = Key(stringValue: flag.label)
            if flag.isRepeatable {
                let values = try container.decode(Option<[String]>.self, forKey: key).wrappedValue
                if values.count > 1 { repeated[flag.key] = values } else { given[flag.key] = values.first }
            } else if flag.isSwitch {
                if try container.decode(Flag<Bool>.self, forKey: key).wrappedValue { given[flag.key] = "true" }
            } else {
                given[flag.key] = try container.decode(Option<String?>.self, forKey: key).wrappedValue
            }
        }
    }

    /// What the parser sees in place of properties.
    var customMirror: Mirror {
        Mirror(self, children: Group.flags.map { (label: "_\($0.label)", value: $0.argument) })
    }

    /// The first flag that was given, in the order of the declarations, of settings that say how to measure.
    var firstMeasuringFlag: String? {
        Group.flags.first { $0.saysHowToMeasure && (given[$0.key] != nil || repeated[$0.key] != nil) }?.name
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
