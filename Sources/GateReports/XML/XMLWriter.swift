import CLibXML2

/// Writes a document by libxml2's xmlTextWriter into memory. Texts must have gone through ``VisibleText``: the library
/// writes characters that it cannot read back.
struct XMLWriter: ~Copyable {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr

    private init() throws(XMLError) {
        guard let buffer = xmlBufferCreate() else { throw .outOfMemory }
        guard let writer = xmlNewTextWriterMemory(buffer, 0) else {
            xmlBufferFree(buffer)
            throw .outOfMemory
        }
        self.buffer = buffer
        self.writer = writer
    }

    deinit {
        xmlFreeTextWriter(writer)
        xmlBufferFree(buffer)
    }

    /// The document in UTF-8, indented, with an XML declaration.
    static func write(_ root: XMLElement) throws(XMLError) -> [UInt8] {
        let writer = try XMLWriter()
        try writer.check(xmlTextWriterStartDocument(writer.writer, nil, "UTF-8", nil), root)
        try writer.check(xmlTextWriterSetIndent(writer.writer, 1), root)
        try writer.check(xmlTextWriterSetIndentString(writer.writer, "  "), root)
        try writer.append(root)
        try writer.check(xmlTextWriterEndDocument(writer.writer), root)
        try writer.check(xmlTextWriterFlush(writer.writer), root)
        guard let content = xmlBufferContent(writer.buffer) else { throw .outOfMemory }
        return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(writer.buffer))))
    }

    private borrowing func append(_ element: XMLElement) throws(XMLError) {
        try check(xmlTextWriterStartElement(writer, element.name), element)
        for attribute in element.attributes {
            try check(xmlTextWriterWriteAttribute(writer, attribute.name, attribute.value), element)
        }
        if !element.text.isEmpty { try check(xmlTextWriterWriteString(writer, element.text), element) }
        for child in element.children { try append(child) }
        try check(xmlTextWriterEndElement(writer), element)
    }

    private borrowing func check(_ result: CInt, _ element: XMLElement) throws(XMLError) {
        guard result >= 0 else { throw .notWritten(element: element.name) }
    }
}
