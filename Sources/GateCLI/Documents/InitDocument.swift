import GateCore

/// `init --format json`.
struct InitDocument: Encodable {
    struct Server: Encodable {
        let api: ServerAPI
        let url: String
        /// As requests name them.
        let models: [String]

        init(_ found: FoundServer) {
            api = found.place.api
            url = found.place.url
            models = found.models
        }
    }

    struct Root: Encodable {
        struct Kind: Encodable {
            /// Without the dot.
            let `extension`: String
            let files: Int
        }

        let path: String
        let kinds: [Kind]

        init(_ folder: ArtefactFolder) {
            path = folder.path
            kinds = folder.files.sorted { $0.key < $1.key }.map { Kind(extension: $0.key, files: $0.value) }
        }
    }

    let schema = "init"
    let version = 1
    /// What was written.
    let file: String
    /// The one that is configured; nil where none answers.
    let server: Server?
    let otherServers: [Server]
    let model: String
    /// The folders that are read.
    let roots: [Root]
    /// Commands.
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
