import Foundation
import GateBaselines
import GateCore
import Glibc
import TestSupport
import Testing

@Suite("Baselines that are none", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct BaselineFaultTests {
    private static let file = "Baselines/analysis/replay.json"

    /// What lies in the place of an approved file.
    private struct Fault: Sendable {
        let what: String
        /// How every command ends.
        let status: Int32
        /// How it is told.
        let words: String
        /// A script that finds the good file as `good`; its folder is there, and empty.
        let script: String
    }

    private static let faults = [
        Fault(what: "edited", status: 7, words: "is not what was approved", script: "sed s/first/fine/ good > $F"),
        Fault(what: "truncated", status: 6, words: "is not JSON", script: "head -c 500 good > $F"),
        Fault(what: "empty", status: 6, words: "the text is empty", script: ": > $F"),
        Fault(
            what: "from the future", status: 6, words: "was written by a newer version",
            script: #"sed 's/"format_version": 3/"format_version": 9/' good > $F"#),
        Fault(
            what: "of a merge", status: 6, words: "holds a merge conflict, from line 1 on",
            script: "(echo '<<<<<<< ours'; cat good; echo =======; echo '>>>>>>> theirs') > $F"),
        Fault(
            what: "in the wrong place", status: 6, words: "is in the wrong place",
            script: #"sed 's/"machine_class": "replay"/"machine_class": "other"/' good > $F"#),
        Fault(what: "a gigabyte", status: 6, words: "larger than 67108864 bytes", script: "truncate -s 1G $F"),
        Fault(what: "a link", status: 6, words: "it is a symbolic link", script: "ln -s ../../good $F"),
        Fault(what: "a pipe", status: 6, words: "it is not a regular file", script: "mkfifo $F"),
        Fault(what: "a folder", status: 6, words: "it is not a regular file", script: "mkdir $F"),
        Fault(
            what: "behind a link", status: 6, words: "'Baselines/analysis' is not a folder of its own",
            script: "rmdir Baselines/analysis; mkdir kept; cp good kept/replay.json; ln -s ../kept Baselines/analysis"),
    ]

    /// Every command that reads or writes baselines.
    private static let commands = [
        ["baseline", "list"], ["baseline", "show"], ["baseline", "verify"], ["baseline", "prune", "--keep", "1"],
        ["baseline", "expire", "--days", "0"], ["baseline", "approve", "--reason", "over it"],
        ["baseline", "approve", "--reason", "over it", "--replace"], ["baseline", "append"],
        ["check", "--session", ".chimera-gate"],
    ]

    @Test("each is told by every command with its status, and nothing changes") func faults() async throws {
        let workspace = try await GateWorkspace.measured(2, approved: 1)
        func shell(_ script: String) async throws -> String {
            let outcome = try await workspace.run(["sh", "-ec", script], environment: ["F": Self.file])
            try #require(outcome.status == 0, "\(outcome)")
            return outcome.output
        }
        _ = try await shell("mv $F good")
        let look =
            "ls -lR --time-style=full-iso Baselines; if test -f $F; then head -c 1M $F | sha256sum; fi; sha256sum good"
        for fault in Self.faults {
            _ = try await shell("rm -rf Baselines kept; mkdir -p Baselines/analysis; \(fault.script)")
            let before = try await shell(look)
            for command in Self.commands {
                let outcome = try await workspace.gate(and: command)
                #expect(outcome.status == fault.status, "\(fault.what), \(command): \(outcome)")
                #expect(
                    (outcome.output + outcome.errors).contains(fault.words), "\(fault.what), \(command): \(outcome)")
            }
            #expect(try await shell(look) == before, "\(fault.what)")
        }
    }

    @Test("a file that cannot be read keeps the others from being changed, too") func others() async throws {
        let workspace = try await GateWorkspace.measured(2, approved: 2)
        let before = try workspace.text(Self.file)
        try workspace.folder.write("{", to: "Baselines/other/replay.json")
        for command in [["prune", "--keep", "1"], ["expire", "--days", "0"]] {
            let outcome = try await workspace.gate("baseline", and: command)
            #expect(outcome.status == 6, "\(outcome)")
            #expect(try workspace.text(Self.file) == before)
        }
        let one = try await workspace.gate("baseline", "prune", "--keep", "1", "--workload", "analysis")
        #expect(one.status == 0 && one.output == "\(Self.file): 1 session dropped, 1 kept\n", "\(one)")
        let unknown = try await workspace.gate("baseline", "show", "--machine-class", "../x")
        #expect(
            unknown.status == 6 && unknown.errors.contains("there are analysis on replay, other on replay"),
            "\(unknown)")
    }

    @Test(
        "where there are none, every command says how to get one", arguments: ["nowhere", "empty", "chimera-gate.yml"])
    func nothing(folder: String) async throws {
        let workspace = try GateWorkspace()
        try FileManager.default.createDirectory(at: workspace.file("empty/analysis"), withIntermediateDirectories: true)
        for command in [
            ["list"], ["show"], ["verify"], ["prune", "--keep", "1"], ["expire", "--days", "9"],
        ] {
            let outcome = try await workspace.gate("baseline", and: command + ["--baselines", folder])
            #expect(outcome.status == 6, "\(outcome)")
            let words = folder.hasSuffix(".yml") ? "is not a folder of its own" : "baseline approve --reason … approves"
            #expect(outcome.errors.contains(words), "\(outcome)")
        }
        let nameless = try await workspace.gate("baseline", "diff", "a", "b")
        #expect(nameless.status == 64 && nameless.errors.contains("is no place of a baseline"), "\(nameless)")
        let missing = try await workspace.gate("baseline", "diff", "Baselines/a/b.json", "Baselines/a/c.json")
        #expect(missing.status == 6 && missing.errors.contains("there is no 'Baselines/a/b.json'"), "\(missing)")
    }

    @Test("two programs that approve at once lose nothing of each other: one waits or is told") func writers()
        async throws
    {
        let workspace = try await GateWorkspace.measured(1, approved: 1)
        let id = try workspace.session().id
        let text = try workspace.text(".chimera-gate/session.json")
        let script = """
            for n in 1 2 3 4 5 6; do
              cp -r .chimera-gate session-$n; sed "s/\(id)/\(id)-$n/" .chimera-gate/session.json > session-$n/session.json
            done
            for n in 1 2 3 4 5 6; do
              ( status=0; "$G" baseline approve --session session-$n --reason "number $n" > out-$n 2>&1 || status=$?
                echo $status > status-$n ) &
            done
            wait
            """
        let outcome = try await workspace.run(["sh", "-ec", script], environment: ["G": GateBinary.required()])
        #expect(outcome.status == 0 && text.contains(id), "\(outcome)")
        var expected: Set = [id]
        for number in 1...6 {
            let status = try workspace.text("status-\(number)")
            let said = try workspace.text("out-\(number)")
            #expect(["0\n", "74\n"].contains(status), "\(said)")
            if status == "0\n" {
                expected.insert("\(id)-\(number)")
            } else {
                #expect(said.contains("another chimera-gate is writing"), "\(said)")
            }
        }
        let sessions = try BaselineStore(directory: workspace.file("Baselines").path).read(
            workload: .analysis, machineClass: "replay")?.baseline.sessions
        #expect(Set((sessions ?? []).map(\.sessionId)) == expected)
        #expect(expected.count > 1)
    }
}
