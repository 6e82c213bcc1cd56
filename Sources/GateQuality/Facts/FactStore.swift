public import GateCore
public import GateJSON

/// The evidence that a report is checked against.
public struct FactStore: Sendable {
    /// Nothing is known: only what the report says against itself can be checked.
    public static let none = FactStore()

    /// The sections that the report must have; empty where nobody says.
    public internal(set) var requiredSections: [String] = []
    /// `2025-11-15`; nil where nobody says.
    public internal(set) var generatedDate: String?
    public internal(set) var model: String?

    init() {}

    /// The facts beside a report, as `run` writes them.
    public init(_ file: FactsFile) {
        requiredSections = file.requiredSections
        generatedDate = file.generatedDate
        model = file.model
    }

    /// A facts file of any version: what it does not have is unknown.
    public init(_ json: JSONValue) {
        requiredSections = (json["required_sections"]?.array ?? []).compactMap(\.string)
        generatedDate = json["generated_date"]?.string
        model = json["model"]?.string
    }
}
