/// JSON that may be shown in a log or on a terminal: the same values, but what reorders text, what nobody sees and what
/// runners of pipelines obey (`##vso[`, `##[`) stands as an escape.
public enum VisibleJSON {
    /// - Parameter json: a whole JSON text; outside of its strings there is nothing to change.
    public static func escaped(_ json: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in json.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x23 where previous == "#": result.append(contentsOf: "\\u0023".unicodeScalars)
            case 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFFE, 0xFFFF:
                result.append(contentsOf: "\\u\(VisibleText.hexadecimal(scalar.value).lowercased())".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
