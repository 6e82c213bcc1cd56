import Foundation
import TestSupport
import Testing
import Yams

@Suite("Pipeline templates") struct PipelineTemplateTests {
    static func text(_ name: String) throws -> String {
        try String(contentsOf: SharedData.packageRoot.appending(path: "ci/templates/\(name)"), encoding: .utf8)
    }

    static func template(_ name: String) throws -> Node {
        try #require(try Yams.compose(yaml: text(name)))
    }

    @Test("on GitHub it runs for pull requests of forks without rights and secrets") func forkSafety() throws {
        let template = try Self.template("github-actions.yml")
        #expect(template["on"]?.string == "pull_request")
        #expect(template["permissions"] == ["contents": "read"])
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
        let steps = try #require(try Self.template("github-actions.yml")["jobs"]?["check"]?["steps"]?.sequence)
        let check = try #require(steps.firstIndex { $0["name"]?.string == "Check" })
        let upload = try #require(
            steps.firstIndex { $0["uses"]?.string?.hasPrefix("actions/upload-artifact@") == true })
        #expect(check < upload)
        #expect(steps[upload]["if"]?.string == "${{ !cancelled() }}")
        #expect(steps[upload]["with"]?["path"]?.string == ".chimera-gate")
        #expect(steps[upload]["with"]?["include-hidden-files"]?.bool == true)
    }

    @Test("on GitLab the files are kept after a failure, and the JUnit file is read") func gitlabArtefacts() throws {
        let artefacts = try #require(try Self.template("gitlab-ci.yml")["chimera-gate"]?["artifacts"])
        #expect(artefacts["when"]?.string == "always")
        #expect(artefacts["reports"]?["junit"]?.string == ".chimera-gate/junit.xml")
    }
}
