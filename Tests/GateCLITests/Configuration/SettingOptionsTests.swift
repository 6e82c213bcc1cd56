import ArgumentParser
import Foundation
import GateCore
import GateSettings
import TestSupport
import Testing

@testable import GateCLI

@Suite("Flags of settings") struct SettingOptionsTests {
    @Test("what is given arrives under the key, as it was written")
    func given() throws {
        let options = try MeasuringOptions.parse([
            "--runs", "3", "--num-ctx=4096", "--workload", "dual", "--unix-socket", "/s", "--follow-redirects",
            "--tolerance", "ttft=25%",
        ])
        #expect(
            options.flags
                == ConfigurationFlags(
                    [
                        "runs": "3", "agent.num_ctx": "4096", "workload": "dual", "server.unix_socket": "/s",
                        "server.follow_redirects": "true",
                    ], tolerances: ["ttft=25%"]))
        #expect(options.workload == .dual && options.machineClass == nil)
        #expect(try MeasuringOptions.parse([]).flags == ConfigurationFlags())
    }

    @Test(
        "every setting that has a flag has it at the commands that measure, and no command has another one of its name")
    func all() throws {
        for setting in Settings.all where setting.flag != nil {
            let name = try #require(setting.flagName)
            let value = setting.shape == .boolean ? [] : ["1"]
            #expect(try MeasuringOptions.parse([name] + value).flags.values[setting.key] == value.first ?? "true")
        }
        #expect(throws: (any Error).self) { try MeasuringOptions.parse(["--runs"]) }
        #expect(throws: (any Error).self) { try MeasuringOptions.parse(["--num-gpu", "1"]) }
    }

    @Test("a flag is taken by its former name")
    func formerName() throws {
        #expect(try MeasuringOptions.parse(["--load-runs", "3"]).flags == ConfigurationFlags(["cold_starts": "3"]))
    }

    @Test("load has those of the server and the model, and its own runs")
    func load() throws {
        let load = try LoadCommand.parse(["--model", "m", "--prompt-cache", "allow", "--runs", "2", "--token-env", "T"])
        #expect(load.settings.given == ["agent.model": "m", "agent.prompt_cache": "allow"])
        #expect(load.transport.given == ["server.token_env": "T"] && load.runs == 2)
        #expect(throws: (any Error).self) { try LoadCommand.parse(["--cold-starts", "1"]) }
    }

    @Test("a flag that says how to measure is told from one that says how to judge")
    func measuring() throws {
        #expect(try MeasuringOptions.parse(["--inconclusive", "fail"]).firstMeasuringFlag == nil)
        #expect(try MeasuringOptions.parse(["--retries", "1", "--runs", "2"]).firstMeasuringFlag == "--runs")
        #expect(try MeasuringOptions.parse(["--retries", "1"]).firstMeasuringFlag == "--retries")
    }

    @Test("a call reads its file once")
    func once() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("runs: 2", to: "gate.yml").path
        let option = try ConfigurationFileOption.parse(["--config", path])
        #expect(try option.load().runs(fallback: 9) == 2)
        try folder.write("runs: 0", to: "gate.yml")
        #expect(try option.load().runs(fallback: 9) == 2)
    }
}
