import CLibXML2

/// Reads a document by libxml2 out of memory: no network, no DTD, no entities.
enum XMLReader {
    static func read(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let parsed = bytes.withUnsafeBytes { buffer in
            xmlReadMemory(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(clamping: buffer.count), nil, "UTF-8",
                CInt(bitPattern: options))
        }
        guard let document = parsed else { throw .notReadable }
        defer { xmlFreeDoc(document) }
        guard document.pointee.intSubset == nil, document.pointee.extSubset == nil else { throw .hasDoctype }
        guard let root = xmlDocGetRootElement(document) else { throw .notReadable }
        return element(root.pointee)
    }

    /// Recursion is bounded: libxml2 refuses more than 256 levels.
    private static func element(_ node: xmlNode) -> XMLElement {
        var element = XMLElement(string(node.name))
        var attribute = node.properties
        while let current = attribute?.pointee {
            element.attributes.append(.init(name: string(current.name), value: text(under: current.children)))
            attribute = current.next
        }
        var child = node.children
        while let current = child?.pointee {
            if current.type == XML_ELEMENT_NODE { element.children.append(self.element(current)) }
            child = current.next
        }
        // White space between children is indentation.
        if element.children.isEmpty { element.text = text(under: node.children) }
        return element
    }

    private static func text(under first: xmlNodePtr?) -> String {
        var text = ""
        var node = first
        while let current = node?.pointee {
            if current.type == XML_TEXT_NODE || current.type == XML_CDATA_SECTION_NODE {
                text += string(current.content)
            }
            node = current.next
        }
        return text
    }

    private static func string(_ bytes: UnsafePointer<xmlChar>?) -> String { bytes.map(String.init(cString:)) ?? "" }
}
