internal import Yams

/// From the text of a file to its tree, by Yams. No anchors, no aliases, no tags: a file of a few keys needs none of
/// them, and an alias can make a short text endlessly large.
struct YAMLDocument {
    let path: String

    /// The tree of the only document in the text.
    func parse(_ text: String) throws(ConfigurationProblem) -> ConfigurationNode {
        try refuseControlCharacters(in: text)
        // An alias is replaced while the tree is built, and no trace of it is left. So every asterisk is hidden behind a
        // character that the text does not have: an alias becomes a plain scalar that begins with that character.
        guard let mark = YAMLDocument.unusedScalar(in: text) else {
            throw ConfigurationProblem(
                origin: .wholeFile(path: path), key: "", message: "too many private use characters")
        }
        let hidden = String(
            String.UnicodeScalarView(text.unicodeScalars.lazy.map { $0 == "*" ? mark : $0 }))
        do {
            let parser = try Parser(yaml: hidden, resolver: .basic, encoding: .utf8)
            // Anchors are only known as long as their parser lives.
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    throw ConfigurationProblem(
                        origin: .wholeFile(path: path), key: "",
                        message: "the file is empty; write at least 'agent:' with 'model:' below it")
                }
                return try YAMLTree(path: path, asterisk: mark).node(from: root, depth: 0)
            }
        } catch let problem as ConfigurationProblem {
            throw problem
        } catch let error as YamlError {
            throw problem(error, text: text, asterisk: mark)
        } catch {
            throw ConfigurationProblem(origin: .wholeFile(path: path), key: "", message: "\(error)")
        }
    }

    /// The first private use character that the text does not have.
    private static func unusedScalar(in text: String) -> Unicode.Scalar? {
        var used: Set<Unicode.Scalar> = []
        for scalar in text.unicodeScalars where (0xe000...0xf8ff).contains(scalar.value) { used.insert(scalar) }
        return (0xe000...0xf8ff).lazy.compactMap { Unicode.Scalar($0 as UInt32) }.first { !used.contains($0) }
    }

    /// YAML allows no control characters but tab and line ends (YAML 1.2.2, production 1).
    private func refuseControlCharacters(in text: String) throws(ConfigurationProblem) {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            let isAllowed =
                scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{85}"
                || (scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
                    && scalar.value != 0xfffe && scalar.value != 0xffff)
            guard isAllowed else {
                throw ConfigurationProblem(
                    origin: .file(path: path, line: line, column: column), key: "",
                    message: "found the character \(scalar.escaped(asASCII: true)), which no YAML file may contain")
            }
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
    }

    private func problem(_ error: YamlError, text: String, asterisk: Unicode.Scalar) -> ConfigurationProblem {
        func at(_ mark: Mark, _ message: String) -> ConfigurationProblem {
            ConfigurationProblem(
                origin: .file(path: path, line: mark.line, column: mark.column), key: "", message: message)
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            if problem.contains("tab") || character(at: mark, of: text) == "\t" {
                return at(mark, "found a tab where YAML wants spaces; indent with spaces")
            }
            return at(mark, "not YAML: \(context.map { "\($0.text), " } ?? "")\(problem)")
        case .composer(_, let problem, let mark, _):
            return problem.contains("another document")
                ? at(mark, "found a second document; a configuration file has one, without '---' below it")
                : at(mark, "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { quoted(YAMLTree.restored($0, asterisk: asterisk)) }.joined(separator: ", ")
            return at(context.mark, "\(names) stands more than once in the same mapping; keep one")
        default:
            return ConfigurationProblem(origin: .wholeFile(path: path), key: "", message: "not YAML: \(error)")
        }
    }

    private func character(at mark: Mark, of text: String) -> Unicode.Scalar? {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard mark.line <= lines.count else { return nil }
        return lines[mark.line - 1].dropFirst(mark.column - 1).first
    }
}

/// From Yams' tree to ours.
private struct YAMLTree {
    let path: String
    /// What stands for an asterisk.
    let asterisk: Unicode.Scalar
    /// Far more levels than any configuration has.
    private let deepest = 16

    func node(from node: Node, depth: Int) throws(ConfigurationProblem) -> ConfigurationNode {
        let origin = node.mark.map {
            ConfigurationOrigin.file(path: path, line: $0.line, column: $0.column)
        }
        let place = origin ?? .wholeFile(path: path)
        func refuse(_ message: String) -> ConfigurationProblem {
            ConfigurationProblem(origin: place, key: "", message: message)
        }
        let remedy = "write the value out, or put it in quotes where it is a text"
        if node.anchor != nil { throw refuse("found an anchor (&); \(remedy)") }
        guard depth < deepest else { throw refuse("nested more than \(deepest) levels deep") }
        guard [Tag.Name.str, .seq, .map].map(\.rawValue).contains(node.tag.rawValue) else {
            throw refuse("found the tag \(quoted(node.tag.rawValue)); write the value without a tag")
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            if isPlain, scalar.string.unicodeScalars.first == asterisk {
                throw refuse("found an alias (*); \(remedy)")
            }
            let text = YAMLTree.restored(scalar.string, asterisk: asterisk)
            return ConfigurationNode(content: .scalar(text, isPlain: isPlain), origin: place)
        case .sequence(let sequence):
            var items: [ConfigurationNode] = []
            for item in sequence { items.append(try self.node(from: item, depth: depth + 1)) }
            return ConfigurationNode(content: .list(items), origin: place)
        case .mapping(let mapping):
            var pairs: [(key: ConfigurationNode, value: ConfigurationNode)] = []
            for (key, value) in mapping {
                let key = try self.node(from: key, depth: depth + 1)
                pairs.append((key, try self.node(from: value, depth: depth + 1)))
            }
            return ConfigurationNode(content: .mapping(pairs), origin: place)
        case .alias: throw refuse("found an alias (*); \(remedy)")
        }
    }

    static func restored(_ text: String, asterisk: Unicode.Scalar) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.map { $0 == asterisk ? "*" : $0 }))
    }
}
