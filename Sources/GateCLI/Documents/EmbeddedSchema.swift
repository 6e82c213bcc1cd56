import CSchemas

/// The JSON Schema of a document, as it is part of the program.
struct EmbeddedSchema {
    /// `session`
    let name: String
    let text: String

    /// Sorted by name.
    static var all: [EmbeddedSchema] {
        (0..<chimera_gate_schema_count()).map { index in
            var count = 0
            let bytes = UnsafeBufferPointer(start: chimera_gate_schema_bytes(index, &count), count: count)
            return EmbeddedSchema(
                name: String(cString: chimera_gate_schema_name(index)), text: String(decoding: bytes, as: UTF8.self))
        }
    }
}
