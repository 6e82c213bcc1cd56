/// A command in one line, split into program and arguments by the shell's rules for quotes. It is never given to a
/// shell, so that what only a shell can do is refused instead of being passed on as text. Own code: no library of ours
/// splits like that.
enum CommandWords {
    static func split(_ text: String) throws(Refusal) -> [String] {
        var scanner = Scanner(rest: text.unicodeScalars[...])
        try scanner.scan()
        guard let program = scanner.words.first, !program.isEmpty else { throw Refusal("the command is empty") }
        if let equals = program.firstIndex(of: "="), !program[..<equals].contains("/") {
            let name = program[..<equals]
            throw Refusal("found '\(name)=...' in place of a program; write 'env \(name)=...' to set a variable")
        }
        return scanner.words
    }

    private struct Scanner {
        var rest: Substring.UnicodeScalarView
        var words: [String] = []
        /// nil between words.
        private var word: String.UnicodeScalarView?

        init(rest: Substring.UnicodeScalarView) { self.rest = rest }

        mutating func scan() throws(Refusal) {
            while let scalar = rest.popFirst() {
                switch scalar {
                case " ", "\t", "\n": endWord()
                case "'": try scanSingleQuotes()
                case "\"": try scanDoubleQuotes()
                case "\\":
                    guard let escaped = rest.popFirst() else { throw Refusal("the command ends with a backslash") }
                    append(escaped)
                case "|", "&", ";", "<", ">", "(", ")", "$", "`", "*": throw needsShell(scalar)
                case "~" where word == nil, "#" where word == nil: throw needsShell(scalar)
                default: append(scalar)
                }
            }
            endWord()
        }

        private mutating func scanSingleQuotes() throws(Refusal) {
            begin()
            while let scalar = rest.popFirst() {
                if scalar == "'" { return }
                append(scalar)
            }
            throw Refusal("a single quote (') is not closed")
        }

        private mutating func scanDoubleQuotes() throws(Refusal) {
            begin()
            while let scalar = rest.popFirst() {
                switch scalar {
                case "\"": return
                case "$", "`": throw needsShell(scalar)
                case "\\":
                    guard let next = rest.first, "\"\\$`\n".unicodeScalars.contains(next) else {
                        append(scalar)
                        continue
                    }
                    rest.removeFirst()
                    append(next)
                default: append(scalar)
                }
            }
            throw Refusal("a double quote (\") is not closed")
        }

        private func needsShell(_ scalar: Unicode.Scalar) -> Refusal {
            Refusal("'\(scalar)' needs a shell, and none is used; put it in single quotes, or write [sh, -c, '...']")
        }

        private mutating func begin() { if word == nil { word = String.UnicodeScalarView() } }

        private mutating func append(_ scalar: Unicode.Scalar) {
            begin()
            word?.append(scalar)
        }

        private mutating func endWord() {
            if let word { words.append(String(word)) }
            word = nil
        }
    }
}

extension ValueReader where Value == [String] {
    /// Program and arguments, as a list or in one line.
    static var command: ValueReader {
        let line = ValueReader<String>.text(
            words: "a command in one line, as in 'llama-server -m model.gguf'", isMultiline: true, longest: 65_536)
        let list = ValueReader<String>.word(words: "program and arguments").list()
        let shape = ValueShape.either([line.shape, list.shape])
        return ValueReader(shape) { node, key, problems in
            func refuse(_ message: String) -> [String]? {
                problems.append(ConfigurationProblem(origin: node.origin, key: key, message: message))
                return nil
            }
            if case .list = node.content {
                let words = list.read(node, key, &problems)
                return words?.first == "" ? refuse("the program is empty") : words
            }
            guard node.text != nil else { return refuse(Refusal(node, allowed: shape).message) }
            guard let text = line.read(node, key, &problems) else { return nil }
            do throws(Refusal) {
                return try CommandWords.split(text)
            } catch {
                return refuse(error.message)
            }
        }
    }
}
