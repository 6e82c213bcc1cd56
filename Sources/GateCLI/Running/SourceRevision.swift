import GateProcess

/// Which revision of the team's code is being measured, as git and the pipeline tell.
struct SourceRevision: Equatable {
    var commit: String?
    var isDirty: Bool?
    var ref: String?

    /// Where pipelines name the branch or merge reference.
    private static let refVariables = [
        "GITHUB_REF", "CI_COMMIT_REF_NAME", "BRANCH_NAME", "BUILDKITE_BRANCH", "BUILD_SOURCEBRANCH", "CIRCLE_BRANCH",
    ]

    /// Asks git in the current folder; outside a repository, or without git, everything is nil.
    static func read() -> SourceRevision {
        let commit = git(["rev-parse", "HEAD"])
        let isKnown = commit?.utf8.count == 40 || commit?.utf8.count == 64
        return SourceRevision(
            commit: isKnown ? commit : nil,
            isDirty: isKnown ? git(["status", "--porcelain", "--untracked-files=no"]).map { !$0.isEmpty } : nil,
            ref: refVariables.lazy.compactMap(variable).first { !$0.isEmpty }
                ?? (isKnown ? git(["symbolic-ref", "--quiet", "--short", "HEAD"]) : nil))
    }

    /// Who approves, as git knows them; nil where it does not.
    static func approver() -> String? {
        if let actor = variable("GITHUB_ACTOR") ?? variable("GITLAB_USER_LOGIN"), !actor.isEmpty { return actor }
        guard let email = git(["config", "user.email"]), !email.isEmpty else { return nil }
        return email
    }

    private static func git(_ arguments: [String]) -> String? {
        guard
            let result = try? ChildProcess.capture(
                command: ["git"] + arguments, limit: 4 << 20, timeoutSeconds: 20), result.status.isSuccess
        else { return nil }
        let text = String(decoding: result.output, as: UTF8.self)
        return text.last == "\n" ? String(text.dropLast()) : text
    }
}
