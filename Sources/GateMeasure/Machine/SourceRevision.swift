import GateProcess

/// Which revision of the team's code is being measured, as git and the pipeline tell.
package struct SourceRevision: Equatable {
    package var commit: String?
    package var isDirty: Bool?
    var ref: String?

    /// Where pipelines name the branch or merge reference.
    private static let refVariables = [
        "GITHUB_REF", "CI_COMMIT_REF_NAME", "BRANCH_NAME", "BUILDKITE_BRANCH", "BUILD_SOURCEBRANCH", "CIRCLE_BRANCH",
    ]

    /// Asks git in the current folder; outside a repository, or without git, everything is nil.
    package static func read() -> SourceRevision {
        var revision = reported() ?? SourceRevision(commit: commit(git(["rev-parse", "HEAD"])))
        if let ref = refVariables.lazy.compactMap(InheritedEnvironment.value).first(where: { !$0.isEmpty }) {
            revision.ref = ref
        }
        return revision
    }

    /// All of it by one call of git; nil outside of a work tree, and where there is more to say than we read.
    private static func reported() -> SourceRevision? {
        let status = git(question)
        return status.map(SourceRevision.init(status:))
    }

    /// What git is asked. What is approved on the way is nothing that was measured.
    static let question = [
        "status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--untracked-files=no", "--", ":(top)",
        ":(top,exclude,glob)**/Baselines/**",
    ]

    /// Reads the output of `git status --porcelain=v2 --branch` (git-status(1)).
    init(status: String) {
        var headers: [Substring: Substring] = [:]
        var hasChanges = false
        for line in status.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2)
            if words.count == 3, words[0] == "#" { headers[words[1]] = words[2] } else { hasChanges = true }
        }
        commit = headers["branch.oid"].map(String.init).flatMap(SourceRevision.commit)
        isDirty = commit == nil ? nil : hasChanges
        ref = commit == nil ? nil : headers["branch.head"].map(String.init).flatMap { $0 == "(detached)" ? nil : $0 }
    }

    package init(commit: String? = nil, isDirty: Bool? = nil, ref: String? = nil) {
        (self.commit, self.isDirty, self.ref) = (commit, isDirty, ref)
    }

    private static func commit(_ text: String?) -> String? {
        guard let text, [40, 64].contains(text.utf8.count) else { return nil }
        return text
    }

    /// Who approves, as git knows them; nil where it does not.
    package static func approver() -> String? {
        let actors = ["GITHUB_ACTOR", "GITLAB_USER_LOGIN"].lazy.compactMap(InheritedEnvironment.value)
        if let actor = actors.first, !actor.isEmpty { return actor }
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
