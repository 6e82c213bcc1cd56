import GateCore
import GateFiles
import GateProcess
import GateStream
import GateVerdict
import Glibc

extension BearerToken {
    /// Bytes of the file.
    private static let largestFile = 64 << 10

    /// Reads the token from where the configuration says that it is; no error repeats what is there.
    static func read(for server: ServerConfiguration) throws -> BearerToken? {
        try server.transport?.checkCertificates()
        switch server.transport?.token {
        case nil: return nil
        case .file(let path):
            let text = String(decoding: try LinkedFile.read(path, limit: largestFile), as: UTF8.self)
            return try checked(BearerToken(text), in: "the file '\(path)' (server.token_file)")
        case .variable(let name):
            guard let text = InheritedEnvironment.value(of: name) else {
                throw MeasuringError.variableNotSet(name)
            }
            return try checked(BearerToken(text), in: "the environment variable \(name) (server.token_env)")
        }
    }

    private static func checked(_ token: BearerToken?, in place: String) throws -> BearerToken {
        guard let token else {
            throw MeasuringError.noToken(in: place)
        }
        return token
    }
}

extension TransportConfiguration {
    /// Bytes; the system's own certificates are a quarter of a megabyte.
    private static let largestCertificates = 16 << 20

    /// Refuses a file of certificates that is none before each call fails because of it.
    func checkCertificates() throws {
        guard let caFile else { return }
        let text = String(decoding: try LinkedFile.read(caFile, limit: Self.largestCertificates), as: UTF8.self)
        guard text.contains("CERTIFICATE-----") else {
            throw MeasuringError.noCertificate(file: caFile)
        }
    }
}

/// Secrets and certificates are often mounted behind symbolic links.
package enum LinkedFile {
    /// - Parameter limit: bytes; a longer file is refused.
    package static func read(_ path: String, limit: Int) throws -> [UInt8] {
        guard let resolved = realpath(path, nil) else { return try RegularFile.read(path, limit: limit) }
        defer { free(resolved) }
        return try RegularFile.read(String(cString: resolved), limit: limit)
    }
}
