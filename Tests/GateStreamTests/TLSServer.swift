import Foundation

/// A certificate authority of a test and what it has signed, made by the openssl program.
struct CertificateAuthority {
    let folder: URL
    var certificate: String { folder.appending(path: "ca.pem").path }

    static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    /// Makes the authority and a server's certificate for 127.0.0.1 that it has signed.
    init(in folder: URL) throws {
        self.folder = folder
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        try openssl(
            ["req", "-x509", "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem"] + key, in: folder)
        try openssl(
            [
                "req", "-x509", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext",
                "basicConstraints=critical,CA:FALSE", "-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "server.key",
                "-out", "server.pem",
            ] + key, in: folder)
    }
}

@discardableResult
private func openssl(_ arguments: [String], in folder: URL) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return process
}

/// `openssl s_server`, which answers whatever it is asked with one text.
final class TLSServer {
    private let process = Process()
    let port: UInt16
    var url: String { "https://127.0.0.1:\(port)" }

    init(_ authority: CertificateAuthority, answer: String) throws {
        let input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-cert", "server.pem", "-key", "server.key", "-naccept", "1",
        ]
        process.currentDirectoryURL = authority.folder
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says where it listens: `ACCEPT 127.0.0.1:40123`.
        var said = ""
        var found: UInt16?
        while found == nil {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw CocoaError(.executableLoad) }
            said += String(decoding: data, as: UTF8.self)
            if let line = said.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .first(where: { $0.hasPrefix("ACCEPT ") })
            {
                found = line.split(separator: ":").last.flatMap { UInt16($0) }
            }
        }
        port = found ?? 0
        let reader = output.fileHandleForReading
        let writer = input.fileHandleForWriting
        Thread.detachNewThread {
            var heard = ""
            while !heard.contains("HTTP/1.1\r\n") {
                let data = reader.availableData
                guard !data.isEmpty else { return }
                heard += String(decoding: data, as: UTF8.self)
            }
            try? writer.write(contentsOf: Data(answer.utf8))
            while !reader.availableData.isEmpty {}
        }
    }

    deinit { process.terminate() }
}
