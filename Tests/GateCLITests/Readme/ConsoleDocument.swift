/// A command of a console block and what it prints.
struct ConsoleCommand: Equatable {
    /// The line in the document, from 1.
    let line: Int
    /// Several lines where the first one is continued by lines with `> `.
    var text: String
    var expected: [String] = []

    /// Then it prints at a time that nobody knows, between what others print.
    var isInBackground: Bool { text.hasSuffix("&") }
}

/// A fenced block of the kind `console`.
struct ConsoleBlock: Equatable {
    let line: Int
    /// Why it is only parsed; nil for a block that is run.
    let notRun: String?
    var commands: [ConsoleCommand] = []
}

/// The console blocks of a Markdown document.
///
/// In a block, `$ ` begins a command, `> ` continues it, all else is what it prints. The comment
/// `<!-- not run: reason -->` before a block keeps it from being run; `<!-- file: name -->` before a block of another
/// kind makes it a file, which the commands that follow find.
struct ConsoleDocument {
    private(set) var blocks: [ConsoleBlock] = []

    enum Fault: Error, Equatable, CustomStringConvertible {
        case outputBeforeCommand(line: Int)
        case unclosedBlock(line: Int)
        case noReason(line: Int)

        var description: String {
            switch self {
            case .outputBeforeCommand(let line): "line \(line): a console block begins with a command after '$ '"
            case .unclosedBlock(let line): "line \(line): the block is never closed"
            case .noReason(let line): "line \(line): 'not run' needs a reason"
            }
        }
    }

    init(markdown: String) throws(Fault) {
        var fence: (marker: Substring, line: Int, isConsole: Bool)?
        var file: (name: String, lines: [Substring])?
        var nextFile: String?
        var notRun: String?
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in zip(1..., lines) {
            if let open = fence {
                if line.allSatisfy({ $0 == "`" }) && line.count >= open.marker.count {
                    fence = nil
                    if let written = file { blocks.append(Self.writing(written.name, written.lines, line: open.line)) }
                    file = nil
                } else if open.isConsole {
                    try add(line, number: number)
                } else {
                    file?.lines.append(line)
                }
            } else if line.hasPrefix("```") {
                let marker = line.prefix { $0 == "`" }
                let isConsole = line.dropFirst(marker.count) == "console"
                fence = (marker, number, isConsole)
                if isConsole { blocks.append(ConsoleBlock(line: number, notRun: notRun)) }
                if !isConsole { file = nextFile.map { ($0, []) } }
                notRun = nil
                nextFile = nil
            } else if let comment = line.wholeMatch(of: /<!-- file: ([A-Za-z0-9._-]+) -->/) {
                nextFile = String(comment.1)
            } else if let comment = line.wholeMatch(of: /<!-- not run:(.*)-->/) {
                notRun = String(comment.1.trimmingPrefix(" ").reversed().trimmingPrefix(" ").reversed())
                guard notRun != "" else { throw .noReason(line: number) }
            } else if !line.isEmpty {
                notRun = nil
                nextFile = nil
            }
        }
        if let fence { throw .unclosedBlock(line: fence.line) }
    }

    /// What a reader does with a file that is shown: copies it.
    private static func writing(_ name: String, _ lines: [Substring], line: Int) -> ConsoleBlock {
        let text = (["cat > '\(name)' <<'END OF FILE'"] + lines + ["END OF FILE"]).joined(separator: "\n")
        return ConsoleBlock(line: line, notRun: nil, commands: [ConsoleCommand(line: line, text: text)])
    }

    private mutating func add(_ line: Substring, number: Int) throws(Fault) {
        var block = blocks.removeLast()
        if line.hasPrefix("$ ") {
            block.commands.append(ConsoleCommand(line: number, text: String(line.dropFirst(2))))
        } else if var command = block.commands.popLast() {
            if line.hasPrefix("> ") && command.expected.isEmpty {
                command.text += "\n" + line.dropFirst(2)
            } else {
                command.expected.append(String(line))
            }
            block.commands.append(command)
        } else {
            throw .outputBeforeCommand(line: number)
        }
        blocks.append(block)
    }
}
