import Foundation
import GateYAML
import TestSupport
import Testing

/// What the project takes from others is taken in one version, by a hash where there is one.
@Suite("Pins") struct PinTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOf: SharedData.packageRoot.appending(path: path), encoding: .utf8)
    }

    /// Every YAML of a pipeline, below `ci`.
    private func templates() throws -> [String] {
        try ["templates", "github"].flatMap { folder in
            let path = SharedData.packageRoot.appending(path: "ci/\(folder)").path
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".yml") }.sorted()
                .map { "\(folder)/\($0)" }
        }
    }

    @Test("packages are named in an exact version")
    func packages() throws {
        let lines = try text("Package.swift").split(separator: "\n").filter { $0.contains(".package(url:") }
        #expect(!lines.isEmpty)
        for line in lines { #expect(line.contains(/exact: "\d+\.\d+\.\d+"/), "\(line)") }
    }

    @Test(
        "wheels are named in an exact version with their hashes, and installed by them",
        arguments: [
            "ci/requirements.txt", "ci/clients/requirements.txt", "ci/model-server.txt", "ci/model-file.txt",
        ])
    func wheels(_ path: String) throws {
        let entries = try text(path).replacing("\\\n", with: "").split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(!entries.isEmpty)
        for entry in entries {
            #expect(entry.contains(/^[A-Za-z0-9._-]+==[A-Za-z0-9.]+( +--hash=sha256:[0-9a-f]{64})+ *$/), "\(entry)")
        }
    }

    @Test("every pip of the scripts installs by hashes")
    func pip() throws {
        for path in ["ci/python", "ci/model"] {
            let calls = try text(path).replacing("\\\n", with: "").split(separator: "\n").filter {
                $0.contains(#/pip.* (install|download) /#)
            }
            #expect(!calls.isEmpty, "\(path)")
            for call in calls { #expect(call.contains("--require-hashes"), "\(path): \(call)") }
        }
    }

    @Test("actions are named by their commit, images by their whole version")
    func templatesArePinned() throws {
        let names = try templates()
        #expect(names.count >= 7)
        for name in names {
            let text = try text("ci/\(name)")
            for line in text.split(separator: "\n") {
                if !line.contains(/^ *#/), let use = line.firstMatch(of: /uses: (\S+)/) {
                    // Or what the workflow has fetched itself, by a commit that has to be filled in.
                    let isOurs = use.1 == "./.chimera-gate-source/ci/github"
                    #expect(isOurs || use.1.contains(/^[\w.-]+\/[\w.\/-]+@[0-9a-f]{40}$/), "\(name): \(line)")
                }
                if let image = line.firstMatch(of: /(?:image|container): (\S+)/) {
                    #expect(image.1.contains(/:\d+\.\d+\.\d+(-[a-z]+)?(@sha256:[0-9a-f]{64})?$/), "\(name): \(line)")
                }
            }
            #expect(!text.contains(/\bOWNER\b/), "\(name) has a word to replace")
        }
    }

    @Test("every template is YAML, and the nightly ones call ci/any-day")
    func nightly() throws {
        for name in try templates() { _ = try PipelineTemplateTests.template(name) }
        for name in ["nightly-github-actions.yml", "nightly-gitlab-ci.yml"] {
            #expect(try text("ci/templates/\(name)").contains("ci/any-day\n"))
        }
    }

    @Test(
        "a template whose source is not filled in ends with words that say so",
        arguments: [
            "github-actions.yml", "gitlab-ci.yml", "buildkite.yml", "Jenkinsfile", "azure-pipelines.yml",
            "circleci.yml",
        ])
    func unfilled(_ name: String) throws {
        let text = try text("ci/templates/\(name)")
        for variable in ["CHIMERA_GATE_SOURCE", "CHIMERA_GATE_COMMIT"] {
            #expect(text.contains("\(variable): \"\"") || text.contains("\(variable) = \"\""))
        }
        #expect(text.contains("exit 64"))
    }
}
