import GateCore
import GateStream

extension MeasuredArm {
    /// Which model a command's calls ask for, where the configuration names none and the server told none by itself; nil
    /// once that is known.
    func modelOfCalls(in session: Session) -> ModelIdentity? {
        let known = arm == .base ? session.base?.model : session.model
        guard command != nil, known?.name.isEmpty == true,
            let asked = session.runs.filter({ $0.arm == arm }).flatMap(\.stages).flatMap(\.exchanges)
                .compactMap({ $0.request?.model }).first
        else { return nil }
        var agent = configuration.agent
        agent.model = asked
        let token = try? BearerToken.read(for: configuration.server)
        let client = try? ModelClient(server: configuration.server, agent: agent, token: token)
        return (try? client?.identify())?.model ?? ModelIdentity(name: asked)
    }
}

extension Session {
    /// What can be said once the last run is made.
    var closingWarnings: [Warning] {
        [uncountedTokens, leftBehindWarning, priceWarning].compactMap(\.self)
    }

    private var leftBehindWarning: Warning? {
        let runs = runs.filter { ($0.command?.leftBehind ?? 0) > 0 }
        guard let first = runs.first?.command else { return nil }
        return Warning(
            "the command left processes running in \(DisplayFormat.count(runs.count, "run"))"
                + " (\(first.leftBehind) in the first of them); they were ended",
            remedy: "Let it end what it starts: what runs on after it is in no figure.")
    }

    private var priceWarning: Warning? {
        let models = modelsWithoutPrice
        guard !models.isEmpty else { return nil }
        return Warning(
            "there is no cost: \(models.joined(separator: ", ")) has no price",
            remedy: "Add it below 'prices', by the name that the calls have.")
    }
}
