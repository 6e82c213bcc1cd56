import GateCore
import GateMeasure
import GateVerdict

/// Makes the repetitions of a calibration on all cores and puts the page together.
struct CalibrationStudy {
    let calibration: Calibration
    /// Unchanged cases by each kind of evidence.
    let repetitions: Int
    let progress: ProgressNotes

    private var metrics: [String] { calibration.history.metrics }
    /// A quantile needs fewer than a rate of one in a hundred.
    private var searches: Int { max(20, repetitions / 10) }

    /// The gate's promise by one kind of evidence, and what would better it.
    func study(_ plan: CalibrationPlan) -> (result: CalibratedEvidence, advice: [CalibrationAdvice]) {
        progress.note("\(plan.evidence.words): \(repetitions) sessions without a change …")
        let trials = Parallel.map(count: repetitions) { calibration.unchanged(plan, repetition: $0) }
        let changes = metrics.indices.map { column in
            progress.note("\(plan.evidence.words): which change of \(metrics[column]) is caught …")
            return change(plan, column)
        }
        let result = CalibratedEvidence(evidence: plan.evidence, trials: trials, changes: changes)
        guard let worst = worst(trials, changes, plan) else { return (result, []) }
        let variants = CalibrationVariant.list(
            for: metrics[worst], plan: plan, caughtAt80: changes[worst].caughtAt80)
        let advice = variants.map { variant in
            progress.note("\(plan.evidence.words): what if you \(variant.change) …")
            let trials = Parallel.map(count: searches) { calibration.unchanged(variant.plan, repetition: $0) }
            let undecided = Double(trials.count { $0.overall == .inconclusive }) / Double(trials.count)
            return CalibrationAdvice(
                change: variant.change, evidence: plan.evidence, metric: metrics[worst],
                direction: direction(plan, worst),
                undecided: (result.undecided.rate, undecided),
                caughtAt80: (changes[worst].caughtAt80, change(variant.plan, worst).caughtAt80))
        }
        return (result, advice)
    }

    private func direction(_ plan: CalibrationPlan, _ column: Int) -> Direction {
        plan.demands.direction(of: metrics[column]) ?? .lowerIsBetter
    }

    private func change(_ plan: CalibrationPlan, _ column: Int) -> CatchableChange {
        CatchableChange(
            metric: metrics[column], direction: direction(plan, column),
            thresholds: Parallel.map(count: searches) { calibration.threshold(plan, metric: column, repetition: $0) })
    }

    /// The metric that is undecided most often; among equals the one whose smallest change exceeds its tolerance most.
    private func worst(_ trials: [UnchangedTrial], _ changes: [CatchableChange], _ plan: CalibrationPlan) -> Int? {
        metrics.indices.max { left, right in
            func badness(_ column: Int) -> (Int, Double) {
                let allowed = plan.demands.allowedShare(of: metrics[column]) ?? 0
                return (
                    trials.count { $0.undecided.contains(column) },
                    (changes[column].caughtAt80 ?? Calibration.largestChange(changes[column].direction)) - allowed
                )
            }
            return badness(left) < badness(right)
        }
    }
}
