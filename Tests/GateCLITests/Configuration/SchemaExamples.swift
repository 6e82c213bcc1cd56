import Testing

/// Documents that the decoder and the JSON Schema must judge alike. What only the decoder can see (a lower limit above
/// the upper one, `1_000`) is not among them.
struct SchemaExample: Sendable, CustomTestStringConvertible {
    let text: String
    let isValid: Bool

    var testDescription: String { "\(isValid ? "valid" : "invalid"): \(text)" }

    static let all =
        valid.map { SchemaExample(text: $0, isValid: true) } + invalid.map { SchemaExample(text: $0, isValid: false) }

    private static let valid = [
        "{}", "version: 1", "workload: dual", "machine_class: a.b_c-1", "machine_class: '1'", "runs: 10000",
        "warmup_runs: 0", "load_runs: 0", "load_runs: 3", "inconclusive: fail",
        "agent: {model: smollm2:135m, persona: 'You are.', num_gpu: -1, num_ctx: 4096, seed: 4294967295}",
        "agent: {temperature: 0, top_p: 1, top_k: 0, repeat_penalty: 1.1, prompt_cache: allow, max_tokens: 1}",
        "agent: {temperature: 1.5, top_p: 0.0}", "agent: {model: '8'}", "agent:\n  persona: |\n    a\n    b\n",
        "corpus: {roots: [reports, a/b/, ...]}",
        "corpus: {roots: [{path: reports}, {path: x, extensions: [markdown]}]}",
        "corpus: {max_files: 1, max_file_bytes: 1073741824}",
        "server: {api: ollama}", "server: {url: 'https://host:1/prefix'}",
        "server: {api: openai, url: 'http://[::1]:8080'}",
        "server: {start: serve --port 8080}", "server: {start: [serve, --port, 8080, --flash, true, 1.5]}",
        "server: {timeouts: {connect: 10s, first_token: 2 min, idle: 0.5 s, total: 1h, ready: 500 us}}",
        "server: {unix_socket: /run/model.sock, ca_file: ca.pem, follow_redirects: true, proxy: environment}",
        "server: {token_file: secrets/token, follow_redirects: false, proxy: none}",
        "server: {token_env: MODEL_TOKEN}",
        "metrics: {}", "metrics: {ttft: 25%, report/ttft: 10 %, itl.p99: 5ms, load: 1 s, run/load: 50%}",
        "metrics: {throughput: 5 tok/s, analysis/server.throughput: 5%, inventory/prompt_eval: 0%}",
        "metrics: {ttft: {tolerance: 25%, max: 2 s, min: 0s}, workflow: {max: 10 min}, run/analysis: 5%}",
        "metrics: {tokens: {max: 100}, report/prompt_tokens: {min: 1.5, max: 2}}",
        "metrics: {throughput: {min: 20 tok/s}, total: {tolerance: 1us}, report: 10%, analysis: 10%}",
        "workload: load", "workload: command\ncommand: {run: 'python3 agent.py'}",
        "workload: command\ncommand: {run: [a, --b], directory: x, report: out/*.md, success: [0, 2], timeout: 10 min}",
        "workload: command\ncommand: {run: a, environment: {A_B: 'c', D: 1, E: ''}, address_variables: [MODEL_URL]}",
        "workload: command\ncommand: {run: a, stages: [{name: plan, order: 1}, {name: b, header: x}]}",
        "workload: command\ncommand: {run: a, stages: [{name: c, model: m}, {name: d, prompt: '^Sum'}]}",
        "workload: command\ncommand: {run: a}\nproxy: {stream: force, header: x-stage}",
        "workload: command\ncommand: {run: a}\nprices: {'m:1b': {prompt: 0.15, completion: 0}}",
        "workload: command\ncommand: {run: a}\nbase: {setup: [uv, sync]}",
        "workload: command\ncommand: {run: a, stages: [{name: plan, order: 1}]}\nmetrics: {plan/ttft: 5%, calls/ttft: 1 s}",
        "metrics: {calls: 0%, cost: {max: 0.5}, wall: 20%, peak_memory: 10% or 20 MiB, run/cpu: {max: 2 s}}",
        "metrics: {peak_memory: {max: 1 GiB}, tokens_sum: {role: info}}",
        "metrics: {load/ttft.p99: 10%, e2e.p50: {max: 2 s}, load/itl.p50: 5%, goodput: {min: 5 req/s}}",
        "metrics: {requests_per_second: 2 req/s, error_share: {max: 0.01}, concurrency.max: 10%, output_throughput: 5%}",
    ]

    private static let invalid = [
        "[]", "text", "5", "unknown: 1", "version: 2", "version: '1'", "workload: triple", "workload: [dual]",
        "machine_class: A", "machine_class: ''", "machine_class: .a", "machine_class: a/b",
        "runs: 0", "runs: 10001", "runs: 1.5", "runs: '5'", "runs: yes", "runs: null", "runs: [1]", "warmup_runs: -1",
        "load_runs: -1", "load_runs: 1.5", "load_runs: yes",
        "workload: command\ncommand: {run: []}", "workload: command\ncommand: {run: a, success: [256]}",
        "workload: command\ncommand: {run: a, success: 0}", "workload: command\ncommand: {run: a, timeout: 10}",
        "workload: command\ncommand: {run: a, environment: [A]}", "workload: command\ncommand: {run: a, environment: {1A: b}}",
        "workload: command\ncommand: {run: a, stages: []}", "workload: command\ncommand: {run: a, stages: [{order: 1}]}",
        "workload: command\ncommand: {run: a, stages: [{name: A, order: 1}]}",
        "workload: command\ncommand: {run: a, stages: [{name: b, order: 0}]}", "workload: command\ncommand: {shell: a}",
        "workload: command\ncommand: {run: a}\nproxy: {stream: always}",
        "workload: command\ncommand: {run: a}\nproxy: {header: X Stage}",
        "workload: command\ncommand: {run: a}\nprices: {m: {prompt: 1}}",
        "workload: command\ncommand: {run: a}\nprices: {m: {prompt: -1, completion: 1}}",
        "metrics: {peak_memory: {max: 5}}", "metrics: {calls: {max: 1 s}}", "metrics: {calls/wall: 5%}",
        "inconclusive: true", "agent: {model: 8}", "agent: {model: yes}", "agent: {model: ''}", "agent: {model: ~}",
        "agent: {persona: 1.5}", "agent: {persona: [a]}", "agent: {num_ctx: 0}", "agent: {num_gpu: -2}",
        "agent: {temperature: -0.5}", "agent: {temperature: hot}", "agent: {top_p: 1.5}", "agent: {top_p: -1}",
        "agent: {repeat_penalty: 0}", "agent: {seed: 4294967296}", "agent: {max_tokens: 0}",
        "agent: {prompt_cache: yes}", "agent: {name: x}", "agent: [model]", "agent: null",
        "corpus: {roots: []}", "corpus: {roots: reports}", "corpus: {roots: [/a]}", "corpus: {roots: [../a]}",
        "corpus: {roots: [a/..]}", "corpus: {roots: [a/./b]}", "corpus: {roots: [a//b]}", "corpus: {roots: [1]}",
        "corpus: {roots: ['']}", "corpus: {roots: [{}]}", "corpus: {roots: [{extensions: [csv]}]}",
        "corpus: {roots: [{path: a, extensions: []}]}", "corpus: {roots: [{path: a, extensions: [xml]}]}",
        "corpus: {roots: [{path: a, extensions: csv}]}", "corpus: {roots: [{path: a, depth: 1}]}",
        "corpus: {max_files: 0}", "corpus: {max_file_bytes: 1073741825}",
        "server: {api: anthropic}", "server: {url: 'ftp://h'}", "server: {url: 'http://u:p@h'}",
        "server: {url: 'http://h?q=1'}", "server: {url: 'http://h#f'}", "server: {url: localhost}", "server: {url: 5}",
        "server: {start: []}", "server: {start: ''}", "server: {start: 5}", "server: {start: {a: b}}",
        "server: {start: [[a]]}", "server: {start: [a, null]}", "server: {port: 1}",
        "server: {timeouts: {idle: 10}}", "server: {timeouts: {idle: 0s}}", "server: {timeouts: {idle: -1s}}",
        "server: {timeouts: {idle: 10m}}", "server: {timeouts: {idle: s}}", "server: {timeouts: {read: 1s}}",
        "server: {timeouts: {idle: 1e3s}}", "server: {timeouts: 10s}",
        "server: {follow_redirects: often}", "server: {follow_redirects: 'true'}", "server: {follow_redirects: 1}",
        "server: {proxy: 'http://p'}", "server: {token: abc}", "server: {token_env: '1A'}",
        "server: {token_env: 'A=b'}",
        "server: {unix_socket: ''}", "server: {ca_file: 5}", "server: {token_file: []}",
        "metrics: [ttft]", "metrics: null", "metrics: {speed: 5%}", "metrics: {run/ttft: 5%}", "metrics: {X/ttft: 5%}",
        "metrics: {report/workflow: 5%}", "metrics: {inventory/run: 5%}", "metrics: {itlxp99: 5%}",
        "metrics: {/ttft: 5%}",
        "metrics: {ttft: 5}", "metrics: {ttft: 5 tok/s}", "metrics: {ttft: -5%}", "metrics: {ttft: {}}",
        "metrics: {ttft: {max: 2}}", "metrics: {ttft: {limit: 2 s}}", "metrics: {ttft: [5%]}", "metrics: {ttft: null}",
        "metrics: {throughput: 5 ms}", "metrics: {throughput: {min: 20}}", "metrics: {throughput: {min: 20 s}}",
        "metrics: {tokens: 5%}", "metrics: {tokens: {tolerance: 5%}}", "metrics: {tokens: {max: -1}}",
        "metrics: {tokens: {max: 5 tok}}", "metrics: {tokens: {}}", "metrics: {report/ttft.p99: 5%}",
        "metrics: {load/ttft: 5%}", "metrics: {goodput: 5 tok/s}", "metrics: {error_share: {max: 1.5}}",
        "metrics: {run/goodput: 5%}", "metrics: {concurrency.max: {min: 4 req/s}}",
    ]
}
