import GateCore
import Testing

@testable import GateSettings

struct ConfigurationProblemsTests {
    @Test(
        "a value that cannot be is an error that says what was found and what is allowed",
        arguments: [
            ("version: 2", "1:10: version: found '2'; allowed: 1"),
            (
                "workload: analisys",
                "1:11: workload: found 'analisys'; allowed: analysis, dual, load, command, import (did you mean 'analysis"
            ),
            ("workload: [dual]", "1:11: workload: found a list; allowed: analysis, dual, load"),
            ("machine_class: CI Small", "1:16: machine_class: found 'CI Small'; allowed: lower case letters"),
            ("machine_class: ../x", "1:16: machine_class: found '../x'; allowed: lower case letters"),
            ("machine_class: 1_000", "1:16: machine_class: found '1_000', which is not a text in every YAML"),
            ("runs: 0", "1:7: runs: found '0'; allowed: a whole number from 1 to 10000"),
            ("runs: 1_000", "1:7: runs: found '1_000'; allowed: a whole number"),
            ("runs: 010", "1:7: runs: found '010'; allowed: a whole number"),
            ("runs: 0x10", "1:7: runs: found '0x10'; allowed: a whole number"),
            ("runs: 5.0", "1:7: runs: found '5.0'; allowed: a whole number"),
            ("runs: '5'", "1:7: runs: found the text '5'; allowed: a whole number"),
            ("runs: yes", "1:7: runs: found 'yes'; allowed: a whole number"),
            ("runs:", "1:6: runs: found nothing; allowed: a whole number"),
            ("runs: 99999999999999999999", "1:7: runs: found '99999999999999999999'; allowed: a whole number"),
            ("warmup_runs: -1", "1:14: warmup_runs: found '-1'; allowed: a whole number from 0 to 10000"),
            ("rusn: 3", "1:1: unknown key 'rusn' (did you mean 'runs'?); allowed: version, workload, machine_class"),
            ("zzz: 3", "1:1: unknown key 'zzz'; allowed: version, workload, machine_class"),
            ("agent: smollm2", "1:8: agent: found 'smollm2'; allowed: a mapping with the keys model, persona"),
            ("server:", "1:8: server: found nothing; allowed: a mapping with the keys api, url, start, timeouts"),
            ("agent: {modle: x}", "1:9: agent: unknown key 'modle' (did you mean 'model'?); allowed: model, persona"),
            ("agent: {model: yes}", "1:16: agent.model: found 'yes', which is not a text in every YAML; put it in quo"),
            ("agent: {model: 8}", "1:16: agent.model: found '8', which is not a text in every YAML"),
            ("agent: {model: ''}", "1:16: agent.model: found an empty text; leave the key out"),
            ("agent: {model: \"a\\eb\"}", "1:16: agent.model: found the control character \\u{1B} in it"),
            ("agent: {temperature: -0.1}", "1:22: agent.temperature: found '-0.1'; allowed: a number of at least 0"),
            ("agent: {temperature: .nan}", "1:22: agent.temperature: found '.nan'; allowed: a number of at least 0"),
            ("agent: {temperature: .inf}", "1:22: agent.temperature: found '.inf'; allowed: a number of at least 0"),
            ("agent: {temperature: 1e999}", "1:22: agent.temperature: found '1e999'; allowed: a number of at least 0"),
            ("agent: {top_p: 1.01}", "1:16: agent.top_p: found '1.01'; allowed: a number from 0 to 1"),
            ("agent: {repeat_penalty: 0}", "1:25: agent.repeat_penalty: found '0'; allowed: a number greater than 0"),
            ("agent: {num_ctx: 0}", "1:18: agent.num_ctx: found '0'; allowed: a whole number from 1"),
            ("agent: {seed: -2}", "1:15: agent.seed: found '-2'; allowed: a whole number from -1 to 4294967295"),
            ("corpus: {roots: []}", "1:17: corpus.roots: found an empty list; allowed: a list with at least one item:"),
            ("corpus: {roots: [/etc]}", "1:18: corpus.roots[0]: found '/etc'; allowed: a folder below the corpus fold"),
            ("corpus: {roots: [a, ../b]}", "1:21: corpus.roots[1]: found '../b'; allowed: a folder below"),
            ("corpus: {roots: [a/./b]}", "1:18: corpus.roots[0]: found 'a/./b'; allowed: a folder below"),
            ("corpus: {roots: [a//b]}", "1:18: corpus.roots[0]: found 'a//b'; allowed: a folder below"),
            ("corpus: {roots: [.]}", "1:18: corpus.roots[0]: found '.'; allowed: a folder below"),
            ("corpus: {roots: [a, a/]}", "1:17: corpus.roots: 'a' stands in it twice; keep one"),
            ("corpus: {roots: [a/b, a]}", "1:17: corpus.roots: 'a' and 'a/b' hold the same files; keep one"),
            ("corpus: {roots: [{extensions: [csv]}]}", "1:18: corpus.roots[0]: the key 'path' is missing; it is a fol"),
            (
                "corpus: {roots: [{path: a, extensions: [.csv]}]}",
                "1:41: corpus.roots[0].extensions[0]: found '.csv'; allowed: csv, tsv, json, jsonl, ndjson, md, markdown, txt, log, out (did you mean 'csv'?)"
            ),
            ("server: {url: ftp://host}", "1:15: server.url: not an address that begins with http:// or https://"),
            ("server: {url: localhost}", "1:15: server.url: not an address that begins with http:// or https://"),
            ("server: {url: http://}", "1:15: server.url: not an address; write scheme, host and port"),
            ("server: {url: http://h:99999}", "1:15: server.url: 99999 is not a port; allowed: 1 to 65535"),
            ("server: {url: http://h?key=x}", "1:15: server.url: the address has a query or a fragment"),
            ("server: {start: []}", "1:17: server.start: found an empty list; allowed: a list with at least one"),
            ("server: {start: [a, ~]}", "1:21: server.start[1]: found nothing; allowed: program and arguments"),
            ("server: {start: a | tee log}", "1:17: server.start: '|' needs a shell, and none is used"),
            ("server: {start: 5}", "1:17: server.start: found '5', which is not a text in every YAML"),
            ("server: {timeouts: {idle: 10}}", "1:27: server.timeouts.idle: found '10'; allowed: a time greater than"),
            ("server: {timeouts: {idle: 0s}}", "1:27: server.timeouts.idle: found '0s'; allowed: a time greater than"),
            ("server: {timeouts: {idle: 5m}}", "1:27: server.timeouts.idle: found '5m'; allowed: a time greater than"),
            ("server: {timeouts: {idle: -5s}}", "1:27: server.timeouts.idle: found '-5s'; allowed: a time greater"),
            ("server: {timeouts: {idle: 25 h}}", "1:27: server.timeouts.idle: found '25 h'; allowed: at most 24 h"),
            ("inconclusive: maybe", "1:15: inconclusive: found 'maybe'; allowed: warn, fail"),
        ])
    func values(text: String, message: String) throws {
        let found = problems(text, flags: ConfigurationFlags(model: text.contains("model:") ? nil : "m"))
        #expect(found.count == 1)
        #expect(try #require(found.first).hasPrefix("gate.yml:" + message), "\(found)")
    }

    @Test(
        "pairs, alpha and workloads by which nothing could ever be found are a fault, with what would do",
        arguments: [
            (
                "pairs: 8\nalpha: 0.001", "2:8: pairs: no regression can be found",
                "at least 11 pairs, or alpha from 0.0044 on"
            ),
            ("alpha: 1e-300", "2:8: alpha: no regression can be found", "allowed: alpha from 0.0000012 on"),
            (
                "pairs: 8\nworkloads: {a: {}, b: {}, c: {}}", "2:8: pairs: no",
                "at least 9 pairs, or alpha from 0.014 on"
            ),
            (
                "pairs: 100\nalpha: 1e-9",
                "2:8: pairs: no regression can be found: with alpha 1e-9 no p-value above 9e-10",
                "100 pairs have none below 0.000001; allowed: alpha from 0.0000012 on"
            ),
            (
                "pairs: 8\nalpha: 0.0001\nworkloads: {\((1...200).map { "w\($0): {}" }.joined(separator: ", "))}",
                "2:8: pairs: no", "allowed: 20 pairs and alpha from 0.00023 on"
            ),
        ])
    func blind(settings: String, fault: String, remedy: String) throws {
        let faults = ConfigurationFaults(
            of: Array("agent: {model: m}\n\(settings)".utf8), path: "gate.yml", environment: [:], day: "2026-11-25")
        let problem = try #require(faults.problems.first)
        #expect(faults.problems.count == 1)
        #expect(problem.description.contains(fault) && problem.description.hasSuffix(remedy), "\(problem)")
    }

    @Test(
        "a demand that the workload can never be held to is a fault, with the name that is meant",
        arguments: [
            ("ttft.p50: 5%", "'ttft.p50' is not measured by 'workload: analysis' (did you mean 'ttft'?)"),
            ("ttft.p50: 5%", "'chimera-gate load' (as 'load/ttft.p50')"),
            ("calls: 5%", "'calls' is not measured by 'workload: analysis'; it is by 'workload: command'"),
            ("inventory/ttft: 5%", "not measured in a stage 'inventory'; it is in analysis, report"),
        ])
    func vain(demand: String, message: String) throws {
        let problem = try #require(problems("agent: {model: m}\nmetrics: {\(demand)}").first)
        #expect(problem.description.contains(message), "\(problem)")
        #expect(problems("agent: {model: m}\nmetrics: {load/ttft.p50: 5%, report/ttft: 5%}").isEmpty)
        let dual = "agent: {model: m}\nworkload: dual\nmetrics: {inventory/ttft: 5%}"
        #expect(problems(dual).isEmpty)
        let flags = ConfigurationFlags(tolerances: ["load/ttft.p50=5%"])
        #expect(!problems("agent: {model: m}", flags: flags).isEmpty)
    }

    @Test("what has no effect in a base's file is no fault of the change that may mend it")
    func ofBase() throws {
        let base = try ConfigurationFile.parse(
            Array("agent: {model: m}\npairs: 8\nalpha: 0.001\nmetrics: {calls: 5%}".utf8), path: "main:gate.yml")
        let head = try ConfigurationFile.parse(Array("agent: {model: m}".utf8), path: "gate.yml")
        let resolved = try base.resolvedBase(
            head: head, flags: ConfigurationFlags(), serverURL: nil, environment: [:])
        #expect(resolved.policy.pairs == 8)
        #expect(try base.policy(flags: ConfigurationFlags(), fallback: Policy()).alpha == 0.001)
        #expect(throws: ConfigurationError.self) { try base.resolved(environment: [:]) }
    }

    @Test("what stands above several workloads has to be measured by one of them")
    func vainAbove() {
        func faults(_ demand: String) -> [ConfigurationProblem] {
            let text = "agent: {model: m}\nmetrics: {\(demand)}\nworkloads: {a: {workload: dual}, b: {runs: 2}}"
            return ConfigurationFaults(of: Array(text.utf8), path: "g.yml", environment: [:], day: "2026-11-25")
                .problems
        }
        #expect(faults("inventory/ttft: 5%").isEmpty)
        #expect(faults("calls: 5%").count == 1)
    }

    @Test(
        "a demand that no metric can have is an error",
        arguments: [
            (
                "tftt: 25%",
                "1:11: metrics: there is no metric 'tftt' (did you mean 'ttft'?); there are ttft, ttft.any, thinking, itl.p50"
            ),
            ("ttft.cold: 5%", "1:11: metrics: there is no metric 'ttft.cold'"),
            ("reprot/ttft: 5%", "1:11: metrics: 'ttft' is not measured in a stage 'reprot' (did you mean 'report'?);"),
            ("run/ttft: 5%", "1:11: metrics: 'ttft' is not measured in a stage 'run'; it is in inventory, analysis, r"),
            ("report/workflow: 5%", "1:11: metrics: 'workflow' is not measured in a stage 'report'; it is in run"),
            ("ttft: 25", "1:17: metrics.ttft: found '25'; allowed: per cent as in '25%', or a time as in '50 ms'"),
            ("ttft: 5 tok/s", "1:17: metrics.ttft: found '5 tok/s'; allowed: per cent"),
            ("ttft: -5%", "1:17: metrics.ttft: found '-5%'; allowed: per cent"),
            ("ttft: {}", "1:17: metrics.ttft: found an empty mapping; allowed: per cent"),
            ("ttft: [5%]", "1:17: metrics.ttft: found a list; allowed: per cent"),
            ("ttft: ~", "1:17: metrics.ttft: found nothing; allowed: per cent"),
            ("throughput: 5 ms", "1:23: metrics.throughput: found '5 ms'; allowed: per cent as in '10%', or a rate"),
            ("throughput: 100%", "1:23: metrics.throughput: found '100%'; allowed: less than 100%"),
            ("tokens: 5%", "1:19: metrics.tokens: found '5%'; 'tokens' is neither better nor worse: it takes max and"),
            ("tokens: {tolerance: 5%}", "1:20: metrics.tokens: unknown key 'tolerance'; allowed: max, min"),
            ("tokens: {max: 5 tok}", "1:25: metrics.tokens.max: found '5 tok'; allowed: a number of at least 0"),
            ("ttft: {max: 2}", "1:23: metrics.ttft.max: found '2'; allowed: a time with its unit"),
            ("ttft: {max: 1 s, min: 2 s}", "1:17: metrics.ttft: min is greater than max"),
            ("throughput: {min: 20}", "1:29: metrics.throughput.min: found '20'; allowed: a rate with its unit"),
        ])
    func metrics(demand: String, message: String) throws {
        let found = problems("metrics: {\(demand)}", flags: ConfigurationFlags(model: "m"))
        #expect(found.count == 1)
        #expect(try #require(found.first).hasPrefix("gate.yml:" + message), "\(found)")
    }

    @Test("all problems of a file are told, in the order of the lines")
    func all() {
        let text = """
            metrics:
              ttft: 5
              nothing: 5%
            agent:
              top_p: 2
              oops: 1
            runs: 0
            """
        #expect(
            problems(text).map { $0.prefix { $0 != " " } } == [
                "gate.yml:2:9:", "gate.yml:3:3:", "gate.yml:5:10:", "gate.yml:6:3:", "gate.yml:7:7:",
            ])
    }

    @Test("a password in an address is refused and not repeated")
    func password() {
        let found = problems("agent: {model: m}\nserver: {url: 'http://user:hunter2@host?token=geheim'}")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("gate.yml:2:15: server.url: the address holds a user name or a") == true)
        #expect(!found.joined().contains("hunter2") && !found.joined().contains("geheim"))
        #expect(!problems("server: {url: 'http://h/?token=geheim'}").joined().contains("geheim"))
    }

    @Test("what is quoted in an error stays on its line and has no control characters")
    func quotedValues() {
        let found = problems("workload: \"a\\nb\\e[31m\\u202e\(String(repeating: "x", count: 500))\"")
        #expect(found.count == 1)
        #expect(found.first?.contains(#"found the text 'a\nb\u{1B}[31m\u{202E}xxx"#) == true)
        #expect((found.first?.count ?? 0) < 200)
    }
}
