import ArgumentParser
import GateVerdict

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of a document that chimera-gate reads or writes, or lists them.",
        discussion: """
            Example:
              chimera-gate schema
              chimera-gate schema verdict > verdict.schema.json
            """)

    @Argument(help: ArgumentHelp("The name of a document, as in the list.", valueName: "name"))
    var name: String?
    @Option(help: OutputFormat.help)
    var format = OutputFormat.text

    func run() throws {
        let schemas = EmbeddedSchema.all
        guard let name else {
            switch format {
            case .text: return try Terminal.standardOutput.deliver(schemas.map { "\($0.name)\n" }.joined())
            case .json: return try Terminal.standardOutput.deliver(document: SchemaListDocument(schemas))
            }
        }
        guard let schema = schemas.first(where: { $0.name == name }) else {
            throw CommandFailure(
                .usage, "there is no schema '\(name)'",
                remedy: "There are \(schemas.map(\.name).joined(separator: ", ")).")
        }
        try Terminal.standardOutput.deliver(schema.text)
    }
}
