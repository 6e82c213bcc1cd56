import Foundation
import GateYAML
import TestSupport
import Testing

@Suite("Pipeline templates") struct PipelineTemplateTests {
    static func text(_ name: String) throws -> String {
        try String(contentsOf: SharedData.packageRoot.appending(path: "ci/templates/\(name)"), encoding: .utf8)
    }

    static func template(_ name: String) throws -> YAMLNode {
        try YAMLDocument.parse(text(name))
    }

    @Test("on GitHub it runs for pull requests of forks without rights and secrets") func forkSafety() throws {
        let template = try Self.template("github-actions.yml")
        #expect(template["on"]?.text == "pull_request")
        #expect(template["permissions"]?.keys == ["contents"])
        #expect(template["permissions"]?["contents"]?.text == "read")
        #expect(try !Self.text("github-actions.yml").contains("${{ secrets"))
    }

    @Test(
        "nothing but a status that a policy names is forgiven", arguments: ["github-actions.yml", "gitlab-ci.yml"])
    func exitStatus(_ name: String) throws {
        let text = try Self.text(name)
        for excuse in ["|| true", "continue-on-error", "allow_failure: true", "set +e"] {
            #expect(!text.contains(excuse))
        }
    }

    @Test("on GitHub the files are kept after a failure, the hidden folder too") func githubArtefacts() throws {
        let steps = try #require(try Self.template("github-actions.yml")["jobs"]?["check"]?["steps"]?.items)
        let check = try #require(steps.firstIndex { $0["name"]?.text == "Check" })
        let upload = try #require(
            steps.firstIndex { $0["uses"]?.text?.hasPrefix("actions/upload-artifact@") == true })
        #expect(check < upload)
        #expect(steps[upload]["if"]?.text == "${{ !cancelled() }}")
        #expect(steps[upload]["with"]?["path"]?.text == ".chimera-gate")
        #expect(steps[upload]["with"]?["include-hidden-files"]?.text == "true")
    }

    @Test("on GitLab the files are kept after a failure, and the JUnit file is read") func gitlabArtefacts() throws {
        let artefacts = try #require(try Self.template("gitlab-ci.yml")["chimera-gate"]?["artifacts"])
        #expect(artefacts["when"]?.text == "always")
        #expect(artefacts["reports"]?["junit"]?.text == ".chimera-gate/junit.xml")
    }
}
