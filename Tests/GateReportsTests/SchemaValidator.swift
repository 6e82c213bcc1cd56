import CLibXML2
import Foundation
import TestSupport

/// Validates documents against an XSD, by libxml2.
final class SchemaValidator {
    private let schema: xmlSchemaPtr
    private let content: Data

    /// Our own, and that of Jenkins' xUnit plugin where it lies beside the project.
    static func all() throws -> [SchemaValidator] {
        let files = [SharedData.own.appending(path: "junit.xsd"), SharedData.url("schemas/junit-10.xsd")]
        return try files.filter { FileManager.default.fileExists(atPath: $0.path) }.map {
            guard let validator = try SchemaValidator($0) else { throw CocoaError(.fileReadCorruptFile) }
            return validator
        }
    }

    init?(_ file: URL) throws {
        content = try Data(contentsOf: file)
        let parsed = content.withUnsafeBytes { buffer -> xmlSchemaPtr? in
            let bytes = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let parser = xmlSchemaNewMemParserCtxt(bytes, CInt(buffer.count)) else { return nil }
            defer { xmlSchemaFreeParserCtxt(parser) }
            return xmlSchemaParse(parser)
        }
        guard let parsed else { return nil }
        schema = parsed
    }

    deinit { xmlSchemaFree(schema) }

    func isValid(_ text: String) -> Bool {
        let options = CInt(bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue)
        guard let document = xmlReadMemory(text, CInt(text.utf8.count), nil, nil, options),
            let validator = xmlSchemaNewValidCtxt(schema)
        else { return false }
        defer {
            xmlSchemaFreeValidCtxt(validator)
            xmlFreeDoc(document)
        }
        xmlSchemaSetValidStructuredErrors(validator, { _, _ in }, nil)
        return xmlSchemaValidateDoc(validator, document) == 0
    }
}
