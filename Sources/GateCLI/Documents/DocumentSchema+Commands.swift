import GateCore
import GateJSON
import GateVerdict
import GateVocabulary

/// Of commands that measure and judge nothing.
extension DocumentSchema {
    private static let count: [Member] = [("type", "integer"), ("minimum", 0)]
    private static let flag: [Member] = [("type", "boolean")]

    static var start: String {
        let server = object([
            Field("api", "The API that it speaks.", choice(ServerAPI.allCases.map(\.rawValue))),
            Field("url", "Where it answers.", text),
            Field("models", "As requests name them.", list(of: text)),
        ])
        let kind = object([
            Field("extension", "Without the dot.", text),
            Field("files", "How many lie in the folder and below it.", count),
        ])
        let root = object([
            Field("path", "The folder, as the configuration names it.", text),
            Field("kinds", "What lies in it.", list(of: kind)),
        ])
        return document(
            "init", "What was found for a first configuration",
            [
                Field("file", "The configuration that was written.", text),
                Field("server", "The server that is configured; absent where none answers.", isRequired: false, server),
                Field("other_servers", "Others that answer.", list(of: server)),
                Field("model", "The model that is configured.", text),
                Field("roots", "The folders that are read.", list(of: root)),
                Field("next", "The commands that come after it.", list(of: text)),
            ])
    }

    static var junitMerge: String {
        document(
            "junit-merge", "What became of JUnit files that were merged",
            [
                Field("files", "As the call named them.", list(of: text)),
                Field("output", "The file that was written.", text),
                Field("suites", "Suites in it.", count),
                Field("cases", "Cases in it.", count),
                Field("overall", "The worst that is in it.", choice(OverallVerdict.allCases.map(\.rawValue))),
                Field("exit_code", "The status that the call ends with.", count),
            ])
    }

    static var listening: String {
        let variable = object([Field("name", "Its name.", text), Field("value", "Its value.", text)])
        return document(
            "listening", "Where a proxy or a replay can be asked",
            [
                Field("address", "As the command line takes it.", text),
                Field("url", "As clients take it; absent for a unix socket.", isRequired: false, text),
                Field("forwards_to", "The server behind a proxy; absent for a replay.", isRequired: false, text),
                Field(
                    "variables", "Variables that send an agent to a proxy; absent for a replay.", isRequired: false,
                    list(of: variable)),
                Field(
                    "recorded_calls", "How many a replay has to answer by; absent for a proxy.", isRequired: false,
                    count),
            ])
    }

    static var passedCalls: String {
        document(
            "passed-calls", "What passed a proxy",
            [
                Field("calls", "Calls that passed.", count),
                Field("invalid", "Those of them that failed.", count),
                Field("exchanges", "The file of every call.", text),
                Field("directory", "The session directory, as it was given.", text),
                Field("session_id", "The session's name; absent where no call asked a model.", isRequired: false, text),
                Field("is_repeatable", "Whether replay can answer any of them again.", flag),
                Field(
                    "command_status",
                    "The status of the command that was run, as a shell tells it; absent where none was.",
                    isRequired: false, count),
            ])
    }

    static var rules: String {
        let rule = object([
            Field("id", "As configurations and findings name it.", choice(RuleID.allCases.map(\.rawValue))),
            Field("title", "Its name.", text),
            Field(
                "severity", "As configured; absent where the rule is off.", isRequired: false,
                choice(Severity.allCases.map(\.rawValue))),
            Field("allowance", "Errors that a report may have by configuration.", isRequired: false, count),
            Field("needs_facts", "Whether it needs the facts of the report.", flag),
            Field("definition", "What it compares with what.", text),
            Field("example", "Words of a report that it finds.", text),
        ])
        let amount: [Member] = [("type", "number"), ("minimum", 0)]
        let tolerance = object([
            Field("percent", "Of what is approved.", isRequired: false, amount),
            Field("absolute", "In the metric's unit.", isRequired: false, amount),
        ])
        let metric = object([
            Field("id", "As configurations name it behind quality/.", text),
            Field("unit", "Its unit.", text),
            Field("direction", "Which way is better.", choice(Direction.allCases.map(\.rawValue))),
            Field("definition", "What is measured.", text),
            Field("default_tolerance", "Absent for one that only informs.", isRequired: false, tolerance),
        ])
        return document(
            "rules", "The rules and metrics of reports",
            [
                Field("rules", "In the order of the taxonomy.", list(of: rule)),
                Field("metrics", "Of a session's reports.", list(of: metric)),
            ])
    }

    static var factExplanation: String {
        let line = object([
            Field("place", "The column, the JSON pointer with * for indices, or the name of the metric.", text),
            Field("metric", "As the data names it.", text),
            Field("kind", "What the facts are.", choice(FactValue.Kind.allCases.map(\.rawValue))),
            Field("statistic", "What the numbers are of their sample.", text),
            Field("dimension", "What is measured.", choice(Dimension.allCases.map(\.rawValue))),
            Field("unit", "Absent where none is known.", isRequired: false, text),
            Field("count", "How many facts.", count),
            Field("example", "The first one as written.", text),
            Field("owner", "What names its row, the innermost last.", list(of: text)),
        ])
        return document(
            "fact-explanation", "How a file of the corpus was understood",
            [
                Field("file", "Below the folder of the corpus.", text),
                Field("format", "The tool whose output it was read as.", isRequired: false, text),
                Field("lines", "In the order of the file.", list(of: line)),
            ])
    }

    static var schemas: String {
        let entry = object([
            Field("name", "As schema NAME takes it.", text), Field("title", "What it is about.", text),
        ])
        return document(
            "schemas", "The schemas that there are", [Field("schemas", "By their names.", list(of: entry))])
    }
}
