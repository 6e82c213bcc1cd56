import GateCore

/// What was found for a first configuration: `init --format json`.
struct InitDocument: Encodable {
    /// A server that answers.
    struct Server: Encodable {
        let api: ServerAPI
        /// Where it answers.
        let url: String
        /// As requests name them.
        let models: [String]

        init(_ found: FoundServer) {
            api = found.place.api
            url = found.place.url
            models = found.models
        }
    }

    /// A folder of artefacts.
    struct Root: Encodable {
        /// Files of one extension.
        struct Kind: Encodable {
            /// Without the dot.
            let `extension`: String
            /// How many lie in the folder and below it.
            let files: Int
        }

        /// The folder, as the configuration names it.
        let path: String
        /// What lies in it.
        let kinds: [Kind]

        init(_ folder: ArtefactFolder) {
            path = folder.path
            kinds = folder.files.sorted { $0.key < $1.key }.map { Kind(extension: $0.key, files: $0.value) }
        }
    }

    let schema = "init"
    let version = 1
    /// The configuration that was written.
    let file: String
    /// The server that is configured; nil where none answers.
    let server: Server?
    /// Others that answer.
    let otherServers: [Server]
    /// The model that is configured.
    let model: String
    /// The folders that are read.
    let roots: [Root]
    /// The commands that come after it.
    let next: [String]

    init(_ first: FirstConfiguration, file: String) {
        self.file = file
        server = first.server.map(Server.init)
        otherServers = first.others.map(Server.init)
        model = first.model
        roots = first.roots.map(Root.init)
        next = first.nextSteps.map(\.command)
    }
}
