/// The job of a pipeline that measured a session, as its variables tell.
public struct PipelineJob: Codable, Sendable, Equatable {
    /// Whose pipelines.
    public enum Platform: String, Codable, Sendable, CaseIterable {
        case github
        case gitlab
        case jenkins
        case buildkite
        case azure
        case circleci

        /// As its makers write it.
        public var words: String {
            switch self {
            case .github: "GitHub"
            case .gitlab: "GitLab"
            case .jenkins: "Jenkins"
            case .buildkite: "Buildkite"
            case .azure: "Azure"
            case .circleci: "CircleCI"
            }
        }
    }

    public let platform: Platform
    /// The same for every attempt of one job, and of no other job: the pipeline's number and the job's name.
    public let job: String
    /// 1 for the first; nil where the platform does not count them.
    public let attempt: Int?
    /// The number of the pull request, as the platform writes it; nil outside of one.
    public let pullRequest: String?
    /// The last commit of the pull request, hexadecimal, where another one is checked out: their merge. nil elsewhere.
    public let head: String?
    /// True for a pull request out of another repository; nil where that is not told.
    public let isFork: Bool?
    /// The branch that the pull request goes into; nil outside of one, where the platform does not tell it, and in sessions
    /// of before it was kept.
    public let target: String?

    public init(
        platform: Platform, job: String, attempt: Int? = nil, pullRequest: String? = nil, head: String? = nil,
        isFork: Bool? = nil, target: String? = nil
    ) {
        self.platform = platform
        self.job = job
        self.attempt = attempt
        self.pullRequest = pullRequest
        self.head = head
        self.isFork = isFork
        self.target = target
    }

    /// `GitHub 4711/gate, attempt 2, pull request 17 of a fork`
    public var words: String {
        "\(platform.words) \(job)" + (attempt.map { ", attempt \($0)" } ?? "")
            + (pullRequest.map { ", pull request \($0)" } ?? "") + (isFork == true ? " of a fork" : "")
            + (target.map { " into \($0)" } ?? "")
    }

    /// True where the other is an attempt of the same job before this one.
    public func isLaterAttempt(of other: PipelineJob) -> Bool {
        guard let attempt, let before = other.attempt else { return false }
        return platform == other.platform && job == other.job && before < attempt
    }
}
