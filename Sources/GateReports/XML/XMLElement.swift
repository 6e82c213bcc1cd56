/// An element of an XML document: with text or with children, never mixed.
struct XMLElement: Equatable {
    struct Attribute: Equatable {
        let name: String
        let value: String
    }

    let name: String
    var attributes: [Attribute] = []
    var text = ""
    var children: [XMLElement] = []

    init(_ name: String, _ attributes: [(String, String)] = [], text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.attributes = attributes.map { Attribute(name: $0.0, value: $0.1) }
        self.text = text
        self.children = children
    }

    subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }
}

/// Why a document could not be written or read; our own documents never end here.
enum XMLError: Error, Equatable, CustomStringConvertible {
    case outOfMemory
    case notWritten(element: String)
    case notReadable
    case hasDoctype

    var description: String {
        switch self {
        case .outOfMemory: "libxml2 has no memory left"
        case .notWritten(let element): "libxml2 could not write the element '\(element)'"
        case .notReadable: "the XML is not well-formed"
        case .hasDoctype: "the XML has a DOCTYPE, which no report has"
        }
    }
}
