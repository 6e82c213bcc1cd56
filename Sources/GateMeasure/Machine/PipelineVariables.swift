public import GateCore
import GateJSON

/// Reads of a pipeline's variables which job this is. Their names are those of each platform's own documentation.
public struct PipelineVariables {
    let variables: [String: String]
    /// Reads a file that a variable names; nil where that cannot be.
    let text: (String) -> String?

    public init(_ variables: [String: String]) { self.init(variables: variables, text: SystemFile.text) }

    init(variables: [String: String], text: @escaping (String) -> String?) {
        self.variables = variables
        self.text = text
    }

    /// Whose pipeline it is; nil outside of one that we know.
    public var platform: PipelineJob.Platform? {
        if value("GITHUB_ACTIONS") == "true" { return .github }
        if value("GITLAB_CI") == "true" { return .gitlab }
        if value("BUILDKITE") == "true" { return .buildkite }
        if value("TF_BUILD")?.lowercased() == "true" { return .azure }
        if value("CIRCLECI") == "true" { return .circleci }
        return value("JENKINS_URL") == nil ? nil : .jenkins
    }

    /// nil outside of a pipeline that we know.
    var job: PipelineJob? {
        switch platform {
        case .github: github
        case .gitlab: gitlab
        case .buildkite: buildkite
        case .azure: azure
        case .circleci: circleci
        case .jenkins: jenkins
        case nil: nil
        }
    }

    /// Where the platform shows the files of the revision that is checked out; nil where we know no addresses of lines.
    public var repository: PublishedRepository? {
        func clone(_ name: String) -> PublishedRepository? { value(name).flatMap { PublishedRepository(clone: $0) } }
        switch platform {
        case .github:
            guard let server = value("GITHUB_SERVER_URL"), let path = value("GITHUB_REPOSITORY") else { return nil }
            return PublishedRepository(host: .github, address: "\(server)/\(path)")
        case .gitlab: return value("CI_PROJECT_URL").flatMap { PublishedRepository(host: .gitlab, address: $0) }
        case .azure:
            guard value("BUILD_REPOSITORY_PROVIDER") == "TfsGit" else { return clone("BUILD_REPOSITORY_URI") }
            return value("BUILD_REPOSITORY_URI").flatMap { PublishedRepository(host: .azure, address: $0) }
        case .buildkite: return clone("BUILDKITE_REPO")
        case .circleci: return clone("CIRCLE_REPOSITORY_URL")
        case .jenkins: return clone("GIT_URL")
        case nil: return nil
        }
    }

    /// The branch that a pull request goes into, and the variable that says so; nil where none does.
    public var target: (variable: String, branch: String)? {
        for variable in PipelineVariables.targets {
            guard let value = value(variable), value != "false" else { continue }
            let branch = value.hasPrefix("refs/heads/") ? String(value.dropFirst("refs/heads/".count)) : value
            return (variable, branch)
        }
        return nil
    }

    /// Of GitHub, GitLab, Jenkins, Buildkite, Azure and Bitbucket.
    private static let targets = [
        "GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CHANGE_TARGET",
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH", "SYSTEM_PULLREQUEST_TARGETBRANCH", "BITBUCKET_PR_DESTINATION_BRANCH",
    ]

    private func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

    private func number(_ name: String) -> Int? { value(name).flatMap { Int($0) } }

    private func job(_ names: String...) -> String { names.compactMap(value).joined(separator: "/") }

    /// Only its event says what a pull request's own commit is: the one that is checked out is a merge.
    private var github: PipelineJob {
        let event = value("GITHUB_EVENT_PATH").flatMap(text).flatMap { try? JSONValue.parse(Array($0.utf8)) }
        let pull = event?["pull_request"]
        let repositories = (pull?["head"]?["repo"]?["full_name"]?.string, pull?["base"]?["repo"]?["full_name"]?.string)
        let isFork: Bool? =
            if case (let head?, let base?) = repositories { head != base } else { nil }
        return PipelineJob(
            platform: .github, job: job("GITHUB_RUN_ID", "GITHUB_JOB"), attempt: number("GITHUB_RUN_ATTEMPT"),
            pullRequest: pull?["number"]?.int.map(String.init), head: pull?["head"]?["sha"]?.string, isFork: isFork,
            target: target?.branch)
    }

    /// It counts no attempts.
    private var gitlab: PipelineJob {
        let projects = (value("CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"), value("CI_MERGE_REQUEST_PROJECT_PATH"))
        let isFork: Bool? =
            if case (let source?, let target?) = projects { source != target } else { nil }
        return PipelineJob(
            platform: .gitlab, job: job("CI_PIPELINE_ID", "CI_JOB_NAME"), pullRequest: value("CI_MERGE_REQUEST_IID"),
            head: value("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"), isFork: isFork, target: target?.branch)
    }

    private var jenkins: PipelineJob {
        PipelineJob(
            platform: .jenkins, job: job("JOB_NAME", "BUILD_NUMBER"), pullRequest: value("CHANGE_ID"),
            isFork: value("CHANGE_ID") == nil ? nil : value("CHANGE_FORK") != nil, target: target?.branch)
    }

    private var buildkite: PipelineJob {
        let pull = value("BUILDKITE_PULL_REQUEST").flatMap { $0 == "false" ? nil : $0 }
        let repositories = (value("BUILDKITE_PULL_REQUEST_REPO"), value("BUILDKITE_REPO"))
        let isFork: Bool? =
            if pull != nil, case (let source?, let target?) = repositories {
                PipelineVariables.path(source) != PipelineVariables.path(target)
            } else {
                nil
            }
        return PipelineJob(
            platform: .buildkite, job: job("BUILDKITE_BUILD_ID", "BUILDKITE_STEP_ID"),
            attempt: number("BUILDKITE_RETRY_COUNT").map { $0 + 1 }, pullRequest: pull, isFork: isFork,
            target: pull == nil ? nil : target?.branch)
    }

    private var azure: PipelineJob {
        PipelineJob(
            platform: .azure, job: job("BUILD_BUILDID", "SYSTEM_PHASENAME", "SYSTEM_JOBNAME"),
            attempt: number("SYSTEM_JOBATTEMPT"),
            pullRequest: value("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER") ?? value("SYSTEM_PULLREQUEST_PULLREQUESTID"),
            head: value("SYSTEM_PULLREQUEST_SOURCECOMMITID"),
            isFork: value("SYSTEM_PULLREQUEST_ISFORK").map { $0.lowercased() == "true" }, target: target?.branch)
    }

    /// It counts no attempts.
    private var circleci: PipelineJob {
        let pull = value("CIRCLE_PULL_REQUEST")?.split(separator: "/").last.map(String.init)
        return PipelineJob(
            platform: .circleci, job: job("CIRCLE_WORKFLOW_ID", "CIRCLE_JOB"), pullRequest: pull,
            isFork: pull == nil ? nil : value("CIRCLE_PR_REPONAME") != nil)
    }

    /// `team/agent` of `https://host/team/agent.git` and of `git@host:team/agent.git`.
    private static func path(_ url: String) -> Substring {
        let path = url.split { $0 == "/" || $0 == ":" }.suffix(2).joined(separator: "/")[...]
        return path.hasSuffix(".git") ? path.dropLast(4) : path
    }
}
