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
        var followed = ConfigurationFaults.together(draft, flags, environment)
        // Where a value was refused, its absence is no second fault.
        followed.removeAll { problem in read.contains { problem.follows($0) } }
        problems = ConfigurationError(read + followed).problems
        warnings = draft.qualitySettings(fallback: nil).expiryWarnings(on: day)
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
    /// Whether it would not be there without the other one: below a mapping that is none, or of a value that was refused.
    fileprivate func follows(_ other: ConfigurationProblem) -> Bool {
        !other.isUnknownKey && (key == other.key || key.hasPrefix("\(other.key)."))
    }
}
