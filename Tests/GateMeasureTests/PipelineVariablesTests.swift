import GateCore
import Testing

@testable import GateMeasure

@Suite("The job of a pipeline")
struct PipelineVariablesTests {
    private func job(_ variables: [String: String], event: String? = nil) -> PipelineJob? {
        PipelineVariables(variables: variables, text: { $0 == "event.json" ? event : nil }).job
    }

    @Test("is none outside of one")
    func none() {
        #expect(job(["PATH": "/bin", "GITHUB_ACTIONS": "", "CI": "true"]) == nil)
    }

    @Test("of GitHub has its attempt, and of its event the pull request's own commit and whether it is a fork's")
    func github() {
        let variables = [
            "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "4711", "GITHUB_JOB": "gate", "GITHUB_RUN_ATTEMPT": "2",
            "GITHUB_EVENT_PATH": "event.json", "GITHUB_BASE_REF": "main",
        ]
        let event = { (repository: String) in
            """
            {"pull_request": {"number": 17, "head": {"sha": "0a1b", "repo": {"full_name": "\(repository)"}},
             "base": {"sha": "ffff", "repo": {"full_name": "team/agent"}}}}
            """
        }
        let fork = job(variables, event: event("guest/agent"))
        #expect(
            fork
                == PipelineJob(
                    platform: .github, job: "4711/gate", attempt: 2, pullRequest: "17", head: "0a1b", isFork: true,
                    target: "main"))
        #expect(fork?.words == "GitHub 4711/gate, attempt 2, pull request 17 of a fork into main")
        #expect(job(variables, event: event("team/agent"))?.isFork == false)
        #expect(
            job(variables.filter { $0.key != "GITHUB_BASE_REF" }, event: #"{"ref": "refs/heads/main"}"#)
                == PipelineJob(platform: .github, job: "4711/gate", attempt: 2))
        #expect(job(variables, event: nil)?.words == "GitHub 4711/gate, attempt 2 into main")
    }

    @Test(
        "of each other platform is read from its own variables",
        arguments: [
            (
                [
                    "GITLAB_CI": "true", "CI_PIPELINE_ID": "9", "CI_JOB_NAME": "gate", "CI_MERGE_REQUEST_IID": "3",
                    "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH": "guest/agent", "CI_MERGE_REQUEST_PROJECT_PATH": "t/agent",
                    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "release/1",
                ], PipelineJob(platform: .gitlab, job: "9/gate", pullRequest: "3", isFork: true, target: "release/1")
            ),
            (
                [
                    "JENKINS_URL": "http://ci", "JOB_NAME": "agent/PR-5", "BUILD_NUMBER": "12", "CHANGE_ID": "5",
                ], PipelineJob(platform: .jenkins, job: "agent/PR-5/12", pullRequest: "5", isFork: false)
            ),
            (
                [
                    "BUILDKITE": "true", "BUILDKITE_BUILD_ID": "b", "BUILDKITE_STEP_ID": "s",
                    "BUILDKITE_RETRY_COUNT": "1", "BUILDKITE_PULL_REQUEST": "8",
                    "BUILDKITE_PULL_REQUEST_REPO": "https://host.test/team/agent.git",
                    "BUILDKITE_REPO": "git@host.test:team/agent.git",
                ], PipelineJob(platform: .buildkite, job: "b/s", attempt: 2, pullRequest: "8", isFork: false)
            ),
            (
                ["BUILDKITE": "true", "BUILDKITE_BUILD_ID": "b", "BUILDKITE_PULL_REQUEST": "false"],
                PipelineJob(platform: .buildkite, job: "b")
            ),
            (
                [
                    "TF_BUILD": "True", "BUILD_BUILDID": "77", "SYSTEM_JOBNAME": "gate", "SYSTEM_JOBATTEMPT": "3",
                    "SYSTEM_PULLREQUEST_PULLREQUESTID": "6", "SYSTEM_PULLREQUEST_ISFORK": "False",
                    "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
                ],
                PipelineJob(
                    platform: .azure, job: "77/gate", attempt: 3, pullRequest: "6", isFork: false, target: "main")
            ),
            (
                [
                    "CIRCLECI": "true", "CIRCLE_WORKFLOW_ID": "w", "CIRCLE_JOB": "gate",
                    "CIRCLE_PULL_REQUEST": "https://host.test/team/agent/pull/21", "CIRCLE_PR_REPONAME": "agent",
                ], PipelineJob(platform: .circleci, job: "w/gate", pullRequest: "21", isFork: true)
            ),
        ])
    func others(variables: [String: String], expected: PipelineJob) { #expect(job(variables) == expected) }

    @Test("goes into the branch that the platform names, wherever that is told; 'false' is none")
    func target() {
        let target = { (variables: [String: String]) in PipelineVariables(variables).target }
        #expect(target(["CHANGE_TARGET": "main"])?.branch == "main")
        #expect(target(["CHANGE_TARGET": "main"])?.variable == "CHANGE_TARGET")
        #expect(target(["BITBUCKET_PR_DESTINATION_BRANCH": "refs/heads/a/b"])?.branch == "a/b")
        #expect(target(["BUILDKITE_PULL_REQUEST_BASE_BRANCH": "false", "GITHUB_BASE_REF": ""])?.branch == nil)
    }

    @Test("is a later attempt of one with a smaller number and the same name alone")
    func attempts() {
        let first = PipelineJob(platform: .github, job: "1/gate", attempt: 1)
        let second = PipelineJob(platform: .github, job: "1/gate", attempt: 2)
        #expect(second.isLaterAttempt(of: first))
        #expect(!first.isLaterAttempt(of: second) && !first.isLaterAttempt(of: first))
        #expect(!PipelineJob(platform: .github, job: "2/gate", attempt: 2).isLaterAttempt(of: first))
        #expect(!PipelineJob(platform: .azure, job: "1/gate", attempt: 2).isLaterAttempt(of: first))
        #expect(!PipelineJob(platform: .github, job: "1/gate").isLaterAttempt(of: first))
        #expect(first.warning(pooled: 0) == nil && second.warning(pooled: 0) != nil)
    }

    @Test(
        "says where the platform shows files",
        arguments: [
            (
                [
                    "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com",
                    "GITHUB_REPOSITORY": "team/agent",
                ], "https://github.com/team/agent"
            ),
            (["GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "team/agent"], nil),
            (["GITLAB_CI": "true", "CI_PROJECT_URL": "https://git.example/a/b"], "https://git.example/a/b"),
            (
                [
                    "TF_BUILD": "True", "BUILD_REPOSITORY_PROVIDER": "TfsGit",
                    "BUILD_REPOSITORY_URI": "https://team@dev.azure.com/team/p/_git/agent",
                ], "https://dev.azure.com/team/p/_git/agent"
            ),
            (
                [
                    "TF_BUILD": "True", "BUILD_REPOSITORY_PROVIDER": "GitHub",
                    "BUILD_REPOSITORY_URI": "https://github.com/team/agent",
                ], "https://github.com/team/agent"
            ),
            (
                ["BUILDKITE": "true", "BUILDKITE_REPO": "git@github.com:team/agent.git"],
                "https://github.com/team/agent"
            ),
            (
                ["CIRCLECI": "true", "CIRCLE_REPOSITORY_URL": "git@github.com:team/agent.git"],
                "https://github.com/team/agent"
            ),
            (["JENKINS_URL": "http://ci", "GIT_URL": "https://gitlab.com/a/b.git"], "https://gitlab.com/a/b"),
            (["JENKINS_URL": "http://ci", "GIT_URL": "https://git.example/a/b.git"], nil),
            (["GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "team/agent"], nil),
        ] as [([String: String], String?)])
    func repository(_ variables: [String: String], _ address: String?) {
        #expect(PipelineVariables(variables).repository?.address == address)
    }
}
