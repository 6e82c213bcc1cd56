import GateCore
import GateMeasure
import GateReports
import GateRevision
import GateVerdict

extension SourceLinks {
    /// For the findings of a judgement, in a pipeline whose platform shows files: those that the measured commit has as they
    /// were read. nil where nothing can be linked, for whatever reason: a report needs no links.
    ///
    /// - Parameters:
    ///   - directory: of the session.
    ///   - corpus: the folder that holds the corpus roots.
    static func found(
        for judgement: Judgement, of session: Session, in directory: String, corpus: String,
        variables: [String: String] = Variables.all
    ) -> SourceLinks? {
        guard let quality = judgement.quality, !quality.worst.isEmpty, let commit = session.environment.commit,
            let published = PipelineVariables(variables).repository, let repository = try? Repository(holding: "."),
            let revision = try? repository.revision(commit)
        else { return nil }
        func paths(_ files: Set<String>, in folder: String) -> [String: String] {
            let found = files.compactMap { file in (try? repository.path(of: "\(folder)/\(file)")).map { (file, $0) } }
            return Dictionary(uniqueKeysWithValues: found)
        }
        let all = paths(quality.dataFiles, in: corpus).merging(paths(quality.reportFiles, in: directory)) { $1 }
        guard let unchanged = try? revision.unchanged(Set(all.values)), !unchanged.isEmpty else { return nil }
        return SourceLinks(published, revision: revision.commit, paths: all.filter { unchanged.contains($0.value) })
    }
}
