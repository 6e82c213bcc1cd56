import GateJSON

/// `schema --format json` without a name.
struct SchemaListDocument: Encodable {
    struct Entry: Encodable {
        let name: String
        let title: String
    }

    let schema = "schemas"
    let version = 1
    let schemas: [Entry]

    init(_ all: [EmbeddedSchema]) {
        schemas = all.map { schema in
            Entry(name: schema.name, title: (try? JSONValue.parse(schema.text))?["title"]?.string ?? "")
        }
    }
}
