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

    subscript(attribute: String) -> String? {
        get { attributes.first { $0.name == attribute }?.value }
        set {
            guard let newValue else { return attributes.removeAll { $0.name == attribute } }
            let new = Attribute(name: attribute, value: newValue)
            if let index = attributes.firstIndex(where: { $0.name == attribute }) {
                attributes[index] = new
            } else {
                attributes.append(new)
            }
        }
    }
}

/// Why a document could not be written or read; our own documents never end here.
enum XMLError: Error, Equatable, CustomStringConvertible {
    case outOfMemory
    case notWritten(element: String)
    case notReadable
    case hasDoctype
    case tooDeep
    case tooLarge

    var description: String {
        switch self {
        case .outOfMemory: "libxml2 has no memory left"
        case .notWritten(let element): "libxml2 could not write the element '\(element)'"
        case .notReadable: "the XML is not well-formed"
        case .tooDeep: "the XML is nested more than \(XMLReader.deepest) levels deep"
        case .tooLarge: "the XML has more than \(XMLReader.mostElements) elements"
        case .hasDoctype: "the XML has a DOCTYPE, which no report has"
        }
    }
}
