import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateSettings
import GateVerdict

/// How `check` judges a session: by which policy, baseline and allowances, and what the change itself approves.
struct SessionJudging {
    let measuring: MeasuringOptions
    let store: BaselineStore
    /// For sessions without a base.
    let trusted: TrustedBase.Found
    let colour: ColourChoice
    let junit: JUnitOption
    let pipeline: PipelineOption.Choice

    /// - Parameter file: the configuration that the session was measured by; nil for the one that is there.
    func judged(
        _ found: Session, in directory: SessionDirectory, by file: ConfigurationDraft? = nil
    ) throws -> JudgedSession {
        var found = found
        if let warning = SessionWarnings.interruption(of: found) { found.warnings.append(warning) }
        let trusted = found.base == nil ? self.trusted.base : TrustedBase.ofPairs(found, store)
        if found.base == nil, let warning = self.trusted.warning { found.warnings.append(warning) }
        let (policy, settings) = try rules(of: &found, trusted, file ?? measuring.file.load())
        let reports = SessionQuality(session: found, directory: directory, settings: settings, day: WallClock.time.date)
            .judged()
        let approved = try approved(for: &found, trusted, keys: policy.approvalKeys)
        var measured = found.marking(reports.reports.map(\.quality))
        var judgement = Judge.judge(session: measured, against: approved, policy: policy, reports: reports)
        if policy.approvals == .inChange, judgement.overall == .regression,
            let change = trusted?.approvals(in: store)
        {
            let approvals = try change.approvals(of: measured, policy: policy)
            measured.warnings += approvals.warnings
            judgement = Judge.judge(
                session: measured, against: approved, policy: policy, reports: reports, approvals: approvals.byCheck)
        }
        return JudgedSession(
            session: measured, judgement: judgement, baseline: approved.baseline, directory: directory,
            reports: reports.reports, colour: colour, junit: junit.flavour, pipeline: pipeline,
            format: measuring.printing.format,
            links: .found(for: judgement, of: measured, in: directory.path, corpus: measuring.corpus.folder))
    }

    /// By which the session is judged; adds what the change edits of it to the session's warnings.
    private func rules(
        of session: inout Session, _ trusted: TrustedBase?, _ file: ConfigurationDraft
    ) throws -> (Policy, QualitySettings) {
        let head = file.named(session.configuration.name)
        // The session says which workload it is of.
        var flags = measuring.flags
        flags.values["name"] = nil
        // A session with a base carries the base's policy.
        guard let trusted, session.base == nil else {
            if let base = session.base { session.price(by: base) }
            return (try head.policy(of: session, flags), head.qualitySettings(of: session))
        }
        let rules = try trusted.rules(
            file: measuring.file.path ?? ConfigurationFile.defaultName, head: head, flags: flags, session: session)
        session.warnings += rules.warnings
        if let prices = rules.prices { session = session.priced(by: prices) }
        return (rules.policy, rules.quality)
    }

    private func approved(
        for session: inout Session, _ trusted: TrustedBase?, keys: [ApprovalKey]
    ) throws -> ApprovedState {
        do {
            let found: StoredBaseline?
            if let trusted {
                let ofBase = try trusted.baseline(of: session, in: store)
                session.warnings += ofBase.warnings
                found = ofBase.found
            } else {
                found = try store.read(for: session)
            }
            let earlier = found.flatMap { BaselineCheck.warning(of: $0, in: store, at: trusted?.revision) }
            session.warnings += [earlier].compactMap(\.self)
            return found.map { .counting($0, keys: keys) } ?? .nothing
        } catch {
            let unreadable = (error as? FileError).map {
                JudgementFailure(.baselineInvalid, message: $0.message, remedy: $0.remedy)
            }
            guard let unusable = (error as? BaselineError)?.failure ?? unreadable else { throw error }
            return .unusable(unusable)
        }
    }
}

extension Session {
    /// The base's prices count for both arms.
    fileprivate mutating func price(by base: BaseArm) {
        let prices = base.configuration.command?.prices ?? []
        if reprices(prices) {
            warnings.append(
                Warning(
                    "the change edits the prices of its calls; its cost is by those of \(base.revision.name ?? "the base")",
                    remedy: "Review it as a change of the gate: it takes effect after the merge."))
        }
        self = priced(by: prices)
    }
}

extension ConfigurationDraft {
    /// What a session that exists is judged by: this file where there is one, else the policy that the session was measured
    /// under; flags before both. A session with a base is judged by the base's policy: the file that is there is the
    /// head's.
    func policy(of session: Session, _ flags: ConfigurationFlags) throws -> Policy {
        if let base = session.base {
            return try ConfigurationDraft().policy(
                flags: flags, fallback: base.configuration.policy, measured: session.configuration)
        }
        return try policy(flags: flags, fallback: session.configuration.policy, measured: session.configuration)
    }

    /// How the reports of a session are judged: by this file where there is one, else as the session says.
    func qualitySettings(of session: Session) -> QualitySettings {
        if let base = session.base { return base.configuration.quality ?? QualitySettings() }
        return qualitySettings(fallback: session.configuration.quality)
    }
}

extension ApprovedState {
    /// A stored baseline as far as its signatures let it count.
    ///
    /// - Parameter keys: of those who may approve; empty where nobody has to sign.
    static func counting(_ stored: StoredBaseline, keys: [ApprovalKey]) -> ApprovedState {
        if let error = ApprovalProof.error(in: stored.baseline, file: stored.reference.file, keys: keys) {
            return .unusable(error.failure)
        }
        return .baseline(stored.baseline, reference: stored.reference)
    }
}
