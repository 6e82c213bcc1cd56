import Foundation
import GateBaselines
import GateCore
import GateDigest
import GateFiles
import GateVerdict
import TestSupport
import Testing

@Suite struct BaselineStoreTests {
    let folder: TemporaryFolder
    let store: BaselineStore
    var root: String { folder.url.path }

    init() throws {
        folder = try TemporaryFolder()
        store = BaselineStore(directory: folder.url.appending(path: "Baselines").path)
    }

    private func read() throws -> (baseline: Baseline, reference: BaselineReference)? {
        try store.read(workload: .analysis, machineClass: "ci-small")
    }

    private func content() throws -> String {
        try String(contentsOf: folder.url.appending(path: "Baselines/analysis/ci-small.json"), encoding: .utf8)
    }

    /// Replaces a part of an approved file and reads it.
    private func errorAfter(_ old: String, _ new: String) throws -> BaselineError? {
        // One that an earlier call has spoilt would not be replaced.
        remove(root + "/Baselines/analysis/ci-small.json")
        try store.approve(Fixtures.wholeSession(), Fixtures.approval)
        let good = try content()
        let bad = good.replacing(old, with: new, maxReplacements: 1)
        try #require(bad != good)
        try folder.write(bad, to: "Baselines/analysis/ci-small.json")
        return #expect(throws: BaselineError.self) { try read() }
    }

    @Test("what is approved comes back, with its samples, under the digest of its file")
    func approved() throws {
        let (written, effect) = try store.approve(Fixtures.wholeSession(), Fixtures.approval)
        #expect(effect == .first)
        let (baseline, reference) = try #require(try read())
        #expect(baseline.sessions == Fixtures.baseline(sessions: 1).sessions)
        #expect(baseline.history?.sequence == 1 && baseline.history?.parent == nil && baseline.history?.epoch == 1)
        #expect(baseline.values(of: CheckID(stage: .analysis, metric: "ttft")) == [0.25, 0.25, 0.25])
        #expect(reference == written)
        #expect(reference.id == "sha256:" + SHA256.hash(try content()))
        #expect(reference.file == root + "/Baselines/analysis/ci-small.json")
        #expect(reference.approval == Fixtures.approval)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/Baselines/analysis") == ["ci-small.json"])
    }

    @Test("nothing approved is no error")
    func nothing() throws {
        #expect(try read() == nil)
        #expect(try store.list().entries.isEmpty)
        #expect(PathKind.of(store.directory) == .nothing)
    }

    /// A session of its own, in which the first token took so long.
    private func session(_ id: String, ttft: Double, model: String = "smollm2:135m") -> Session {
        Fixtures.wholeSession(
            id: id,
            runs: (1...3).map { index in
                let time = ttft * (1 + 0.01 * Double(index))
                return Fixtures.run(
                    index,
                    calls: [
                        Fixtures.call(.analysis, run: index, ttft: time),
                        Fixtures.call(.report, run: index, ttft: time),
                    ])
            }, model: model)
    }

    @Test("the same session gives the same bytes, however often it is approved")
    func again() throws {
        let first = try store.approve(Fixtures.wholeSession(), Fixtures.approval).reference
        let text = try content()
        let again = try store.approve(Fixtures.wholeSession(), Fixtures.approval)
        #expect(again.reference == first && again.effect == .again)
        #expect(try content() == text)
    }

    @Test("sessions of the same are gathered, the last twenty of them")
    func gathers() throws {
        for index in 1...23 {
            let (_, effect) = try store.approve(
                session("s\(index)", ttft: 0.25 + 0.001 * Double(index % 3)), Fixtures.approval)
            #expect(effect == (index == 1 ? .first : .added(sessions: min(index, 20))))
        }
        #expect(try read()?.baseline.sessions.map(\.sessionId) == (4...23).map { "s\($0)" })
    }

    @Test("a session that changed, or that another model was measured in, takes the place of the others")
    func replaces() throws {
        for index in 1...5 { try store.approve(session("s\(index)", ttft: 0.25), Fixtures.approval) }
        let history = try #require(try read()?.baseline.history)
        #expect(history.sequence == 5 && history.epoch == 1)
        let changed = try store.approve(session("slower", ttft: 0.5), Fixtures.approval)
        #expect(changed.effect == .replaced(reason: "analysis/ttft is judged as: regression"))
        let stepped = try #require(try read()?.baseline)
        #expect(stepped.sessions.map(\.sessionId) == ["slower"])
        #expect(
            stepped.history
                == BaselineHistory(
                    sequence: 6, parent: history.content, content: stepped.history?.content ?? "", epoch: 2,
                    epochReason: "analysis/ttft is judged as: regression"))
        let other = try store.approve(session("other", ttft: 0.5, model: "gemma3:270m"), Fixtures.approval)
        #expect(other.effect == .replaced(reason: "model differs (smollm2:135m there, gemma3:270m here)"))
        try store.approve(session("more", ttft: 0.5, model: "gemma3:270m"), Fixtures.approval)
        let anew = try store.approve(
            session("anew", ttft: 0.5, model: "gemma3:270m"), Fixtures.approval, startsAnew: true)
        #expect(anew.effect == .replaced(reason: "as --replace asks"))
        #expect(try read()?.baseline.sessions.map(\.sessionId) == ["anew"])
    }

    @Test("a session with an invalid call, without runs or with only warm-up is not approved and changes nothing")
    func refusesBroken() throws {
        try store.approve(Fixtures.wholeSession(), Fixtures.approval)
        let before = try content()
        let cut = Fixtures.call(.report, outcome: .invalid(.init(.cutStream, "the stream ended before its end marker")))
        let broken: [[Run]] = [
            [Fixtures.run(1), Fixtures.run(2, calls: [Fixtures.call(.analysis, run: 2), cut])], [],
            [Fixtures.run(1, isWarmup: true)],
        ]
        for runs in broken {
            let error = #expect(throws: BaselineError.self) {
                try store.approve(Fixtures.wholeSession(runs: runs), Fixtures.approval)
            }
            switch error {
            case .notApprovable, .doubtful: break
            default: Issue.record("\(String(describing: error))")
            }
        }
        #expect(try content() == before)
    }

    @Test(
        "five sessions are a file that a person can review: a line for each sample, and one more session adds lines only"
    )
    func reviewable() throws {
        for index in 1...5 { try store.approve(session("s\(index)", ttft: 0.25), Fixtures.approval) }
        let five = try content()
        let lines = five.split(separator: "\n")
        let samples = lines.filter { $0.contains("\"values\": [") }
        #expect(samples.count == 5 * 11)
        #expect(samples.allSatisfy { $0.contains("\"metric\": ") && $0.contains("\"unit\": ") })
        #expect(lines.count < 350, "\(lines.count)")
        try store.approve(session("s6", ttft: 0.25), Fixtures.approval)
        let six = Set(try content().split(separator: "\n").map { $0.trimmingCharacters(in: [",", " "]) })
        // All but what says which file it is and follows.
        let kept = lines.filter { line in !["content", "parent", "sequence"].contains { line.contains("\"\($0)\": ") } }
        #expect(kept.count >= lines.count - 3)
        #expect(kept.allSatisfy { six.contains($0.trimmingCharacters(in: [",", " "])) })
    }

    @Test("a file of version 1 is read, and what it says of calls is told from its samples")
    func older() throws {
        var baseline = Fixtures.baseline(sessions: 2)
        baseline.history = nil
        var tree = try #require(
            try JSONSerialization.jsonObject(with: Data(try CanonicalJSON.encode(baseline))) as? [String: Any])
        tree["format_version"] = 1
        tree["sessions"] = try #require(tree["sessions"] as? [[String: Any]]).map { session in
            session.filter { $0.key != "calls" && $0.key != "prompts" }
        }
        let older = try JSONSerialization.data(withJSONObject: tree, options: [.prettyPrinted])
        try folder.write(String(decoding: older, as: UTF8.self), to: "Baselines/analysis/ci-small.json")
        let read = try #require(try self.read()).baseline
        #expect(read.formatVersion == 1)
        #expect(read.sessions.map(\.calls) == [nil, nil])
        // Three runs of two calls each, twice.
        let judgement = Judge.judge(session: Fixtures.session(), against: .baseline(read), policy: Policy())
        let errors = judgement.verdicts.first { $0.name == "error_share" }
        #expect(errors?.outcome == .pass && errors?.baseline?.count == 12, "\(String(describing: errors))")
        try store.approve(session("one more", ttft: 0.25), Fixtures.approval)
        let written = try #require(try self.read()).baseline
        #expect(written.formatVersion == 3 && written.sessions.last?.calls == CallCounts(all: 6, invalid: 0))
    }

    @Test("workloads of their own names do not take each other's place")
    func names() throws {
        try store.approve(session("plain", ttft: 0.25), Fixtures.approval)
        for (name, model) in [("nightly", "gemma3:270m"), ("quick", "smollm2:135m")] {
            let session = Fixtures.wholeSession(id: name, name: name, model: model)
            #expect(try store.approve(session, Fixtures.approval).effect == .first)
            let read = try store.read(workload: WorkloadName(rawValue: name), machineClass: "ci-small")
            #expect(read?.baseline.sessions.map(\.sessionId) == [name])
            #expect(read?.baseline.workload == .analysis && read?.baseline.name == name)
            #expect(read?.reference.file == root + "/Baselines/\(name)/ci-small.json")
        }
        #expect(try read()?.baseline.sessions.map(\.sessionId) == ["plain"])
        try folder.write(
            try String(contentsOf: folder.url.appending(path: "Baselines/quick/ci-small.json"), encoding: .utf8),
            to: "Baselines/nightly/ci-small.json")
        let error = #expect(throws: BaselineError.self) {
            try store.read(workload: WorkloadName(rawValue: "nightly"), machineClass: "ci-small")
        }
        #expect(error?.message.hasSuffix("its name is 'quick', its path says 'nightly'") == true)
    }

    @Test("an approval without a reason is refused")
    func reason() throws {
        let approval = Approval(reason: " \n", approvedAt: Fixtures.start, approvedBy: nil, commit: nil)
        #expect(throws: BaselineError.noReason) { try store.approve(Fixtures.wholeSession(), approval) }
    }

    @Test(
        "a machine class has no way out of the folder", arguments: ["../evil", "a/b", "", "..", "Ä", ".x", "a\u{0}b"])
    func traversal(name: String) throws {
        #expect(throws: BaselineError.badName(name)) { try store.read(workload: .analysis, machineClass: name) }
        #expect(throws: BaselineError.badName(name)) {
            try store.approve(Fixtures.wholeSession(machineClass: name), Fixtures.approval)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root).isEmpty)
    }

    @Test("a truncated file, a newer version, another workload or machine class are told apart")
    func malformed() throws {
        guard case .malformed(.notJSON) = try errorAfter("}\n", "") else { throw Unexpected() }
        guard case .malformed(.newerVersion) = try errorAfter("\"format_version\": 3", "\"format_version\": 4") else {
            throw Unexpected()
        }
        let other = try errorAfter("\"workload\": \"analysis\"", "\"workload\": \"dual\"")
        #expect(other?.message.hasSuffix("its workload is 'dual', its path says 'analysis'") == true)
        let machine = try errorAfter("\"machine_class\": \"ci-small\"", "\"machine_class\": \"ci-large\"")
        #expect(machine?.message.contains("machine_class") == true)
        #expect(machine?.failure.kind == .baselineInvalid)
        #expect(machine?.failure.remedy.contains("chimera-gate baseline approve") == true)
    }

    @Test(
        "what cannot be read is not replaced, neither one by one nor with --replace",
        arguments: [
            "<<<<<<< ours\n{\n=======\n{}\n>>>>>>> theirs\n", #"{"format_version": 99}"#, "{\"format_version\" : 1,",
            "",
        ])
    func neverDiscarded(text: String) throws {
        try folder.write(text, to: "Baselines/analysis/ci-small.json")
        for startsAnew in [false, true] {
            #expect(throws: BaselineError.self) {
                try store.approve(Fixtures.wholeSession(), Fixtures.approval, startsAnew: startsAnew)
            }
            #expect(try content() == text)
        }
        let file = root + "/Baselines/analysis/ci-small.json"
        guard text.hasPrefix("<") else { return }
        #expect(throws: BaselineError.conflicted(file: file, line: 1)) { try read() }
        try folder.write(#"{"format_version": 1,"# + "\n" + text, to: "Baselines/analysis/ci-small.json")
        #expect(throws: BaselineError.conflicted(file: file, line: 2)) { try read() }
    }

    @Test("figures that cannot be are refused: another unit, below zero, none, a key that nobody reads")
    func impossible() throws {
        #expect(try errorAfter("\"unit\": \"s\"", "\"unit\": \"tok/s\"")?.message.contains("not in 's'") == true)
        #expect(try errorAfter("0.25", "-0.25")?.message.contains("below zero") == true)
        #expect(try errorAfter("0.25", "5e-324")?.message.contains("nobody can have measured") == true)
        let calls = try errorAfter("\"calls\": {\"all\": 6", "\"calls\": {\"all\": 9223372036854775807")
        #expect(calls?.message.contains("'sessions[0].calls.all' should be from 0") == true)
        #expect(try errorAfter("0.25", "1e999")?.message.contains("not finite") == true)
        #expect(try errorAfter("\"sessions\":", "\"note\": 1, \"sessions\":")?.message.contains("'note'") == true)
        try folder.write(
            #"{"format_version":1,"machine_class":"ci-small","sessions":[],"workload":"analysis"}"#,
            to: "Baselines/analysis/ci-small.json")
        let error = #expect(throws: BaselineError.self) { try read() }
        #expect(error?.message.contains("'sessions' is empty") == true)
    }

    @Test("links, FIFOs and folders are not read as baselines, and approving does not write through them")
    func links() throws {
        try store.approve(Fixtures.wholeSession(), Fixtures.approval)
        let file = root + "/Baselines/analysis/ci-small.json"
        try folder.write(try content(), to: "elsewhere/ci-small.json")
        for make in [
            { symlink("../../elsewhere/ci-small.json", file) }, { mkfifo(file, 0o600) }, { mkdir(file, 0o700) },
        ] {
            #expect(remove(file) == 0 && make() == 0)
            guard case .unusable = #expect(throws: BaselineError.self, performing: { try read() }) else {
                throw Unexpected()
            }
            #expect(throws: BaselineError.self) { try store.approve(Fixtures.wholeSession(), Fixtures.approval) }
        }
        #expect(remove(file) == 0 && remove(root + "/Baselines/analysis") == 0)
        #expect(symlink("../elsewhere", root + "/Baselines/analysis") == 0)
        let link = BaselineError.notAFolder(root + "/Baselines/analysis")
        #expect(throws: link) { try read() }
        #expect(throws: link) { try store.approve(Fixtures.wholeSession(), Fixtures.approval) }
    }

    @Test("a writer that is at work is not disturbed")
    func locked() throws {
        try store.approve(Fixtures.wholeSession(), Fixtures.approval)
        let lock = try FolderLock(root + "/Baselines/analysis")
        #expect(throws: FileError.self) { try store.approve(Fixtures.wholeSession(), Fixtures.approval) }
        withExtendedLifetime(lock) {}
    }

    @Test("baselines are listed by their place, and files that no check reads are named")
    func list() throws {
        try store.approve(Fixtures.wholeSession(machineClass: "ci-small"), Fixtures.approval)
        try store.approve(Fixtures.wholeSession(machineClass: "ci-large"), Fixtures.approval)
        try store.approve(Fixtures.wholeSession(name: "nightly"), Fixtures.approval)
        for stray in ["loose.json", "analysis/CI Small.json", "Trial Run/ci.json", "README.md", "analysis/notes.txt"] {
            try folder.write("{}", to: "Baselines/\(stray)")
        }
        let listing = try store.list()
        #expect(listing.entries.map(\.machineClass) == ["ci-large", "ci-small", "ci-small"])
        #expect(listing.entries.map(\.workload.rawValue) == ["analysis", "analysis", "nightly"])
        #expect(
            listing.strays.map { String($0.dropFirst(store.directory.count + 1)) }
                == ["Trial Run/ci.json", "analysis/CI Small.json", "loose.json"])
    }
}

private struct Unexpected: Error {}
