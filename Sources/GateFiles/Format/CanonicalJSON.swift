import FoundationEssentials
import GateCore
import GateJSON

/// The form in which chimera-gate writes JSON: snake_case keys, sorted, so that equal values are equal bytes and a
/// difference is a difference of lines; and the strict way to read it back, whatever its layout is.
public enum CanonicalJSON {
    /// Indented, for files that people read and compare; ends with a newline.
    public static func encode(_ value: some Encodable) throws(FormatError) -> [UInt8] {
        try encode(value, [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    /// As ``encode(_:)``, with what is short and every array of numbers on one line: for files that people review.
    public static func encodeForReview(_ value: some Encodable) throws(FormatError) -> [UInt8] {
        ReviewableJSON.encode(try parse(try encodeLine(value), file: ""))
    }

    /// On one line, for JSON Lines; ends with a newline.
    public static func encodeLine(_ value: some Encodable) throws(FormatError) -> [UInt8] {
        try encode(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    /// As ``encodeLine(_:)``, of a value whose array of that name is empty, and is filled by hand: each of many small elements
    /// takes the encoder ten times as long.
    static func encodeLine(
        _ value: some Encodable, filling name: String, by fill: (inout [UInt8]) -> Void
    ) throws(FormatError) -> [UInt8] {
        let empty = try encodeLine(value)
        // Not within a text, where its quotes would be escaped.
        guard let place = empty.firstRange(of: Array("\"\(name)\":[]".utf8)) else { return empty }
        var line = Array(empty[..<(place.upperBound - 1)])
        fill(&line)
        return line + empty[(place.upperBound - 1)...]
    }

    /// Reads a file's content, its `format_version` first.
    ///
    /// - Parameter file: the file's name as the user knows it, for errors.
    public static func decode<Value: VersionedFormat>(
        _ type: Value.Type, from bytes: [UInt8], file: String
    ) throws(FormatError) -> Value {
        let tree = try parse(bytes, file: file)
        try checkVersion(of: tree, supported: Value.currentFormatVersion, file: file)
        let value = try decode(type, from: tree, file: file)
        if let (place, detail) = value.impossibility { throw .wrongValue(file: file, place: place, detail: detail) }
        return value
    }

    /// Reads a value without a version of its own, such as one line of a JSON Lines file.
    public static func decodeLine<Value: Codable>(
        _ type: Value.Type, from bytes: [UInt8], file: String
    ) throws(FormatError) -> Value {
        try decode(type, from: try parse(bytes, file: file), file: file)
    }

    static func parse(_ bytes: [UInt8], file: String) throws(FormatError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes)
        } catch {
            throw .notJSON(file: file, detail: error.description)
        }
    }

    private static func encode(
        _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting
    ) throws(FormatError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = formatting
        do {
            return Array(try encoder.encode(value)) + [0x0A]
        } catch EncodingError.invalidValue(let value, let context) {
            throw .cannotEncode(place: place(context.codingPath), detail: "\(value) has no form in JSON")
        } catch {
            throw .cannotEncode(place: "", detail: "\(error)")
        }
    }

    private static func checkVersion(of tree: JSONValue, supported: Int, file: String) throws(FormatError) {
        guard tree.object != nil else { throw .wrongValue(file: file, place: "", detail: "it is not an object") }
        guard let found = tree["format_version"] else {
            throw .wrongValue(file: file, place: "format_version", detail: "is missing")
        }
        guard let version = found.int else {
            throw .wrongValue(file: file, place: "format_version", detail: "should be a whole number")
        }
        if version > supported { throw .newerVersion(file: file, found: version, supported: supported) }
        if version < 1 { throw .unknownVersion(file: file, found: version, supported: supported) }
    }

    private static func decode<Value: Codable>(
        _ type: Value.Type, from tree: JSONValue, file: String
    ) throws(FormatError) -> Value {
        let value: Value
        do {
            value = try Value(from: TreeDecoder(tree))
        } catch let error as DecodingError {
            let (place, detail) = words(for: error)
            throw .wrongValue(file: file, place: place, detail: detail)
        } catch {
            throw .wrongValue(file: file, place: "", detail: "\(error)")
        }
        try refuseLosses(of: value, from: tree, file: file)
        return value
    }

    /// What was read must write everything that was there: a key that nobody reads is a mistake, not a comment.
    private static func refuseLosses(
        of value: some Encodable, from tree: JSONValue, file: String
    ) throws(FormatError) {
        let kept = try parse(try encodeLine(value), file: file)
        if let (place, detail) = firstLoss(from: tree, to: kept, at: "") {
            throw .wrongValue(file: file, place: place, detail: detail)
        }
    }

    private static func firstLoss(
        from tree: JSONValue, to kept: JSONValue, at place: String
    ) -> (place: String, detail: String)? {
        switch (tree, kept) {
        case (.object(let members), .object(let keptMembers)):
            let keptByKey = Dictionary(keptMembers.map { ($0.key, $0.value) }) { first, _ in first }
            for (key, value) in members where !value.isNull {
                let inner = place.isEmpty ? key : "\(place).\(key)"
                guard let keptValue = keptByKey[key] ?? Configuration.renamedKeys[key].flatMap({ keptByKey[$0] })
                else { return (inner, "is not a key of this format") }
                if let loss = firstLoss(from: value, to: keptValue, at: inner) { return loss }
            }
        case (.array(let elements), .array(let keptElements)):
            guard elements.count == keptElements.count else { return (place, "says something more than once") }
            for (index, pair) in zip(elements, keptElements).enumerated() {
                if let loss = firstLoss(from: pair.0, to: pair.1, at: "\(place)[\(index)]") { return loss }
            }
        default:
            if tree != kept, !isRenamed(tree, kept) {
                return (place, "is not what chimera-gate writes here: \(kept.text.prefix(80))")
            }
        }
        return nil
    }

    /// A metric with an older name.
    private static func isRenamed(_ tree: JSONValue, _ kept: JSONValue) -> Bool {
        guard let older = tree.string, let name = kept.string else { return false }
        return MetricID.renamed[MetricID(rawValue: older)]?.rawValue == name
    }
}
