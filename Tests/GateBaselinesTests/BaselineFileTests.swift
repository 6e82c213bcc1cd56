import Foundation
import GateCore
import GateDigest
import GateFiles
import GateVerdict
import TestSupport
import Testing

@testable import GateBaselines

/// What becomes of files that are not what was approved. Whatever is wrong with one, approving leaves it as it is.
@Suite struct BaselineFileTests {
    let folder: TemporaryFolder
    let store: BaselineStore
    var file: String { store.directory + "/analysis/ci-small.json" }

    init() throws {
        folder = try TemporaryFolder()
        store = BaselineStore(directory: folder.url.appending(path: "Baselines").path)
    }

    private func read() throws -> StoredBaseline? {
        try store.read(workload: .analysis, machineClass: "ci-small")
    }

    private func content() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    private func named(_ id: String) -> Session { Fixtures.wholeSession(id: id) }

    @Test(
        "files that earlier versions wrote are read, and the next approval writes them in the form of now",
        arguments: [1, 2])
    func migrates(version: Int) throws {
        let older = try Data(contentsOf: SharedData.own.appending(path: "baselines/version-\(version).json"))
        try folder.write(String(decoding: older, as: UTF8.self), to: "Baselines/analysis/replay.json")
        let before = try #require(try store.read(workload: .analysis, machineClass: "replay"))
        #expect(before.baseline.formatVersion == version && before.baseline.history == nil)
        #expect(before.baseline.values(of: CheckID(stage: .analysis, metric: "ttft")).count == 3)
        let sessions = before.baseline.sessions
        let kept = try store.change(workload: .analysis, machineClass: "replay") { existing in
            let baseline = Baseline(
                workload: .analysis, machineClass: "replay", sessions: existing?.sessions ?? [])
            return (BaselineChange(baseline: baseline, isRewrite: true), ())
        }.reference
        let now = try #require(try store.read(workload: .analysis, machineClass: "replay"))
        #expect(now.reference == kept)
        #expect(now.baseline.formatVersion == 3 && now.baseline.sessions == sessions)
        #expect(
            now.baseline.history
                == BaselineHistory(
                    sequence: 2, parent: "sha256:" + SHA256.hash(Array(older)),
                    content: now.baseline.history?.content ?? "", epoch: 1))
    }

    @Test("a sealed file in which a metric has its older name is whole, and says the name of now")
    func olderMetricName() throws {
        let older = try Data(contentsOf: SharedData.own.appending(path: "baselines/version-3.json"))
        let machineClass = "linux-x86-64-2cpu-intel-r-xeon-r-processor"
        try folder.write(String(decoding: older, as: UTF8.self), to: "Baselines/analysis/\(machineClass).json")
        let read = try #require(try store.read(workload: .analysis, machineClass: machineClass))
        let loading = CheckID(stage: .run, metric: "model_load", modelState: .cold)
        #expect(read.baseline.values(of: loading) == [0.006, 0.006])
    }

    @Test(
        "a sealed file of imported figures with an agent and a corpus that nobody chose is whole, and differs in nothing"
    )
    func importedWithAgent() throws {
        let older = try Data(contentsOf: SharedData.own.appending(path: "baselines/imported-with-agent.json"))
        try folder.write(String(decoding: older, as: UTF8.self), to: "Baselines/csv/ci.json")
        let read = try #require(try store.read(workload: WorkloadName(rawValue: "csv"), machineClass: "ci")?.baseline)
        let kept = try #require(read.sessions.first)
        #expect(kept.agent?.maxTokens == 1024 && kept.corpus?.files == 0 && kept.origin(in: .imported).server == nil)
        let session = Session(
            id: "s", toolVersion: kept.toolVersion, workload: .imported, machineClass: "ci", startedAt: kept.measuredAt,
            finishedAt: kept.measuredAt, environment: kept.environment, origin: kept.origin(in: .imported),
            model: kept.model, corpus: nil,
            configuration: Configuration(imported: "csv", machineClass: "ci", model: "", runs: 1, policy: Policy()),
            serverStarts: [], runs: [], warnings: [])
        #expect(Differences.list(from: read, to: session) == [])
        let now = ApprovedSession(session: session, approval: Fixtures.approval)
        #expect(now.agent == nil && now.corpus == nil && now.hasOrigin)
    }

    @Test("each file names the one before it, and the same sessions are the same bytes")
    func chain() throws {
        var parents: [String?] = []
        var contents: [String] = []
        for number in 1...3 {
            try store.approve(named("s\(number)"), Fixtures.approval)
            let history = try #require(try read()?.baseline.history)
            #expect(history.sequence == number)
            parents.append(history.parent)
            contents.append(history.content)
        }
        #expect(parents == [nil, contents[0], contents[1]])
        let text = try content()
        try store.approve(named("s3"), Fixtures.approval)
        #expect(try content() == text)
        let baseline = try #require(try read()?.baseline)
        #expect(try CanonicalJSON.encodeForReview(baseline) == Array(text.utf8))
    }

    /// What is wrong with a file, and how it is told.
    enum Fault: String, CaseIterable {
        case sample, reason, session, sequence, parent, layout, truncated, future, seal, downgraded
    }

    @Test("an edit by hand is seen, whatever it edits, and nothing is approved over it", arguments: Fault.allCases)
    func edited(fault: Fault) throws {
        for number in 1...2 { try store.approve(named("s\(number)"), Fixtures.approval) }
        let good = try content()
        let baseline = try #require(try read()?.baseline)
        let seal = try #require(baseline.history?.content)
        let bad =
            switch fault {
            case .sample: good.replacing("0.25", with: "0.5", maxReplacements: 1)
            case .reason: good.replacing("first baseline", with: "trust me", maxReplacements: 1)
            case .session:
                String(
                    decoding: try CanonicalJSON.encodeForReview(
                        Baseline(
                            workload: .analysis, machineClass: "ci-small", sessions: [baseline.sessions[0]],
                            history: baseline.history)), as: UTF8.self)
            case .sequence: good.replacing("\"sequence\": 2", with: "\"sequence\": 20")
            case .parent: good.replacing("\"parent\": \"sha256:", with: "\"parent\": \"sha512:")
            case .layout: good.replacing("\n", with: "\r\n")
            case .truncated: String(good.prefix(good.count / 2))
            case .future: good.replacing("\"format_version\": 3", with: "\"format_version\": 4")
            case .seal: good.replacing(seal, with: "sha256:" + String(repeating: "0f", count: 32))
            case .downgraded: good.replacing("\"history\"", with: "\"histories\"")
            }
        try #require(bad != good)
        try folder.write(bad, to: "Baselines/analysis/ci-small.json")
        // Line ends are how a checkout lays the file out, and say nothing else.
        guard fault != .layout else {
            #expect(try read()?.baseline == baseline)
            return
        }
        let error = #expect(throws: BaselineError.self) { try read() }
        switch (fault, error) {
        case (.truncated, .malformed(.notJSON)), (.future, .malformed(.newerVersion)),
            (.downgraded, .malformed(.wrongValue)):
            #expect(error?.failure.kind == .baselineInvalid)
        case (.sample, .edited), (.reason, .edited), (.session, .edited), (.sequence, .edited), (.parent, .edited),
            (.seal, .edited):
            #expect(error?.failure.kind == .baselineUntrusted)
            #expect(error?.description.contains("git log -p") == true)
        default: Issue.record("\(fault): \(String(describing: error))")
        }
        #expect(throws: BaselineError.self) { try store.approve(named("s3"), Fixtures.approval) }
        #expect(throws: BaselineError.self) { try store.approve(named("s3"), Fixtures.approval, startsAnew: true) }
        #expect(try content() == bad)
    }

    @Test("a file of a gigabyte is refused before it is read")
    func gigabyte() throws {
        try folder.write("", to: "Baselines/analysis/ci-small.json")
        #expect(truncate(file, 1 << 30) == 0)
        let error = #expect(throws: BaselineError.self) { try read() }
        #expect(error?.message.contains("larger than \(BaselineStore.maximumBytes) bytes") == true)
        #expect(throws: BaselineError.self) { try store.approve(named("s1"), Fixtures.approval) }
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int == 1 << 30)
    }

    @Test("two that approve at the same time lose nothing of each other: one waits or is refused")
    func writers() async throws {
        try store.approve(named("s0"), Fixtures.approval)
        let store = store
        let sessions = (1...12).map { named("s\($0)") }
        let approved = await withTaskGroup(of: String?.self) { group in
            for session in sessions {
                group.addTask {
                    do {
                        try store.approve(session, Fixtures.approval)
                        return session.id
                    } catch {
                        return (error as? FileError)?.reason.contains("another chimera-gate is writing") == true
                            ? nil : "\(error)"
                    }
                }
            }
            return await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
        }
        let baseline = try #require(try read()?.baseline)
        #expect(Set(baseline.sessions.map(\.sessionId)) == approved.union(["s0"]))
        #expect(baseline.history?.sequence == baseline.sessions.count)
    }
}

extension BaselineFileTests {
    @Test("an older file that is put back, one that was edited and one that parted are told from one that follows")
    func succession() throws {
        var files: [[UInt8]] = []
        for number in 1...3 {
            try store.approve(named("s\(number)"), Fixtures.approval)
            files.append(Array(try content().utf8))
        }
        let other = BaselineStore(directory: folder.url.appending(path: "Other").path)
        for number in [1, 2, 7] { try other.approve(named("s\(number)"), Fixtures.approval) }
        let parted = try Data(contentsOf: folder.url.appending(path: "Other/analysis/ci-small.json"))
        let second = try store.decode(files[1], file: file, workload: .analysis, machineClass: "ci-small").baseline
        let third = try store.decode(files[2], file: file, workload: .analysis, machineClass: "ci-small").baseline
        func succession(_ before: Baseline?, _ bytes: [UInt8]?) -> Succession {
            store.succession(of: before, by: bytes, file: file, workload: .analysis, machineClass: "ci-small")
        }
        #expect(succession(second, files[2]) == .follows(added: 1, removed: 0))
        #expect(succession(third, files[0]) == .putBack(to: 1, from: 3))
        #expect(succession(third, Array(parted)) == .parted)
        #expect(succession(second, Array(parted)) == .follows(added: 1, removed: 0))
        #expect(succession(nil, files[0]) == .new)
        #expect(succession(third, nil) == .removed)
        let edited = Array(String(decoding: files[2], as: UTF8.self).replacing("0.25", with: "0.5").utf8)
        #expect(succession(third, edited) == .edited && Succession.edited.isUntrusted)
        guard case .unreadable = succession(third, Array("<<<<<<< ours".utf8)) else {
            Issue.record("it was read")
            return
        }
    }
}
