import GateCore
import GateCorpus
import GateJSON
import GateVocabulary

/// A value of a tool's document that knows where it stands.
struct ResultNode {
    let file: String
    /// A JSON pointer; empty for the whole document.
    let place: String
    let value: JSONValue

    private init(_ value: JSONValue, _ place: String, in file: String) {
        self.value = value
        self.place = place
        self.file = file
    }

    init(_ bytes: [UInt8], file: String) throws(ImportError) {
        // Tools write NaN where they measured nothing: it is told where it stands.
        let parsed = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONError) in try JSONValue.parse(buffer, notFinite: .null) }
        }
        do throws(JSONError) {
            self.init(try parsed.get(), "", in: file)
        } catch {
            throw .malformed(file: file, detail: "\(error)")
        }
    }

    var format: ToolFormat? { ToolFormat(value) }

    /// Nil where the key is missing.
    subscript(key: String) -> ResultNode? {
        value[key].map { ResultNode($0, "\(place)/\(key)", in: file) }
    }

    func member(_ key: String) throws(ImportError) -> ResultNode {
        guard let member = self[key] else { throw .missing(file: file, place: "'\(place)/\(key)'") }
        return member
    }

    /// Of an array; empty for anything else.
    var elements: [ResultNode] {
        (value.array ?? []).enumerated().map { ResultNode($0.element, "\(place)/\($0.offset)", in: file) }
    }

    func text(_ key: String) -> String? { value[key]?.string }

    /// The number in the metric's unit.
    func number(in unit: ImportedUnit) throws(ImportError) -> Double {
        guard let written = value.double else {
            throw .notANumber(file: file, place: "'\(place)'", found: value.isNull ? "null or NaN" : "\(value.text)")
        }
        return try unit.checked(written, file: file, place: "'\(place)'")
    }

    /// The unit that the document writes below a key.
    func unit(_ key: String) throws(ImportError) -> ImportedUnit {
        let node = try member(key)
        guard let text = node.value.string, let unit = ImportedUnit(text) else {
            throw .unit(file: file, place: "'\(node.place)'", found: node.value.text)
        }
        return unit
    }
}

extension ImportedUnit {
    /// In the metric's unit; throws where nobody can have measured that.
    func checked(_ written: Double, file: String, place: String) throws(ImportError) -> Double {
        let value = written * factor
        guard value >= 0, unit.allows(value) else {
            throw .impossible(file: file, place: place, found: "\(value) \(unit.rawValue)")
        }
        return value
    }
}

extension ToolFormat {
    /// What the tool's numbers of this key are in.
    func imported(_ key: String, of node: ResultNode) throws(ImportError) -> ImportedUnit {
        guard let unit = unit(of: key).flatMap({ ImportedUnit($0) }) else {
            throw .unit(file: node.file, place: "'\(node.place)'", found: unit(of: key)?.name ?? "nothing")
        }
        return unit
    }
}
