internal import GateYAML

extension ConfigurationNode {
    /// The tree of a configuration file.
    init(yaml text: String, path: String) throws(ConfigurationProblem) {
        do {
            self.init(try YAMLDocument.parse(text), path: path)
        } catch {
            throw ConfigurationProblem(error, path: path)
        }
    }

    /// The same, read on behind faults that leave the rest readable.
    init(yaml text: String, path: String, _ problems: inout [ConfigurationProblem]) throws(ConfigurationProblem) {
        var faults: [YAMLError] = []
        defer { problems += faults.map { ConfigurationProblem($0, path: path) } }
        do {
            self.init(try YAMLDocument.parse(text, &faults), path: path)
        } catch {
            throw ConfigurationProblem(error, path: path)
        }
    }

    private init(_ node: YAMLNode, path: String) {
        let content: Content =
            switch node.content {
            case .scalar(let text, let isPlain): .scalar(text, isPlain: isPlain)
            case .list(let items): .list(items.map { ConfigurationNode($0, path: path) })
            case .mapping(let pairs):
                .mapping(
                    pairs.map { (ConfigurationNode($0.key, path: path), ConfigurationNode($0.value, path: path)) })
            }
        self.init(
            content: content, origin: .file(path: path, line: node.place.line, column: node.place.column))
    }
}

extension ConfigurationProblem {
    /// What is wrong with the text of a file, and what to do.
    init(_ error: YAMLError, path: String) {
        let remedy = "write the value out, or put it in quotes where it is a text"
        let (place, message): (YAMLPlace?, String) =
            switch error {
            case .empty: (nil, "the file is empty; write at least 'agent:' with 'model:' below it")
            case .character(let scalar, let place):
                (place, "found the character \(scalar.escaped(asASCII: true)), which no YAML file may contain")
            case .syntax(let problem, let place): (place, "not YAML: \(problem)")
            case .tab(let place): (place, "found a tab where YAML wants spaces; indent with spaces")
            case .secondDocument(let place):
                (place, "found a second document; a configuration file has one, without '---' below it")
            case .anchor(let place): (place, "found an anchor (&); \(remedy)")
            case .alias(let place): (place, "found an alias (*); \(remedy)")
            case .tag(let tag, let place): (place, "found the tag \(quoted(tag)); write the value without a tag")
            case .repeatedKey(let key, let place):
                (place, "\(quoted(key)) stands more than once in the same mapping; keep one")
            case .tooDeep(let levels, let place): (place, "nested more than \(levels) levels deep")
            }
        self.init(
            origin: place.map { .file(path: path, line: $0.line, column: $0.column) } ?? .wholeFile(path: path),
            key: "", message: message)
    }
}
