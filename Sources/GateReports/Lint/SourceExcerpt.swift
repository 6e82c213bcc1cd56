internal import GateCore

extension String {
    /// As the checker counts lines: they end at LF, CR LF and CR.
    var checkedLines: [Substring.UnicodeScalarView] {
        replacing("\r\n", with: "\n").unicodeScalars.split(omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r"
        }
    }
}

/// The line that a finding means, made harmless, with a mark below what is meant.
struct SourceExcerpt {
    private let lines: [Substring.UnicodeScalarView]
    private let width: Int

    init(_ text: String, width: Int) {
        lines = text.checkedLines
        self.width = width
    }

    /// Two lines: `   24 | the text` and a mark of `^~~~`.
    func lines(at place: ReportPlace, colour: ConsoleText.Colour, isColoured: Bool) -> String {
        let number = String(place.line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
        let blank = String(repeating: " ", count: gutter.count - 2) + "| "
        guard lines.indices.contains(place.line - 1) else { return gutter }
        let line = lines[place.line - 1]
        let room = width - gutter.count
        // A line may be megabytes long: only what stands around the place is looked at.
        let lead = min(place.columnStart - 1, room / 3)
        let start = place.columnStart - 1 - lead
        let before = visible(line.dropFirst(start).prefix(lead))
        let length = max(1, place.columnEnd - place.columnStart)
        let rest = line.dropFirst(place.columnStart - 1)
        let meant = visible(rest.prefix(min(length, room)))
        let after = visible(rest.dropFirst(length).prefix(room))
        let ellipsis = start > 0 ? "…" : ""
        let indent = columns(of: ellipsis + before)
        let marked = max(1, min(columns(of: meant), room - indent))
        let text = cut(ellipsis + before + meant + after, columns: room)
        let mark = ConsoleText.coloured(
            "^" + String(repeating: "~", count: marked - 1), colour, isOn: isColoured)
        return gutter + text + "\n" + blank + String(repeating: " ", count: indent) + mark
    }

    private func visible(_ scalars: Substring.UnicodeScalarView) -> String {
        VisibleText.lines(String(String.UnicodeScalarView(scalars)).replacing("\t", with: " "))
            .replacing("\n", with: " ")
    }

    private func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + SourceExcerpt.columns(of: $1) }
    }

    private func cut(_ text: String, columns limit: Int) -> String {
        var used = 0
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            used += SourceExcerpt.columns(of: scalar)
            guard used <= limit else { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// As terminals draw it: East Asian letters and pictures take two columns, marks none.
    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20...0x7E: return 1
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }
}
