import GateCore
import GateFiles
import GateStream

extension BearerToken {
    /// Bytes of the file.
    private static let largestFile = 64 << 10

    /// Reads the token from where the configuration says that it is; no error repeats what is there.
    static func read(for server: ServerConfiguration) throws -> BearerToken? {
        switch server.transport?.token {
        case nil: return nil
        case .file(let path):
            let text = String(decoding: try RegularFile.read(path, limit: largestFile), as: UTF8.self)
            return try checked(BearerToken(text), in: "the file '\(path)' (server.token_file)")
        case .variable(let name):
            guard let text = variable(name) else {
                throw CommandFailure(
                    .configuration,
                    "the environment variable \(name) (server.token_env) is not set; set it to the server's token")
            }
            return try checked(BearerToken(text), in: "the environment variable \(name) (server.token_env)")
        }
    }

    private static func checked(_ token: BearerToken?, in place: String) throws -> BearerToken {
        guard let token else {
            throw CommandFailure(
                .configuration,
                "\(place) holds no token: one line of visible ASCII without blanks, and nothing else; put it there")
        }
        return token
    }
}
