internal import GateCore

/// Settings that the names of files spell out: `…-concurrency8/profile.csv` beside `…-concurrency32/profile.csv` has rows of
/// a concurrency of 8.
///
/// A number behind letters, or a version (`pgbench_16.6_c64.log`), is a setting where files that are called the same but for
/// it have other numbers there.
enum PathSettings {
    private struct Setting: Hashable {
        let name: String
        let value: String
    }

    /// The facts with such settings as keys of their rows.
    static func named(_ facts: [Fact]) -> [Fact] {
        var settings: [String: [Setting]] = [:]
        var values: [String: [[Setting]]] = [:]
        for file in facts.files {
            let path = facts[file.lowerBound].source.file
            let (skeleton, found) = split(path)
            guard !found.isEmpty else { continue }
            settings[path] = found
            values[skeleton, default: []].append(found)
        }
        // What varies among files of one name is a setting of others, too.
        var names: Set<String> = []
        for members in values.values where members.count > 1 {
            for place in members[0].indices where Set(members.map { $0[place].value }).count > 1 {
                names.insert(members[0][place].name)
            }
        }
        guard !names.isEmpty else { return facts }
        var result = facts
        for file in facts.files {
            let own = (settings[facts[file.lowerBound].source.file] ?? []).filter { names.contains($0.name) }
            guard !own.isEmpty else { continue }
            for index in file {
                let added = own.filter { setting in !facts[index].labels.contains { $0.name == setting.name } }
                guard !added.isEmpty else { continue }
                result[index] = facts[index].labeled(
                    facts[index].labels
                        + added.map { FactLabel(Double($0.value) == nil ? .text : .key, name: $0.name, text: $0.value) }
                )
            }
        }
        return result
    }

    /// The path without its settings, and these.
    private static func split(_ path: String) -> (skeleton: String, settings: [Setting]) {
        var skeleton = ""
        var settings: [Setting] = []
        var rest = path.lowercased()[...]
        while !rest.isEmpty {
            if let version = version(rest, behind: skeleton.last) {
                skeleton += "#"
                settings.append(Setting(name: "version", value: version))
                rest = rest.dropFirst(version.count)
                continue
            }
            let word = rest.prefix { $0.isLetter || $0.isNumber }
            if word.isEmpty {
                skeleton.append(rest.removeFirst())
                continue
            }
            rest = rest.dropFirst(word.count)
            guard let (name, value) = named(word) else {
                skeleton += word
                continue
            }
            skeleton += word.first?.isLetter == true ? name + "#" : "#" + name
            settings.append(Setting(name: String(name), value: String(value.drop { $0 == "0" })))
        }
        return (skeleton, settings.contains { $0.value.isEmpty } ? [] : settings)
    }

    /// `concurrency8`, `c64`, `240vu`; `7b` is a size, and names a model.
    private static func named(_ word: Substring) -> (name: Substring, value: Substring)? {
        let isBehind = word.first?.isNumber == true
        let first = word.prefix { $0.isNumber == isBehind }
        let second = word.dropFirst(first.count)
        let (name, value) = isBehind ? (second, first) : (first, second)
        guard (1...mostDigits).contains(value.count), value.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            name.allSatisfy(\.isLetter), name.count > (isBehind ? 1 : 0)
        else { return nil }
        return (name, value)
    }

    /// `16.6`, `v0.11.0`, where neither a letter nor another number stands before it.
    private static func version(_ rest: Substring, behind last: Character?) -> String? {
        guard last.map({ !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "#" }) ?? true else { return nil }
        if rest.first == "v", let version = version(rest.dropFirst(), behind: nil) { return "v\(version)" }
        let parts = rest.prefix { $0.isNumber || $0 == "." }.split(separator: ".").prefix(3)
        guard parts.count > 1, parts.allSatisfy({ (1...3).contains($0.utf8.count) }) else { return nil }
        let version = parts.joined(separator: ".")
        guard rest.hasPrefix(version), rest.dropFirst(version.count).first.map({ !$0.isLetter && !$0.isNumber }) ?? true
        else { return nil }
        return version
    }

    private static let mostDigits = 6
}
