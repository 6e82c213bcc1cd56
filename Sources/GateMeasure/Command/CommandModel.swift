import GateCore
import GateStream

extension MeasuredArm {
    /// Which model a command's calls ask for, where the configuration names none and the server told none by itself; nil
    /// once that is known.
    func modelOfCalls(in session: Session) -> ModelIdentity? {
        let known = arm == .base ? session.base?.model : session.model
        guard command != nil, known?.name.isEmpty == true,
            let asked = session.runs.filter({ $0.arm == arm }).flatMap(\.stages).flatMap(\.exchanges)
                .compactMap(\.request).mainModel
        else { return nil }
        var agent = configuration.agent
        agent.model = asked
        let token = try? BearerToken.read(for: configuration.server)
        let client = try? ModelClient(server: configuration.server, agent: agent, token: token)
        return (try? client?.identify())?.model ?? ModelIdentity(name: asked)
    }
}

extension [AskedRequest] {
    /// The first model that is asked for text, else the first that is asked for anything.
    var mainModel: String? { first { $0.isGeneration && $0.model != nil }?.model ?? lazy.compactMap(\.model).first }
}

extension Session {
    /// What can be said once the last run is made.
    var closingWarnings: [Warning] {
        [uncountedTokens, leftBehindWarning, priceWarning, reportsBesideWarning].compactMap(\.self) + stageWarnings
    }

    /// What was to name calls and named none.
    var stageWarnings: [Warning] {
        let silent = silentStageRules.map { rule in
            Warning(
                "no call was of the stage '\(rule.name)': its rule (\(rule.match)) fits none",
                remedy: "Mend the rule in command.stages, or take it out; nothing of the stage is measured.")
        }
        let refused = Set(runs.compactMap(\.command?.refusedStages).joined()).sorted()
        guard !refused.isEmpty, let header = configuration.command?.stageHeader else { return silent }
        let names = refused.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
        return silent + [
            Warning(
                "the header \(header) said what no stage can be called: \(names)\(refused.count > 4 ? ", …" : "");"
                    + " the calls are in '\(StageName.calls)'",
                remedy: "A stage's name has \(SafeName.rule), and is none of"
                    + " \(StageRule.reservedNames.map(\.rawValue).joined(separator: ", ")).")
        ]
    }

    private var leftBehindWarning: Warning? {
        let runs = runs.filter { ($0.command?.leftBehind ?? 0) > 0 }
        guard let first = runs.first?.command else { return nil }
        return Warning(
            "the command left processes running in \(DisplayFormat.count(runs.count, "run"))"
                + " (\(first.leftBehind) in the first of them); they were ended",
            remedy: "Let it end what it starts: what runs on after it is in no figure.")
    }

    private var reportsBesideWarning: Warning? {
        guard let first = runs.first(where: { $0.command?.reportsBeside != nil }), let command = first.command,
            let others = command.reportsBeside, let source = command.reportSource
        else { return nil }
        return Warning(
            "command.report names \(DisplayFormat.count(others, "file")) more that run \(first.index) wrote; only the latest is"
                + " judged: \(source)",
            remedy: "Name the one report, or a pattern that the others do not fit.")
    }

    private var countWarning: Warning? {
        let models = modelsNotCounted
        guard !models.isEmpty else { return nil }
        return Warning(
            "the cost leaves out what the server did not count: it said no tokens for \(models.joined(separator: ", "))",
            remedy:
                "Let the server say them (usage), or take the price out, so that nobody takes the cost for all of it.")
    }

    private var priceWarning: Warning? {
        let models = modelsWithoutPrice
        guard !models.isEmpty else {
            let others = modelsLeftOutOfCost
            guard !others.isEmpty else { return countWarning }
            return Warning(
                "the cost leaves out what has no price: \(others.joined(separator: ", "))",
                remedy: "Add it below 'prices', by the name that the calls have.")
        }
        return Warning(
            "there is no cost: \(models.joined(separator: ", ")) has no price",
            remedy: "Add it below 'prices', by the name that the calls have.")
    }
}
