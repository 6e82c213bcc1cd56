import GateCore

/// From the calls of a run to their stages.
///
/// What nothing names is of the one stage ``GateCore/StageName/calls``, not of a stage by its number: when an agent makes
/// another number of calls, the seventh is another one than before, while all of them together stay what they were.
struct CallStages {
    private let rules: [Rule]

    private struct Rule {
        let name: StageName
        let fits: (_ number: Int, SeenCall) -> Bool
    }

    init(_ rules: [StageRule]) {
        self.rules = rules.map { rule in
            let fits: (Int, SeenCall) -> Bool =
                switch rule.match {
                case .order(let number): { order, _ in order == number }
                case .header(let value): { _, call in call.stageHeader == value }
                case .model(let model): { _, call in call.model == model }
                case .prompt(let pattern):
                    if let expression = try? Regex(pattern) {
                        // `^` is the beginning of a message; an expression may span several, too.
                        { _, call in
                            (call.texts + [call.texts.joined(separator: "\n")]).contains {
                                $0.firstMatch(of: expression) != nil
                            }
                        }
                    } else {
                        { _, _ in false }
                    }
                }
            return Rule(name: rule.name, fits: fits)
        }
    }

    /// The stage of each call, in the order of the calls: that of the first rule that fits, else the one that the call's
    /// header names, else that of all others.
    func names(of calls: [SeenCall]) -> [StageName] {
        calls.enumerated().map { index, call in
            rules.first { $0.fits(index + 1, call) }?.name ?? CallStages.named(call.stageHeader) ?? .calls
        }
    }

    /// Values of the header that name no stage, because no stage can be called so; each once, sorted.
    func refused(of calls: [SeenCall]) -> [String] {
        let unruled = calls.enumerated().filter { index, call in !rules.contains { $0.fits(index + 1, call) } }
        let values = unruled.compactMap(\.element.stageHeader).filter { CallStages.named($0) == nil }
        return Set(values).sorted()
    }

    /// A header whose value is no name of a stage names none.
    private static func named(_ value: String?) -> StageName? {
        guard let value, SafeName.isValid(value) else { return nil }
        let name = StageName(rawValue: value)
        return StageRule.reservedNames.contains(name) ? nil : name
    }
}
