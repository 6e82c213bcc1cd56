import ArgumentParser
import Foundation
import GateCore
import GateMeasure
import GateVerdict
import TestSupport
import Testing

@testable import GateCLI

@Suite struct `Options of load` {
    private func load(_ arguments: [String]) throws -> LoadConfiguration {
        try ArrivalOptions.parse(arguments).load()
    }

    @Test("what is left out has its default")
    func defaults() throws {
        #expect(try load([]) == LoadConfiguration(concurrency: 1, extent: .requests(64)))
        #expect(
            try load(["--rate", "2.5"])
                == LoadConfiguration(
                    concurrency: nil, openLoop: OpenLoop(rate: 2.5, arrivals: .constant, seed: 1),
                    extent: .requests(64)))
    }

    @Test("everything can be asked for")
    func everything() throws {
        let arguments =
            "--concurrency 8 --rate 4 --arrivals poisson --seed 9 --duration 30s --limit ttft=500ms"
            + " --limit itl.p99=50ms --limit e2e=10s --limit throughput=20tok/s --limit error_share=0.01"
        let load = try load(arguments.split(separator: " ").map(String.init))
        #expect(load.concurrency == 8)
        #expect(load.openLoop == OpenLoop(rate: 4, arrivals: .poisson, seed: 9))
        #expect(load.extent == .seconds(30))
        let values: [(MetricID, Double)] = [
            ("ttft", 0.5), ("itl.p99", 0.05), ("e2e", 10), ("throughput", 20), ("error_share", 0.01),
        ]
        #expect(load.limits.map(\.metric) == values.map(\.0))
        #expect(zip(load.limits, values).allSatisfy { abs($0.value - $1.1) < 1e-12 })
    }

    @Test(
        "what cannot be meant is refused with what can",
        arguments: [
            ("--concurrency 0", "1 to 65536"), ("--requests 0", "1 to"), ("--rate 0", "greater than 0"),
            ("--rate nan", "greater than 0"), ("--requests 5 --duration 1s", "not both"), ("--duration 5", "unit"),
            ("--arrivals poisson", "--rate"), ("--seed 3", "poisson"), ("--ramp 8", "--limit"),
            ("--ramp 8 --rate 2 --limit ttft=1s", "leave"), ("--limit ttft", "METRIC=VALUE"),
            ("--limit tft=1s", "did you mean 'ttft'"), ("--limit ttft=5", "time with its unit"),
            ("--limit tokens=5", "cannot be limited"), ("--limit error_share=2", "allowed"),
        ])
    func refused(arguments: String, words: String) throws {
        let error = #expect(throws: (any Error).self) {
            try load(arguments.split(separator: " ").map(String.init))
        }
        let failure = CommandFailure(try #require(error))
        #expect(failure.code == .usage)
        #expect(failure.message.contains(words), "\(failure.message)")
    }

    @Test("the workload 'load' is not run by 'run' or 'check', and they say who does")
    func otherCommands() throws {
        let options = try MeasuringOptions.parse(["--workload", "load", "--model", "m"])
        let error = #expect(throws: CommandFailure.self) { try options.sessionRun() }
        #expect(error?.code == .usage)
        #expect(error?.message.contains("chimera-gate load") == true)
    }

    @Test("a prompt that is no text is refused")
    func prompts() throws {
        let folder = try TemporaryFolder()
        let blank = try folder.write(" \n", to: "blank.txt").path
        let bytes = folder.url.appending(path: "bytes.txt")
        try Data([0xFF, 0xFE, 0x00]).write(to: bytes)
        for path in [blank, bytes.path, folder.url.path, "/no/such/file"] {
            #expect(throws: (any Error).self) { try PromptFiles(paths: [path]) }
        }
        let one = try folder.write("ab", to: "one.txt").path
        let two = try folder.write("a", to: "two.txt").path
        let three = try folder.write("b", to: "three.txt").path
        #expect(
            try PromptFiles(paths: [one]).identity.sha256 != PromptFiles(paths: [two, three]).identity.sha256,
            "two prompts are not the one that they make together")
    }
}
