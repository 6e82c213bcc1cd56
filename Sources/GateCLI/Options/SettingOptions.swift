import ArgumentParser
import GateSettings

/// Which settings have their flags in a group of options.
protocol SettingGroup {
    static var groups: [SettingFlag.Group] { get }
}

/// How to measure and how to judge.
enum Measuring: SettingGroup {
    static let groups: [SettingFlag.Group] = [.measuring, .judging]
}

/// How a server is reached.
enum Transport: SettingGroup {
    static let groups: [SettingFlag.Group] = [.transport]
}

/// The flags of a group of settings, derived from their declarations: no command says them again.
struct SettingOptions<Group: SettingGroup>: ParsableArguments, CustomReflectable {
    /// What was given, by the key of the configuration, as it was written.
    private(set) var given: [String: String] = [:]

    private static var settings: [Setting] {
        Settings.all.filter { $0.flag.map { Group.groups.contains($0.group) } ?? false }
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for setting in Self.settings {
            let key = Key(stringValue: setting.parserKey)
            if setting.isSwitch {
                let flag = try container.decode(Flag<Bool>.self, forKey: key)
                if flag.wrappedValue { given[setting.key] = "true" }
            } else {
                given[setting.key] = try container.decode(Option<String?>.self, forKey: key).wrappedValue
            }
        }
    }

    /// What the parser sees in place of properties.
    var customMirror: Mirror {
        Mirror(self, children: Self.settings.map { (label: "_\($0.parserKey)", value: $0.parserValue) })
    }

    /// The first flag that was given, in the order of the declarations, of settings that say how to measure.
    var firstMeasuringFlag: String? {
        Self.settings.first { $0.flag?.group != .judging && given[$0.key] != nil }?.flagName
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension Setting {
    fileprivate var isSwitch: Bool { shape == .boolean }

    /// A name that the parser can keep: dots part its own paths.
    fileprivate var parserKey: String { key.replacing(".", with: "_") }

    fileprivate var parserValue: Any {
        let name = NameSpecification.customLong(Setting.flagWord(key))
        if isSwitch { return Flag<Bool>(wrappedValue: false, name: name, help: ArgumentHelp(flagHelp)) }
        return Option<String?>(
            name: name,
            help: ArgumentHelp(flagHelp, valueName: flag?.valueName ?? Setting.flagWord(key)))
    }
}
