import Foundation
import GateCore
import GateJSON
import GateProcess
import TestSupport
import Testing

@Suite("The life of a baseline", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct BaselineCommandTests {
    static let file = "Baselines/analysis/replay.json"
    static let wide =
        GateWorkspace.sample.replacing("runs: 1", with: "runs: 3") + "metrics: {ttft: 2000%, throughput: 60%}\n"

    /// A workspace whose configuration names a quick server.
    private func workspace(_ body: (GateWorkspace, _ url: String) async throws -> Void) async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(Self.wide + "server: {api: openai, url: \"\(url)\"}\n")
            try await body(workspace, url)
        }
    }

    private func record(_ workspace: GateWorkspace, _ sessions: Int, _ more: String...) async throws -> GateOutcome {
        try await workspace.gate(
            "baseline", "record", "--sessions", "\(sessions)", "--reason", "several", "--corpus", GateWorkspace.corpus,
            and: more)
    }

    @Test("several sessions are measured and approved in one call, and listed, shown, verified, compared and dropped")
    func life() async throws {
        try await workspace { workspace, _ in
            let recorded = try await record(workspace, 3, "--over", "1s")
            #expect(recorded.status == 0, "\(recorded)")
            #expect(recorded.output.contains("session 3 of 5 that are enough"), "\(recorded)")
            let list = try await workspace.gate("baseline", "list")
            #expect(list.output.hasPrefix("analysis on replay: 3 sessions, the latest 0 days old, by "), "\(list)")
            #expect(list.output.hasSuffix(": several (file 3, epoch 1)\n"), "\(list)")
            try workspace.folder.write(try workspace.text(Self.file), to: "old/analysis/replay.json")

            let verified = try await workspace.gate("baseline", "verify")
            #expect(verified.status == 0 && verified.output == "\(Self.file): as approved\n", "\(verified)")
            let stranger = try await workspace.gate("baseline", "prune", "--session", "nobody")
            #expect(stranger.status == 64 && stranger.errors.contains("no session 'nobody' is approved"), "\(stranger)")
            let pruned = try await workspace.gate("baseline", "prune", "--keep", "2", "--dry-run")
            #expect(pruned.output == "\(Self.file): 1 session would be dropped, 2 kept\n", "\(pruned)")
            _ = try await workspace.gate("baseline", "prune", "--keep", "2")
            let difference = try await workspace.gate("baseline", "diff", "old/analysis/replay.json", Self.file)
            #expect(difference.status == 0, "\(difference)")
            #expect(difference.output.hasPrefix("0 sessions added, 1 removed, 2 in both\nfile 3 → 4, epoch 1 → 1\n"))
            #expect(difference.output.contains("\n  analysis/ttft: "), "\(difference)")
            let expired = try await workspace.gate("baseline", "expire", "--days", "0", "--dry-run")
            #expect(expired.status == 0, "\(expired)")

            let text = try workspace.text(Self.file)
            try workspace.folder.write(text.replacing("several", with: "trust me"), to: Self.file)
            let edited = try await workspace.gate("baseline", "verify")
            #expect(edited.status == 7 && edited.output.contains("is not what was approved"), "\(edited)")
            let check = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(check.status == 7, "\(check)")
            let more = try await workspace.gate("baseline", "approve", "--reason", "over it")
            #expect(more.status == 7, "\(more)")
        }
    }

    @Test("a session that passes is appended by itself, a slower one moves nothing")
    func append() async throws {
        try await workspace { workspace, _ in
            let none = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
            #expect(none.status == 0, "\(none)")
            let missing = try await workspace.gate("baseline", "append")
            #expect(missing.status == 6 && !workspace.holds(Self.file), "\(missing)")
            #expect(try await workspace.gate("baseline", "approve", "--reason", "first").status == 0)
            _ = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
            let appended = try await workspace.gate("baseline", "append")
            #expect(appended.status == 0 && appended.output.contains("session 2 of 5"), "\(appended)")
            let file = try workspace.text(Self.file)
            let again = try await workspace.gate("baseline", "append")
            #expect(again.status == 0 && again.output.contains("is approved already"), "\(again)")
            #expect(try workspace.text(Self.file) == file)
            let before = try workspace.text(Self.file)
            #expect(before.contains("it passed (against 1 session)"))
            try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.1"]) { slow in
                _ = try await workspace.gate("run", "--corpus", GateWorkspace.corpus, "--url", slow)
            }
            let slower = try await workspace.gate("baseline", "append")
            #expect(slower.status == 1, "\(slower)")
            #expect(slower.output.hasPrefix("nothing was appended: the session is judged as regression"), "\(slower)")
            #expect(try workspace.text(Self.file) == before)
            let approved = try await workspace.gate("baseline", "approve", "--reason", "wanted", "--dry-run")
            #expect(approved.output.hasPrefix("limits that move (median and tolerance):\n"), "\(approved)")
            #expect(approved.output.hasSuffix("nothing was written (--dry-run)\n"), "\(approved)")
            #expect(try workspace.text(Self.file) == before)
        }
    }

    @Test("in git: a dirty tree is refused, a change does not append, an older file that was put back is found")
    func repository() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let repository = try await GitWorkspace(
                base: Self.wide + "server: {api: openai, url: \"\(url)\"}\n")
            let workspace = repository.workspace
            try await repository.git("checkout", "--quiet", "main")
            for number in 1...2 {
                #expect(try await workspace.gate("run").status == 0)
                let approved = try await workspace.gate("baseline", "approve", "--reason", "number \(number)")
                #expect(approved.status == 0, "\(approved)")
                try await repository.git("add", "Baselines")
                try await repository.git("commit", "--quiet", "--message", "Approve")
            }
            #expect(try await workspace.gate("baseline", "verify").status == 0)
            let difference = try await workspace.gate("baseline", "diff", "HEAD~1:\(Self.file)", Self.file)
            #expect(difference.output.hasPrefix("1 session added, 0 removed, 1 in both\n"), "\(difference)")

            try await repository.git("checkout", "--quiet", "-B", "change")
            try await repository.git("commit", "--quiet", "--allow-empty", "--message", "A change")
            let append = try await workspace.gate("baseline", "append")
            #expect(append.status == 64 && append.errors.contains("only the default branch appends"), "\(append)")

            try workspace.folder.write("a,b\n", to: "reports/new.csv")
            try await repository.git("add", ".")
            _ = try await workspace.gate("run")
            let dirty = try await workspace.gate("baseline", "approve", "--reason", "x")
            #expect(dirty.status == 65 && dirty.errors.contains("--allow dirty"), "\(dirty)")

            try await repository.git("checkout", "--quiet", "main~1", "--", Self.file)
            try await repository.git("commit", "--quiet", "--all", "--message", "Put back")
            let verified = try await workspace.gate("baseline", "verify")
            #expect(verified.status == 7, "\(verified)")
            #expect(
                verified.output.contains("an older file is put back: number 1, where 2 is approved"), "\(verified)")
            try await repository.git("branch", "--force", "main", "change")
            try await repository.git("checkout", "--quiet", "main")
            let check = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(
                check.output.contains("'\(Self.file)' is not the latest that was approved: ")
                    && check.output.contains("an older file is put back: number 1, where 2 is approved"), "\(check)")
        }
    }
}

@Suite("Workloads of their own names", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct NamedWorkloadTests
{
    @Test("two models in one configuration keep baselines of their own, and each is judged by its own") func names()
        async throws
    {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(
                BaselineCommandTests.wide + """
                    server: {api: openai, url: "\(url)"}
                    workloads:
                      nightly: {agent: {max_tokens: 300}, metrics: {throughput: {role: info}}}
                      quick: {runs: 1}

                    """)
            for name in ["nightly", "quick"] {
                let recorded = try await workspace.gate(
                    "baseline", "record", "--sessions", "1", "--reason", name, "--name", name, "--corpus",
                    GateWorkspace.corpus)
                #expect(recorded.status == 0, "\(recorded)")
                #expect(workspace.holds("Baselines/\(name)/replay.json"))
            }
            #expect(!workspace.holds(BaselineCommandTests.file))
            let session = try workspace.session()
            #expect(session.configuration.runs == 1 && session.configuration.agent.maxTokens == 240)
            let check = try await workspace.gate(
                "check", "--name", "nightly", "--corpus", GateWorkspace.corpus, "--output", "checked")
            #expect(check.status == 0, "\(check)")
            #expect(try workspace.text("checked/junit.xml").contains("chimera.nightly.replay."))
            #expect(try workspace.verdicts("checked").outcomes["analysis/throughput"] == "info")
            let none = try await workspace.gate("check", "--name", "other", "--corpus", GateWorkspace.corpus)
            #expect(none.status == 64 && none.errors.contains("there are nightly, quick"), "\(none)")
        }
    }
}

@Suite("Attempts of one job of a pipeline", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct RepeatedJobTests {
    private func job(_ number: Int, run: String = "4711") -> [String: String] {
        [
            "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": run, "GITHUB_JOB": "gate", "GITHUB_RUN_ATTEMPT": "\(number)",
        ]
    }

    @Test("are judged together where the session is kept, and told where it is not") func pooled() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(
                GateWorkspace.sample + "server: {api: openai, url: \"\(url)\"}\n")
            func run(_ attempt: Int, of run: String = "4711", _ more: String...) async throws -> Session {
                let outcome = try await workspace.gate(
                    "run", "--corpus", GateWorkspace.corpus, and: more, environment: job(attempt, run: run))
                #expect(outcome.status == 0, "\(outcome)")
                return try workspace.session(more.last ?? ".chimera-gate")
            }
            func told(_ session: Session) -> [String] {
                session.warnings.map(\.message).filter { $0.contains("attempt") }
            }
            let first = try await run(1)
            #expect(first.runs.map(\.index) == [1] && told(first).isEmpty)
            let second = try await run(2)
            #expect(second.runs.map(\.index) == [1, 2] && second.runs[0] == first.runs[0])
            #expect(
                told(second) == [
                    "this is attempt 2 of the job 4711/gate (GitHub): 1 run of the attempts before it are judged together"
                        + " with its own"
                ])
            #expect(try await run(3).runs.count == 3)
            // Another job, and one of which the runner kept nothing.
            let other = try await run(1, of: "4712")
            #expect(other.runs.count == 1 && told(other).isEmpty)
            let lost = try await run(2, of: "4713", "--output", "fresh")
            #expect(lost.runs.count == 1)
            #expect(told(lost).first?.contains("the figures of the attempts before it are not here") == true)
        }
    }

    @Test("begin anew where the attempt before measured nothing") func afterFailure() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "1=model-not-found"]) { url in
            let workspace = try GateWorkspace(
                GateWorkspace.sample + "server: {api: openai, url: \"\(url)\"}\n")
            let failed = try await workspace.gate("run", "--corpus", GateWorkspace.corpus, environment: job(1))
            #expect(failed.status == 78, "\(failed)")
            #expect(try workspace.session().runs.map(\.isComplete) == [false])
            let repeated = try await workspace.gate("run", "--corpus", GateWorkspace.corpus, environment: job(2))
            #expect(repeated.status == 0, "\(repeated)")
            let session = try workspace.session()
            #expect(session.runs.map(\.index) == [1] && session.runs.map(\.isComplete) == [true])
        }
    }
}

@Suite("What is killed", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct KilledTests {
    @Test("an approval that is killed at any moment leaves the old file or the new one, whole") func approvals()
        async throws
    {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            _ = try await workspace.measure("run", url)
        }
        let text = try workspace.text(".chimera-gate/session.json")
        let id = try workspace.session().id
        var known: Set<Int> = []
        for number in 1...50 {
            // Each is another session.
            try workspace.folder.write(
                text.replacing(id, with: "\(id)-\(number)"), to: ".chimera-gate/session.json")
            let program = try workspace.start(["baseline", "approve", "--reason", "number \(number)"])
            // From before anything is read to after all is written.
            await rest(milliseconds: number % 25 * 4)
            kill(program.processID, SIGKILL)
            #expect(try await waiting { !program.isRunning })
            guard workspace.holds(BaselineCommandTests.file) else { continue }
            let verified = try await workspace.gate("baseline", "verify")
            #expect(verified.status == 0, "\(number): \(verified)")
            let sessions = try workspace.json(BaselineCommandTests.file)["sessions"]?.array?.count ?? 0
            #expect(sessions >= known.max() ?? 0 || sessions == 20, "\(number)")
            known.insert(sessions)
        }
        let last = try await workspace.gate("baseline", "approve", "--reason", "the last")
        #expect(last.status == 0, "\(last)")
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.file("Baselines/analysis").path)
        #expect(names == ["replay.json"])
    }

    @Test("a run that is killed at any moment keeps every run that was finished, with its report") func runs()
        async throws
    {
        try await ReplayProcess.serving(["--speed", "1000"]) { url in
            let workspace = try GateWorkspace(
                GateWorkspace.sample.replacing("runs: 1", with: "runs: 100")
                    + "server: {api: openai, url: \"\(url)\"}\n")
            let run = ["run", "--corpus", GateWorkspace.corpus]
            var kept: Session?
            for number in 1...25 {
                let program = try workspace.start(run + (kept == nil ? [] : ["--resume"]))
                // Each call finishes a run or more, however slow the machine is, and is killed somewhere behind it.
                let count = kept?.runs.count ?? 0
                #expect(try await waiting { (try? workspace.session().runs.count) ?? 0 > count || !program.isRunning })
                await rest(milliseconds: number * 37 % 60)
                kill(program.processID, SIGKILL)
                #expect(try await waiting { !program.isRunning })
                let name = ["session.json", "earlier-session.json"].first { workspace.holds(".chimera-gate/\($0)") }
                guard let name else {
                    Issue.record("\(number): the session is gone")
                    return
                }
                // A call that has not begun to measure leaves it under its other name.
                try workspace.folder.write(
                    try workspace.text(".chimera-gate/\(name)"), to: "looked-\(number)/session.json")
                let now = try workspace.session("looked-\(number)")
                if let kept {
                    #expect(now.id == kept.id && Array(now.runs.prefix(kept.runs.count)) == kept.runs, "\(number)")
                }
                for run in now.runs {
                    #expect(workspace.holds(".chimera-gate/\(try #require(run.reportFile))"), "\(number)")
                }
                kept = now
            }
            let last = try await workspace.gate(and: run + ["--resume"])
            #expect(last.status == 0, "\(last)")
            #expect(try workspace.session().runs.map(\.index) == Array(1...100))
        }
    }

    @Test("a run that was killed goes on where it stopped, and loses nothing") func resumes() async throws {
        // The fourth run never ends, however late this test looks.
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "7=stall:3"]) { url in
            let workspace = try GateWorkspace(
                GateWorkspace.sample.replacing("runs: 1", with: "runs: 6")
                    + "server: {api: openai, url: \"\(url)\"}\n")
            let program = try workspace.start(["run", "--corpus", GateWorkspace.corpus])
            #expect(try await waiting { (try? workspace.session().runs.count) == 3 })
            kill(program.processID, SIGKILL)
            #expect(try await waiting { !program.isRunning })
            let kept = try workspace.session()
            #expect(kept.runs.count == 3)
            let other = try await workspace.gate(
                "run", "--resume", "--runs", "7", "--corpus", GateWorkspace.corpus)
            #expect(other.status == 65 && other.errors.contains("its configuration is another one"), "\(other)")
            let resumed = try await workspace.gate("run", "--resume", "--corpus", GateWorkspace.corpus)
            #expect(resumed.status == 0, "\(resumed)")
            let whole = try workspace.session()
            #expect(whole.id == kept.id && whole.runs.count == 6)
            #expect(Array(whole.runs.prefix(kept.runs.count)) == kept.runs)
            #expect(whole.runs.map(\.index) == Array(1...6))
            let none = try await workspace.gate("run", "--resume", "--output", "none", "--corpus", GateWorkspace.corpus)
            #expect(none.status == 65, "\(none)")
        }
    }
}
