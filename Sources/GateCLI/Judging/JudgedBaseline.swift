import GateBaselines
import GateCore
import GateVerdict

extension BaselineStore {
    /// What a judgement compared with, as far as it is still there as it was; nil elsewhere.
    func baseline(of judgement: Judgement) -> Baseline? {
        guard let reference = judgement.baseline else { return nil }
        // The folder has the workload's name.
        let name = reference.file.split(separator: "/").suffix(2).first.map(String.init)
        let found = try? read(
            workload: WorkloadName(rawValue: name ?? judgement.workload.rawValue), machineClass: judgement.machineClass)
        return found?.reference.id == reference.id ? found?.baseline : nil
    }
}
