package import GateCore

/// Everything that is wrong with a file, and what it would be used as.
package struct ConfigurationFaults {
    /// In the order of the lines.
    package let problems: [ConfigurationProblem]
    package let warnings: [Warning]

    /// - Parameters:
    ///   - path: what the faults name.
    ///   - flags: what the calls that use the file say beside it, as a model.
    ///   - day: `2026-11-25`; a finding that is allowed until an earlier day has no effect any more.
    package init(
        of bytes: [UInt8], path: String, flags: ConfigurationFlags = ConfigurationFlags(),
        environment: [String: String], day: String
    ) {
        var read: [ConfigurationProblem] = []
        let draft = ConfigurationFile.read(bytes, path: path, &read)
        guard let draft else {
            problems = read
            warnings = []
            return
        }
        var followed = ConfigurationFaults.ofAllWorkloads(draft, flags, environment)
        // Where a value was refused, its absence is no second fault.
        followed.removeAll { problem in read.contains { problem.follows($0) } }
        problems = ConfigurationError(read + followed).problems
        warnings = draft.qualitySettings(fallback: nil).expiryWarnings(on: day)
    }

    /// What is wrong in each of several workloads, by the path of its key; once, where it is wrong in all of them.
    private static func ofAllWorkloads(
        _ draft: ConfigurationDraft, _ flags: ConfigurationFlags, _ environment: [String: String]
    ) -> [ConfigurationProblem] {
        let names = draft.workloadNames
        guard !names.isEmpty else { return together(draft, flags, environment) }
        let found = names.map { name in (name, problems: together(draft.named(name), flags, environment)) }
        let shared = (found.first?.problems ?? []).filter { problem in
            let isAbove = names.allSatisfy { draft.named($0).isShared(problem.key) }
            return (isAbove || names.count > 1) && found.allSatisfy { $0.problems.contains(problem) }
        }
        return shared
            + found.flatMap { name, problems in
                problems.filter { !shared.contains($0) }.map {
                    $0.below("workloads.\(name)", at: draft.origin(ofWorkload: name))
                }
            }
    }

    /// What is wrong with values that are right one by one.
    private static func together(
        _ draft: ConfigurationDraft, _ flags: ConfigurationFlags, _ environment: [String: String]
    ) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        _ = draft.overlaid(with: flags, &problems).resolved(environment: environment, &problems)
        guard draft.namesBaseServer else { return problems }
        do throws(ConfigurationError) {
            _ = try draft.resolvedBase(head: draft, flags: flags, serverURL: nil, environment: environment)
        } catch {
            problems += error.problems.filter { !problems.contains($0) }
        }
        return problems
    }
}

extension ConfigurationError {
    /// None for a file that cannot be read at all.
    var problems: [ConfigurationProblem] {
        if case .invalid(let problems) = self { problems } else { [] }
    }
}

extension ConfigurationProblem {
    /// The same of a key below another one.
    ///
    /// - Parameter place: where that stands, for what has no line of its own.
    fileprivate func below(_ above: String, at place: ConfigurationOrigin?) -> ConfigurationProblem {
        let origin =
            switch origin {
            case .nowhere, .wholeFile: place ?? origin
            case .file, .flag, .environment: origin
            }
        return ConfigurationProblem(
            origin: origin, key: key.isEmpty ? above : "\(above).\(key)", message: message, isUnknownKey: isUnknownKey)
    }

    /// Whether it would not be there without the other one: below a mapping that is none, or of a value that was refused.
    fileprivate func follows(_ other: ConfigurationProblem) -> Bool {
        !other.isUnknownKey && (key == other.key || key.hasPrefix("\(other.key)."))
    }
}
