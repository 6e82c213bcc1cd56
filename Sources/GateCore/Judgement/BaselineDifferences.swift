/// What changed between the baseline and the session besides the code: a gate that hides this compares machines.
public enum BaselineDifferences {
    /// One difference: what, then the baseline's value and the session's.
    public struct Difference: Sendable, Equatable {
        public let what: String
        public let baseline: String
        public let session: String
    }

    /// Differences of machine, server, model, agent and corpus from the latest approved session.
    public static func list(session: Session, baseline: Baseline) -> [Difference] {
        guard let approved = baseline.sessions.last else { return [] }
        var differences: [Difference] = []
        func compare(_ what: String, _ before: String?, _ now: String?) {
            guard before != now else { return }
            differences.append(Difference(what: what, baseline: before ?? "not set", session: now ?? "not set"))
        }
        let before = approved.environment
        let now = session.environment
        compare("CPU", before.cpuModel, now.cpuModel)
        compare("CPU count", "\(before.cpuCount)", "\(now.cpuCount)")
        compare("architecture", before.architecture, now.architecture)
        compare("server", approved.server.product, session.server.product)
        compare("server version", approved.server.version, session.server.version)
        compare("API", approved.server.api.rawValue, session.server.api.rawValue)
        compare("model", approved.model.name, session.model.name)
        compare("model digest", approved.model.digest, session.model.digest)
        compare("quantization", approved.model.quantization, session.model.quantization)
        compare("corpus", String(approved.corpus.sha256.prefix(12)), String(session.corpus.sha256.prefix(12)))
        let agent = session.configuration.agent
        compare("num_gpu", approved.agent.numGpu.map(String.init), agent.numGpu.map(String.init))
        compare("num_ctx", approved.agent.numCtx.map(String.init), agent.numCtx.map(String.init))
        compare("max_tokens", "\(approved.agent.maxTokens)", "\(agent.maxTokens)")
        compare("temperature", approved.agent.temperature.map { "\($0)" }, agent.temperature.map { "\($0)" })
        compare("top_p", approved.agent.topP.map { "\($0)" }, agent.topP.map { "\($0)" })
        compare("top_k", approved.agent.topK.map(String.init), agent.topK.map(String.init))
        compare("repeat_penalty", approved.agent.repeatPenalty.map { "\($0)" }, agent.repeatPenalty.map { "\($0)" })
        compare("seed", approved.agent.seed.map(String.init), agent.seed.map(String.init))
        compare("load", approved.load?.words, session.configuration.load?.words)
        return differences
    }

    static func warnings(session: Session, baseline: Baseline) -> [Warning] {
        list(session: session, baseline: baseline).map { difference in
            Warning(
                "\(difference.what) differs from the baseline: \(difference.baseline) there, \(difference.session) here",
                remedy: "If that is what the change is about, approve a new baseline; if not, make both the same.")
        }
    }
}
