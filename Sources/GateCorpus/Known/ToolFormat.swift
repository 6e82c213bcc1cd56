public import GateJSON
public import GateVocabulary

/// Which tool wrote a document, and what it says of the units of its numbers.
public struct ToolFormat: Sendable {
    private let known: KnownFormat

    /// As `ingest` names it: `vLLM bench serve`.
    public var name: String { known.name }

    /// By the keys of the document; nil where no format is recognised.
    public init?(_ document: JSONValue) {
        let root = document.array?.first ?? document
        var names: Set<String> = []
        for (key, value) in root.object ?? [] {
            names.insert(key)
            for (inner, _) in (value.array?.first ?? value).object ?? [] { names.insert("\(key).\(inner)") }
        }
        guard let known = KnownFormat.of(names, in: KnownFormats.json) else { return nil }
        self.known = known
    }

    /// The unit of a number by its key: as the format says, else as the key itself does (`mean_ttft_ms`).
    public func unit(of key: String) -> MeasuredUnit? {
        known.units[key]?.unit.flatMap { MeasuredUnit($0) } ?? NameReading(key).unit
    }
}
