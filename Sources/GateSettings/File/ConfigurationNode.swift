/// A value as it was written, before anybody asks what it should be.
package struct ConfigurationNode: Sendable {
    package enum Content: Sendable {
        /// `isPlain`: without quotes and not a block, so that it may be meant as a number.
        case scalar(String, isPlain: Bool)
        case list([ConfigurationNode])
        case mapping([(key: ConfigurationNode, value: ConfigurationNode)])
    }

    package let content: Content
    package let origin: ConfigurationOrigin

    package init(content: Content, origin: ConfigurationOrigin) {
        self.content = content
        self.origin = origin
    }

    /// The text of a scalar; nil for everything else, and for a plain scalar that means nothing (`~`, `null`).
    package var text: String? {
        guard case .scalar(let text, _) = content, !isNull else { return nil }
        return text
    }

    /// The text of a scalar without quotes.
    var plainText: String? {
        guard case .scalar(_, true) = content else { return nil }
        return text
    }

    var isNull: Bool {
        guard case .scalar(let text, true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What stands there, in words for an error.
    package var found: String {
        switch content {
        case .scalar where isNull: "nothing"
        case .scalar(let text, true): quoted(text)
        case .scalar(let text, false): "the text \(quoted(text))"
        case .list(let items): items.isEmpty ? "an empty list" : "a list"
        case .mapping(let pairs): pairs.isEmpty ? "an empty mapping" : "a mapping"
        }
    }
}

/// A text in quotes, fit for one line of a message: control characters are escaped and what is too long is cut.
package func quoted(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars.prefix(60) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            line += scalar.escaped(asASCII: true)
        default: line.unicodeScalars.append(scalar)
        }
    }
    return "'\(line)\(text.unicodeScalars.count > 60 ? "..." : "")'"
}
