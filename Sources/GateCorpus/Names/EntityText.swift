/// A text that stands in the name of an entity or a metric: on one line, without control characters, of bounded length.
func entityText(_ text: String) -> String {
    let maximum = 120
    var text = text
    if text.unicodeScalars.contains(where: isControl) {
        let scalars = text.unicodeScalars.map { isControl($0) ? " " : $0 }
        text = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
    }
    guard text.utf8.count > maximum, text.count > maximum else { return text }
    return text.prefix(maximum) + "…"
}

/// C0, C1 and the separators of lines and paragraphs.
private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
}
