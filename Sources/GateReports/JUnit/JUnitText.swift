import GateCore

/// Texts as a JUnit file may hold them.
enum JUnitText {
    static let maximumMessage = 300
    static let maximumTextBytes = 8 << 10
    static let maximumProperties = 900

    /// Names that stay the same from build to build: `[a-z0-9._-]`, anything else as `_`.
    static func id(_ text: String) -> String {
        let scalars = text.lowercased().unicodeScalars.prefix(100).map { scalar -> Character in
            switch scalar {
            case "a"..."z", "0"..."9", ".", "_", "-": Character(scalar)
            default: "_"
            }
        }
        return String(scalars)
    }

    /// For attributes: one line.
    static func message(_ text: String, limit: Int = maximumMessage) -> String {
        // Breaking a bracket apart makes the text longer, so the limit holds for what comes out.
        VisibleText.line(withoutDirectives(VisibleText.line(text, limit: limit)), limit: limit)
    }

    /// For the content of elements: some readers print it into the log, where a runner would obey it.
    static func text(_ text: String) -> String {
        VisibleText.block(text, bytes: maximumTextBytes) { withoutDirectives(ConsoleText.harmless($0)) }
    }

    /// `[[PROPERTY|unit=ms]]`, one on each line; the ones that no longer fit are left out.
    static func properties(_ properties: [(name: String, value: String)]) -> String {
        var text = ""
        for (name, value) in properties where !value.isEmpty {
            let value = withoutDirectives(VisibleText.line(value, limit: 100)).replacing("]]", with: "] ]")
            let line = "[[PROPERTY|\(id(name))=\(value)]]\n"
            guard text.unicodeScalars.count + line.unicodeScalars.count <= maximumProperties else { break }
            text += line
        }
        return text
    }

    /// Six decimals, and the digits that there are of what would be nothing by then.
    static func probability(_ p: Double) -> String {
        p > 0 && p < 1e-6 ? "\(p)" : DisplayFormat.fixed(p, decimals: 6)
    }

    /// Readers take `[[ATTACHMENT|path]]` for an order to publish a file, runners `##vso[…]` for one to them; only our own
    /// lines may begin so.
    private static func withoutDirectives(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "[" || scalar == "#", result.last == scalar { result.append(" ") }
            result.append(scalar)
        }
        return String(result)
    }
}
