/// Where a decoder stands, as the file writes it: `runs[0].stages[1].wall_seconds`.
func place(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
        if let index = key.intValue {
            text += "[\(index)]"
        } else {
            text += text.isEmpty ? snakeCase(key.stringValue) : "." + snakeCase(key.stringValue)
        }
    }
}

/// `wallSeconds` as the file writes it: `wall_seconds`.
func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
        if character.isUppercase, !text.isEmpty { text += "_" }
        text += character.lowercased()
    }
}

/// A decoding error as the place in the file and the rest of the sentence.
func words(for error: DecodingError) -> (place: String, detail: String) {
    switch error {
    case .keyNotFound(let key, let context): (place(context.codingPath + [key]), "is missing")
    case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
        (place(context.codingPath), context.debugDescription)
    @unknown default: ("", "\(error)")
    }
}
