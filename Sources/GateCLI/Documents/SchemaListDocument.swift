import GateJSON

/// The schemas that there are: `schema --format json` without a name.
struct SchemaListDocument: Encodable {
    /// A schema.
    struct Entry: Encodable {
        /// As schema NAME takes it.
        let name: String
        /// What it is about.
        let title: String
    }

    let schema = "schemas"
    let version = 1
    /// By their names.
    let schemas: [Entry]

    init(_ all: [EmbeddedSchema]) {
        schemas = all.map { schema in
            Entry(name: schema.name, title: (try? JSONValue.parse(schema.text))?["title"]?.string ?? "")
        }
    }
}
