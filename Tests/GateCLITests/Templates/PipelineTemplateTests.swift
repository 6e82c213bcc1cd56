import Foundation
import GateProcess
import GateVerdict
import GateYAML
import TestSupport
import Testing

@Suite("Pipeline templates") struct PipelineTemplateTests {
    static func text(_ path: String) throws -> String {
        try String(contentsOf: SharedData.packageRoot.appending(path: "ci/\(path)"), encoding: .utf8)
    }

    static func template(_ path: String) throws -> YAMLNode { try YAMLDocument.parse(text(path)) }

    /// Every template of a pipeline, with the action.
    private static let all = [
        "templates/github-actions.yml", "templates/github-comment.yml", "templates/gitlab-ci.yml",
        "templates/buildkite.yml", "templates/Jenkinsfile", "templates/azure-pipelines.yml", "templates/circleci.yml",
        "github/action.yml",
    ]

    @Test("on GitHub it runs for pull requests of forks without rights and secrets") func forkSafety() throws {
        let template = try Self.template("templates/github-actions.yml")
        #expect(template["on"]?.text == "pull_request")
        #expect(template["permissions"]?.keys == ["contents"])
        #expect(template["permissions"]?["contents"]?.text == "read")
        for path in ["templates/github-actions.yml", "templates/github-comment.yml", "github/action.yml"] {
            #expect(try !Self.text(path).contains("${{ secrets"))
        }
    }

    @Test("what may comment runs nothing of the change, and takes no more than a word and a number of a fork's")
    func comment() throws {
        let template = try Self.template("templates/github-comment.yml")
        #expect(template["on"]?.keys == ["workflow_run"])
        #expect(template["permissions"]?.keys?.sorted() == ["actions", "pull-requests"])
        let steps = try #require(template["jobs"]?["comment"]?["steps"]?.items)
        #expect(!steps.contains { $0["uses"]?.text?.hasPrefix("actions/checkout") == true })
        let workflow = try Self.template("templates/github-actions.yml")
        #expect(template["on"]?["workflow_run"]?["workflows"]?.items?.map(\.text) == [workflow["name"]?.text])
    }

    @Test("on GitHub nothing of an event or an input stands in a script: it comes as a variable")
    func interpolation() throws {
        for path in ["templates/github-actions.yml", "templates/github-comment.yml", "github/action.yml"] {
            for script in try Self.scripts(path) { #expect(!script.contains("${{"), "\(path): \(script)") }
        }
    }

    @Test("every script in a template is one for bash", arguments: all)
    func scripts(_ path: String) throws {
        let scripts = try Self.scripts(path)
        #expect(!scripts.isEmpty)
        for script in scripts {
            let parsed = try ChildProcess.capture(
                command: ["bash", "-n", "-c", script], limit: 1 << 20, timeoutSeconds: 60)
            #expect(parsed.status.isSuccess, "\(path): \(parsed.errorLines.joined(separator: "\n"))\n\(script)")
        }
    }

    /// What a shell gets of a template.
    static func scripts(_ path: String) throws -> [String] {
        let text = try text(path)
        switch path {
        case "templates/Jenkinsfile":
            return text.matches(of: #/sh '''([\s\S]*?)'''/#).map { String($0.1) }
                + text.matches(of: #/def check = '([^']*)'/#).map { String($0.1) }
        case "templates/buildkite.yml":
            let steps = try #require(try template(path)["steps"]?.items)
            // Buildkite takes the first of two signs away.
            return steps.compactMap { $0["command"]?.text?.replacing("$$", with: "$") }
        case "templates/azure-pipelines.yml": return try azureSteps().compactMap { $0["bash"]?.text }
        case "templates/circleci.yml": return try circleSteps().compactMap { $0["run"]?["command"]?.text }
        case "templates/gitlab-ci.yml":
            let job = try #require(try template(path)["chimera-gate"])
            return ["before_script", "script"].map { key in
                (job[key]?.items ?? []).compactMap(\.text).joined(separator: "\n")
            }
        default:
            let tree = try template(path)
            let jobs = (tree["jobs"]?.keys ?? []).compactMap { tree["jobs"]?[$0] }
            let steps = jobs.flatMap { $0["steps"]?.items ?? [] } + (tree["runs"]?["steps"]?.items ?? [])
            return steps.compactMap { $0["run"]?.text }
        }
    }

    private static func azureSteps() throws -> [YAMLNode] {
        try #require(try template("templates/azure-pipelines.yml")["jobs"]?.items?.first?["steps"]?.items)
    }

    private static func circleSteps() throws -> [YAMLNode] {
        try #require(try template("templates/circleci.yml")["jobs"]?["chimera-gate"]?["steps"]?.items)
    }

    @Test("on Azure and CircleCI nothing of an event stands in a script, and the clone has the whole history")
    func azureAndCircle() throws {
        // `$(name)` is a variable of Azure's where there is one of that name, `<<` begins an expression of CircleCI.
        for script in try Self.scripts("templates/azure-pipelines.yml") {
            #expect(!script.contains("${{") && !script.contains("$["), "\(script)")
            #expect(!script.contains(/\$\([A-Za-z_.]+\)/), "\(script)")
        }
        for script in try Self.scripts("templates/circleci.yml") { #expect(!script.contains("<<"), "\(script)") }
        let checkout = try #require(try Self.azureSteps().first)
        #expect(checkout["checkout"]?.text == "self" && checkout["fetchDepth"]?.text == "0")
        #expect(checkout["persistCredentials"]?.text == "false")
        let circle = try Self.circleSteps()
        #expect(circle.first?.text == "checkout")
        #expect(circle[1]["run"]?["command"]?.text?.contains("git fetch --quiet --unshallow") == true)
        #expect(try !Self.text("templates/azure-pipelines.yml").contains("$(System.AccessToken)"))
        #expect(try Self.template("templates/circleci.yml")["workflows"]?["chimera-gate"]?["jobs"]?.items?.count == 1)
    }

    @Test("on Buildkite every sign of the shell is kept from Buildkite") func buildkiteSigns() throws {
        let command = try #require(
            try Self.template("templates/buildkite.yml")["steps"]?.items?.first?["command"]?.text)
        #expect(!command.replacing("$$", with: "").contains("$"))
    }

    @Test("nothing but a status that a policy names is forgiven", arguments: all)
    func exitStatus(_ path: String) throws {
        let text = try Self.text(path)
        for excuse in ["|| true", "allow_failure: true", "set +e", "soft_fail: true", "catchError", "continueOnError"] {
            #expect(!text.contains(excuse), "\(path): \(excuse)")
        }
        // The comment is no verdict.
        #expect(path == "templates/github-comment.yml" || !text.contains("continue-on-error"))
    }

    @Test(
        "what is inconclusive is forgiven, and tried again is what a pipeline should retry, as the table of statuses says"
    )
    func statuses() throws {
        let retried = GateExit.allCases.filter { $0.action.hasPrefix("retry") }.map { Int($0.rawValue) }
        let soft = GateExit.allCases.filter { $0.action == "soft failure" }.map { Int($0.rawValue) }
        #expect(retried == [69, 75] && soft == [5])
        func numbers(_ node: YAMLNode?) -> [Int] { (node?.items ?? []).compactMap { $0.text.flatMap { Int($0) } } }
        let gitlab = try #require(try Self.template("templates/gitlab-ci.yml")["chimera-gate"])
        #expect(numbers(gitlab["allow_failure"]?["exit_codes"]) == soft)
        #expect(numbers(gitlab["retry"]?["exit_codes"]) == retried)
        let buildkite = try #require(try Self.template("templates/buildkite.yml")["steps"]?.items?.first)
        let status = { (node: YAMLNode) in node["exit_status"]?.text.flatMap { Int($0) } }
        #expect((buildkite["soft_fail"]?.items ?? []).map(status) == soft)
        #expect((buildkite["retry"]?["automatic"]?.items ?? []).map(status) == retried)
        let action = try Self.template("github/action.yml")
        #expect(action["inputs"]?["soft-fail"]?["default"]?.text == soft.map(String.init).joined(separator: " "))
        let jenkins = try Self.text("templates/Jenkinsfile")
        #expect(jenkins.contains("if (status == 69 || status == 75) {") && jenkins.contains("if (status == 5) {"))
    }

    @Test("the files are kept whatever the status is, the hidden folder too") func artefacts() throws {
        let steps = try #require(try Self.template("github/action.yml")["runs"]?["steps"]?.items)
        let check = try #require(steps.firstIndex { $0["id"]?.text == "check" })
        let upload = try #require(
            steps.firstIndex { $0["uses"]?.text?.hasPrefix("actions/upload-artifact@") == true })
        #expect(check < upload)
        #expect(steps[upload]["if"]?.text?.contains("!cancelled()") == true)
        #expect(steps[upload]["with"]?["path"]?.text == ".chimera-gate")
        #expect(steps[upload]["with"]?["include-hidden-files"]?.text == "true")
        let kept = try #require(try Self.template("templates/gitlab-ci.yml")["chimera-gate"]?["artifacts"])
        #expect(kept["when"]?.text == "always")
        #expect(kept["reports"]?["junit"]?.text == ".chimera-gate/junit.xml")
        #expect(kept["reports"]?["metrics"]?.text == ".chimera-gate/metrics.txt")
        let buildkite = try #require(try Self.template("templates/buildkite.yml")["steps"]?.items?.first)
        #expect(buildkite["artifact_paths"]?.text == ".chimera-gate/**/*")
        #expect(try Self.text("templates/Jenkinsfile").contains("archiveArtifacts artifacts: '.chimera-gate/**'"))
        let azure = try Self.azureSteps().suffix(2)
        #expect(azure.map { $0["condition"]?.text } == ["succeededOrFailed()", "succeededOrFailed()"])
        #expect(azure.first?["inputs"]?["testResultsFiles"]?.text == ".chimera-gate/junit.xml")
        #expect(azure.first?["inputs"]?["failTaskOnFailedTests"]?.text == "false")
        #expect(azure.last?["publish"]?.text == ".chimera-gate")
        let circle = try Self.circleSteps().suffix(3)
        #expect(circle.first?["run"]?["when"]?.text == "always")
        #expect(circle.dropFirst().first?["store_test_results"]?["path"]?.text == "chimera-gate-results/tests")
        #expect(circle.last?["store_artifacts"]?["path"]?.text == "chimera-gate-results/session")
    }

    @Test("the Jenkinsfile closes what it opens, and has what a declarative pipeline must have") func jenkinsfile()
        throws
    {
        var text = try Self.text("templates/Jenkinsfile")
        text.replace(#/'''[\s\S]*?'''/#, with: "''")
        text.replace(#/(?m)^\s*\/\/.*$/#, with: "")
        text.replace(#/'[^'\n]*'|"[^"\n]*"/#, with: "''")
        #expect(!text.contains("\"") && text.count { $0 == "'" } % 2 == 0)
        var open: [Character] = []
        let pairs: [Character: Character] = ["}": "{", ")": "(", "]": "["]
        for character in text {
            if pairs.values.contains(character) { open.append(character) }
            guard let start = pairs[character] else { continue }
            #expect(open.popLast() == start)
        }
        #expect(open.isEmpty)
        for block in ["pipeline {", "agent {", "stages {", "steps {", "post {", "always {"] {
            #expect(text.contains(block), "\(block)")
        }
    }
}

/// The script of the action, with a program in the place of chimera-gate that ends as it is told.
@Suite("The step of GitHub's action") struct ActionStepTests {
    /// - Parameter statuses: of one call after the other.
    private func run(_ statuses: String, _ inputs: [String: String] = [:]) throws -> (status: Int32?, calls: [String]) {
        let gate = try StandInGate(at: "gate")
        let program = ["GATE_BINARY": gate.folder.url.appending(path: "gate").path]
        let ended = try gate.bash(
            [SharedData.packageRoot.appending(path: "ci/github/check").path], statuses: statuses,
            environment: program.merging(inputs) { $1 })
        return (ended.status, ended.calls)
    }

    @Test("calls the check with the inputs that are given, each as one argument") func arguments() throws {
        #expect(try run("0").calls == ["check --ci github"])
        let given = try run(
            "0", ["GATE_MACHINE_CLASS": "$(touch owned) a", "GATE_CONFIG": "gate.yml", "GATE_BASE_REF": ""])
        #expect(given.calls == ["check --ci github --config=gate.yml --machine-class=$(touch owned) a"])
        #expect(given.status == 0)
    }

    @Test("tries again what may be over by then, as often as it is told, and nothing else") func attempts() throws {
        let forgiving = ["GATE_SOFT_FAIL": "5"]
        #expect(try run("69 0", forgiving).status == 0)
        #expect(try run("75 69 0", forgiving) == (69, ["check --ci github", "check --ci github"]))
        #expect(try run("75 69 0", ["GATE_ATTEMPTS": "3"]).status == 0)
        #expect(try run("69 0", ["GATE_ATTEMPTS": "1"]).status == 69)
        for status: Int32 in [1, 3, 6, 7, 65, 78] {
            #expect(try run("\(status) 0", forgiving) == (status, ["check --ci github"]))
        }
    }

    @Test("forgives the statuses that it is told, and no others") func softFail() throws {
        #expect(try run("5", ["GATE_SOFT_FAIL": "5"]).status == 0)
        #expect(try run("5", ["GATE_SOFT_FAIL": ""]).status == 5)
        #expect(try run("6", ["GATE_SOFT_FAIL": "5 06"]).status == 0)
        #expect(try run("1", ["GATE_SOFT_FAIL": "5 6"]).status == 1)
        #expect(try run("0", ["GATE_SOFT_FAIL": "true"]) == (64, []))
    }
}
