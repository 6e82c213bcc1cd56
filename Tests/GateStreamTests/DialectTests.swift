import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateStream

@Suite struct `Dialects` {
    /// Relative to Sources, without the double, which shares no code with the client.
    private static let sources: [(name: String, code: String)] = {
        let folder = SharedData.packageRoot.appending(path: "Sources")
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("GateReplay/") }.compactMap { name in
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else { return nil }
            // Words for people may name an API anywhere.
            return (name, text.replacing(/"""(?s).*?"""|"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*/, with: ""))
        }
    }()

    @Test(
        "the code of an API is its case with its traits, its file, and its line of the registry",
        arguments: ServerAPI.allCases)
    func places(api: ServerAPI) throws {
        let type = "\(Swift.type(of: api.dialect))"
        let name = try Regex(#"\.\#(api.rawValue)\b|\b\#(type)\b"#)
        let places = Self.sources.filter { $0.code.contains(name) }.map(\.name).sorted()
        #expect(
            places == [
                "GateCore/Configuration/ServerAPI.swift", "GateStream/Dialects/Dialect.swift",
                "GateStream/Dialects/\(type).swift",
            ])
    }

    @Test("each API has a dialect of its own") func registry() {
        #expect(Set(ServerAPI.allCases.map { "\(type(of: $0.dialect))" }).count == ServerAPI.allCases.count)
    }

    @Test(
        "a server can be told to unload a model exactly where the configuration believes it",
        arguments: ServerAPI.allCases)
    func unloading(api: ServerAPI) {
        #expect((api.dialect.unloading(of: "m") != nil) == api.traits.unloadsModels)
    }

    @Test("routes begin with what clients of the API are given at the end of an address", arguments: ServerAPI.allCases)
    func suffix(api: ServerAPI) {
        #expect(api.dialect.chatPath.hasPrefix(api.traits.addressSuffix ?? "/"))
    }
}
