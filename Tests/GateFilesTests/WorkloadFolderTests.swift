import Foundation
import GateCore
import GateFiles
import GateVerdict
import TestSupport
import Testing

@Suite("The folder of several workloads") struct WorkloadFolderTests {
    private func part(_ name: String, folder: String? = nil) -> JointJudgement.Part {
        JointJudgement.Part(
            name: name, folder: folder ?? "workloads/\(name)",
            judgement: Judge.judge(session: Fixtures.session(), against: .nothing, policy: Policy()))
    }

    @Test("nothing of an older call can be mistaken for that of a new one, of any workload") func begin() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "gate").path
        let list = WorkloadList(declared: ["b", "a"], measured: ["b"], shard: Shard(index: 2, count: 2))
        let first = try WorkloadFolder.begin(at: path, list)
        try SessionDirectory.create(at: first.path(ofSession: "b")).write(Fixtures.session())
        try folder.write("x", to: "gate/verdict.json")
        let again = try #require(try WorkloadFolder.open(at: path + "/"))
        #expect(again.list == list && again.list.declared == ["a", "b"] && again.path == path)
        #expect(try SessionDirectory.open(at: again.path(ofSession: "b")).session() == Fixtures.session())

        _ = try WorkloadFolder.begin(at: path, list)
        #expect(throws: SessionError.self) { try SessionDirectory.open(at: again.path(ofSession: "b")) }
        #expect(throws: (any Error).self) { try again.verdict() }
        // A call about one workload takes the list away.
        try SessionDirectory.beginCall(at: path)
        #expect(try WorkloadFolder.open(at: path) == nil)
    }

    @Test("a call that ended before its verdict says why in the place of it") func unfinished() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "gate").path
        let began = try WorkloadFolder.begin(
            at: path, WorkloadList(declared: ["a"], measured: ["a"], configuration: "0"))
        #expect(throws: (any Error).self) { try began.failure() }
        let failure = JudgementFailure(.interrupted, message: "interrupted by SIGTERM", remedy: "Run it again.")
        let judgement = Judge.judge(session: Fixtures.session(), against: .unusable(failure), policy: Policy())
        try folder.write(String(decoding: CanonicalJSON.encode(judgement), as: UTF8.self), to: "gate/verdict.json")
        #expect(try began.failure() == failure)
        let joint = JointJudgement([part("a")], declared: ["a"], toolVersion: "1")
        try folder.write(String(decoding: CanonicalJSON.encode(joint), as: UTF8.self), to: "gate/verdict.json")
        #expect(try began.failure() == nil && began.verdict() == joint)
        #expect(try WorkloadFolder.open(at: path)?.list.configuration == "0")
    }

    @Test("a list whose names would be other places is refused", arguments: ["../x", "a/b", "", "A"])
    func names(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(
            #"{"format_version": 1, "declared": ["\#(name)"], "measured": ["\#(name)"]}"#, to: "workloads.json")
        #expect(throws: FormatError.self) { try WorkloadFolder.open(at: folder.url.path) }
    }

    @Test("a verdict that does not follow from its workloads is refused") func tampered() throws {
        let joint = JointJudgement([part("a")], declared: ["a", "b"], toolVersion: "1")
        let text = String(decoding: try CanonicalJSON.encode(joint), as: UTF8.self)
        func decoded(_ text: String) throws -> JointJudgement {
            try CanonicalJSON.decode(JointJudgement.self, from: Array(text.utf8), file: "verdict.json")
        }
        #expect(try decoded(text) == joint && JointJudgement.isHeld(by: Array(text.utf8)))
        #expect(joint.overall == .baselineMissing)
        let greener = text.replacingOccurrences(
            of: "\n  \"overall\" : \"baseline_missing\"", with: "\n  \"overall\" : \"pass\"")
        #expect(greener != text)
        #expect(throws: FormatError.self) { try decoded(greener) }
        for other in [part("a", folder: "../a"), part("../a"), part("c")] {
            let bytes = try CanonicalJSON.encode(JointJudgement([other], declared: ["a"], toolVersion: "1"))
            #expect(throws: FormatError.self) { try decoded(String(decoding: bytes, as: UTF8.self)) }
        }
        let single = try CanonicalJSON.encode(part("a").judgement)
        #expect(!JointJudgement.isHeld(by: single))
    }
}
