/// Annotations as lines of a log that a platform's runner obeys. What others wrote stands in them as text alone: it can
/// neither end its line nor begin a command of its own.
enum LogCommands {
    /// Code points of a message that are shown.
    private static let longestMessage = 1_000

    /// `::error file=report.md,line=3,col=1,endColumn=9,title=…::…`
    static func github(_ annotation: Annotation) -> String {
        var properties: [(name: String, value: String)] = []
        if let place = annotation.place {
            properties += [
                ("file", place.file), ("line", "\(place.line)"), ("endLine", "\(place.line)"),
                ("col", "\(place.columns.lowerBound)"), ("endColumn", "\(place.columns.upperBound)"),
            ]
        }
        properties.append(("title", annotation.title))
        let list = properties.map { name, value in
            "\(name)=\(escaped(ConsoleText.line(value), [":": "%3A", ",": "%2C"], percent: "%25"))"
        }
        return "::\(annotation.level.rawValue) \(list.joined(separator: ","))::"
            + escaped(ConsoleText.line(annotation.message, limit: longestMessage), percent: "%25")
    }

    /// `##vso[task.logissue type=error;sourcepath=report.md;linenumber=3;columnnumber=1]…`
    static func azure(_ annotation: Annotation) -> String {
        // It knows no notices.
        var properties = [("type", annotation.level == .error ? "error" : "warning")]
        if let place = annotation.place {
            properties += [
                ("sourcepath", place.file), ("linenumber", "\(place.line)"),
                ("columnnumber", "\(place.columns.lowerBound)"),
            ]
        }
        let list = properties.map { name, value in "\(name)=\(azureProperty(value))" }
        let message = ConsoleText.line("\(annotation.title): \(annotation.message)", limit: longestMessage)
        return "##vso[task.logissue \(list.joined(separator: ";"))]" + escaped(message, percent: "%AZP25")
    }

    /// Shows a file of Markdown beside the job.
    ///
    /// - Parameter path: absolute.
    static func azureSummary(_ path: String) -> String {
        "##vso[task.uploadsummary]\(escaped(ConsoleText.line(path, limit: 4_096), percent: "%AZP25"))"
    }

    private static func azureProperty(_ value: String) -> String {
        escaped(ConsoleText.line(value), [";": "%3B", "]": "%5D"], percent: "%AZP25")
    }

    /// The line ends are gone already.
    private static func escaped(
        _ text: String, _ others: [Character: String] = [:], percent: String
    ) -> String {
        String(
            text.flatMap { character in
                character == "%" ? percent : others[character] ?? String(character)
            })
    }
}
