import Foundation
import GateCore
import GateCorpus
import TestSupport
import Testing

@Suite("ingest") struct IngestTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func read(_ configuration: CorpusConfiguration = CorpusConfiguration()) throws -> Corpus {
        try Ingest.read(folder.url.path, configuration)
    }

    func error(_ configuration: CorpusConfiguration = CorpusConfiguration()) -> IngestError? {
        #expect(throws: IngestError.self) { try read(configuration) }
    }

    @Test("the order is that of the roots, then by path, bytewise") func order() throws {
        for path in [
            "csv_data/a.csv", "reports/b.md", "reports/B.md", "reports/a/z.json", "reports/a.json", "reports/a-b.csv",
            "artifacts/x.MD",
        ] {
            try folder.write(path.hasSuffix("json") ? "{}" : "x\n", to: path)
        }
        #expect(
            try read().files.map(\.path) == [
                "reports/B.md", "reports/a-b.csv", "reports/a.json", "reports/a/z.json", "reports/b.md",
                "csv_data/a.csv", "artifacts/x.MD",
            ])
    }

    @Test("a table of separated values is one under the name of a text, too") func tableInText() throws {
        try folder.write(
            "Job|Crane|Load|Elapsed\n17|north|95.5|00:04:07\n18|south|83.25|01:02:00\n", to: "reports/jobs.txt")
        try folder.write("a,b,c\nso it was, or not, he said, and left\n", to: "reports/words.log")
        try folder.write("step,loss,rate\n1,2.5,3\n", to: "reports/a.csv")
        let facts = try read().facts.filter { $0.source.file == "reports/jobs.txt" }
        #expect(facts.filter { $0.metric == "Elapsed" }.map(\.value) == [.number(247), .number(3720)])
        #expect(facts.first { $0.metric == "Load" }?.labels.map(\.text) == ["jobs", "north"])
        #expect(try read().facts.allSatisfy { $0.source.file != "reports/words.log" })
    }

    @Test("extensions count in any case, others do not") func extensions() throws {
        for name in ["a.CSV", "b.Json", "c.MarkDown", "d.txt", "csv", ".md", "e.csv.bak"] {
            try folder.write("{}", to: "reports/\(name)")
        }
        #expect(try read().files.map(\.kind) == [.csv, .json, .markdown])
        let onlyMarkdown = CorpusConfiguration(roots: [CorpusRoot(path: "reports", extensions: ["markdown"])])
        #expect(try read(onlyMarkdown).files.map(\.path) == ["reports/c.MarkDown"])
    }

    @Test("no folder, no root and no file are errors that say what to do") func nothing() throws {
        #expect(throws: IngestError.noFolder(folder: "/does/not/exist", reason: "No such file or directory")) {
            try Ingest.read("/does/not/exist")
        }
        let noRoots = error()
        #expect(noRoots == .noRoots(folder: folder.url.path, roots: ["reports", "csv_data", "artifacts"]))
        #expect(noRoots?.description.contains("--corpus") == true)
        try folder.write("text", to: "reports/readme.txt")
        let noFiles = error()
        #expect(
            noFiles == .noFiles(folder: folder.url.path, roots: ["reports", "csv_data", "artifacts"], unreadable: []))
        try folder.write("{", to: "reports/a.json")
        #expect(error()?.description.contains("reports/a.json: line 1, column 2: the JSON text ends") == true)
    }

    @Test("where there is nothing but text, or a root names it, texts are the artefacts") func texts() throws {
        let counts = "mean 12.5 ms\nmax 19.5 ms\nlatency p99: 18 ms\n"
        try folder.write(counts, to: "mill/a.txt")
        try folder.write("threads: 4\n", to: "mill/run.conf")
        let alone = try read()
        #expect(alone.files.map(\.path) == ["mill/a.txt"])
        #expect(alone.files.map(\.kind) == [.text])
        #expect(alone.notes == ["mill/run.conf"])
        #expect(alone.facts.map(\.number).contains(18))
        #expect(!alone.warnings.contains { $0.message.contains("txt") })
        try folder.write("tokens_s\n1\n", to: "mill/b.csv")
        let beside = try read()
        #expect(beside.files.map(\.path) == ["mill/b.csv"])
        #expect(beside.notes == ["mill/a.txt", "mill/run.conf"])
        #expect(beside.warnings.contains { $0.remedy.hasSuffix("or add txt to the extensions of the root") })
        let named = CorpusConfiguration(roots: [CorpusRoot(path: "mill", extensions: ["csv", "txt"])])
        #expect(try read(named).files.map(\.kind) == [.text, .csv])
        try folder.write("not,\"closed", to: "mill/b.csv")
        #expect(try read().files.map(\.path) == ["mill/a.txt"])
    }

    @Test("a text without a number is no corpus, and one that cannot be read is told") func unreadTexts() throws {
        try folder.write("text", to: "reports/readme.txt")
        #expect(error()?.description.contains("no text with numbers") == true)
        try folder.write("tokens_s\n1\n", to: "reports/a.csv")
        try folder.write("a long text: 17 ms", to: "reports/b.log")
        let small = CorpusConfiguration(maxFileBytes: 12)
        #expect(try read(small).warnings.contains { $0.message.hasPrefix("texts that were not read: reports/b.log: ") })
    }

    @Test("a folder that has none of the usual roots is all of it data, but a repository is not") func wholeFolder()
        throws
    {
        try folder.write("tokens_s\n1\n", to: "fio/a.csv")
        try folder.write("# Notes\n", to: "notes.md")
        #expect(try read().files.map(\.path) == ["fio/a.csv", "notes.md"])
        try folder.write("", to: ".git/HEAD")
        #expect(error() == .noRoots(folder: folder.url.path, roots: ["reports", "csv_data", "artifacts"]))
    }

    @Test(
        "nobody having named roots, data beside the usual ones is read, too, unless it is not all data",
        arguments: [".git/HEAD", "chimera-gate.yml", "Baselines/ci/a.json"])
    func besideRoots(_ sign: String) throws {
        try folder.write("tokens_s\n1\n", to: "vllm/a.csv")
        try folder.write("tokens_s\n1\n", to: "artifacts/b.csv")
        #expect(try read().files.map(\.path) == ["artifacts/b.csv", "vllm/a.csv"])
        try folder.write("{\"tok_s\": 99}", to: "out/session.json")
        try folder.write("| a | b |\n|--|--|\n| x | 99 |\n", to: "out/runs/1/report.md")
        #expect(try read().files.map(\.path) == ["artifacts/b.csv", "vllm/a.csv"])
        let roots = CorpusConfiguration(roots: [CorpusRoot(path: "artifacts", extensions: ["csv"])])
        #expect(try read(roots).files.map(\.path) == ["artifacts/b.csv"])
        try folder.write("{}", to: sign)
        #expect(try read().files.map(\.path) == ["artifacts/b.csv"])
    }

    @Test("baselines and settings are no data where chimera-gate is set up, and may be anybody's elsewhere")
    func setUp() throws {
        try folder.write("tokens_s\n1\n", to: "fio/a.csv")
        try folder.write("tokens_s\n2\n", to: "Baselines/b.csv")
        #expect(try read().files.map(\.path) == ["Baselines/b.csv", "fio/a.csv"])
        try folder.write("workload: command\nruns: 7\n", to: "chimera-gate.yml")
        #expect(try read().files.map(\.path) == ["fio/a.csv"])
    }

    @Test("a report that is judged is no data of its own, wherever it is named from") func exceptReports() throws {
        try folder.write("| model | ttft_ms |\n|--|--|\n| jet | 12 |\n", to: "reports/old.md")
        try folder.write("| model | ttft_ms |\n|--|--|\n| jet | 99 |\n", to: "reports/new.md")
        let path = folder.url.path
        for name in ["\(path)/reports/new.md", "\(path)/reports/../reports/new.md"] {
            let corpus = try Ingest.read(path, except: [name, "/does/not/exist.md"])
            #expect(corpus.files.map(\.path) == ["reports/old.md"])
            #expect(corpus.facts.map(\.number) == [12])
        }
    }

    @Test("of settings and logs, and of texts about data, numbers and names are known") func notes() throws {
        try folder.write("max-num-seqs: 256\nspeculator: EagleHead\n", to: "artifacts/serve.yaml")
        try folder.write("Prompts are from ShareGPT, asked in 2 batches.\n", to: "artifacts/README.md")
        try folder.write("tokens_s\n1\n", to: "artifacts/a.csv")
        let mentions = try read().mentions
        #expect(
            mentions.map(\.written).sorted() == ["2", "256", "EagleHead", "ShareGPT"]
                && mentions.filter { $0.value.kind == .identifier }.map(\.source.file).sorted() == [
                    "artifacts/README.md", "artifacts/serve.yaml",
                ])
    }

    @Test("a root outside of the corpus folder is refused", arguments: ["/etc", "../x", "reports/../../x", ".."])
    func outside(_ root: String) throws {
        try folder.write("x", to: "reports/a.md")
        let roots = [CorpusRoot(path: root, extensions: ["md"])]
        #expect(error(CorpusConfiguration(roots: roots)) == .rootOutside(root: root))
    }

    @Test("roots may lie inside each other; a file counts once") func overlapping() throws {
        try folder.write("x", to: "reports/a.md")
        try folder.write("x", to: "reports/b/c.md")
        let roots = ["reports/b", ".", "reports/"].map { CorpusRoot(path: $0, extensions: ["md"]) }
        #expect(try read(CorpusConfiguration(roots: roots)).files.map(\.path) == ["reports/b/c.md", "reports/a.md"])
    }

    @Test("what cannot be parsed is listed with its line and leaves nothing behind") func unparsable() throws {
        try folder.write("tokens_s\n1\n2,3\n", to: "reports/ragged.csv")
        try folder.write("a\n\"open\n", to: "reports/quote.csv")
        try folder.write("{\"tokens\": 1,\n\"tokens\": 2}", to: "reports/twice.json")
        try folder.write("", to: "reports/empty.json")
        try folder.write("", to: "reports/empty.csv")
        try folder.write("", to: "reports/empty.md")
        let corpus = try read()
        #expect(corpus.files.map(\.path) == ["reports/empty.md"])
        #expect(corpus.facts.isEmpty && corpus.harvested.isEmpty)
        #expect(
            corpus.unreadable == [
                UnreadableFile(path: "reports/empty.csv", reason: "the file is empty: there is no header"),
                UnreadableFile(
                    path: "reports/empty.json", reason: "line 1, column 1: there is no JSON value: the text is empty"),
                UnreadableFile(path: "reports/quote.csv", reason: "line 2: a quote is opened and never closed"),
                UnreadableFile(path: "reports/ragged.csv", reason: "line 3: 2 fields, but the header has 1"),
                UnreadableFile(
                    path: "reports/twice.json",
                    reason: "line 2, column 1: the key 'tokens' is there twice in one object"),
            ])
    }

    @Test("a name of letters and digits and a long version are known by a text that has them") func names() throws {
        try folder.write(
            "# Notes\n\n- node `gx07`: 8 cards of 80GB, 2x faster\n- vLLM 0.6.4.post1, CUDA 12.4, host kestrel-3\n"
                + "- EPYC 9354P, 4KB pages, 300W\n- `loom_buffers = 64GB`, a well-known setting\n",
            to: "reports/notes.md")
        let names = try read().mentions.filter { $0.value.kind == .identifier }.map(\.written)
        #expect(
            Set(names).isSuperset(
                of: ["gx07", "0.6.4.post1", "kestrel-3", "vLLM", "CUDA", "9354P", "loom_buffers"]))
        #expect(
            Set(names).isDisjoint(with: [
                "80GB", "64GB", "4KB", "2x", "12.4", "8", "node", "host", "well-known", "well",
            ]))
    }

    @Test("what Git LFS leaves in place of a file is not read as the file") func pointers() throws {
        let pointer =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "a", count: 64))\nsize 12345\n"
        for name in ["a.csv", "b.md", "c.log"] { try folder.write(pointer, to: "reports/\(name)") }
        try folder.write("", to: "reports/empty.md")
        let corpus = try read()
        let reason = "a Git LFS pointer, not the file itself; 'git lfs pull' fetches it"
        #expect(
            corpus.unreadable.prefix(2) == [
                UnreadableFile(path: "reports/a.csv", reason: reason),
                UnreadableFile(path: "reports/b.md", reason: reason),
            ])
        #expect(corpus.files.map(\.path) == ["reports/empty.md"] && corpus.facts.isEmpty && corpus.harvested.isEmpty)
    }

    @Test("the caps on size and number are said when hit") func caps() throws {
        try folder.write(String(repeating: "x", count: 100), to: "reports/b.md")
        for name in ["a", "c", "d"] { try folder.write("x", to: "reports/\(name).md") }
        let corpus = try read(CorpusConfiguration(maxFiles: 3, maxFileBytes: 99))
        #expect(corpus.files.map(\.path) == ["reports/a.md", "reports/c.md"])
        #expect(
            corpus.unreadable == [
                UnreadableFile(
                    path: "reports/b.md", reason: "100 bytes are more than the limit of 99 bytes for one file")
            ])
        #expect(
            corpus.warnings.map(\.message) == [
                "1 files beyond the limit of 3 were not read",
                "files over the limit of 99 bytes were not read: reports/b.md",
            ])
    }

    @Test("size, time and digest are the file's") func attributes() throws {
        let file = try folder.write("abc", to: "reports/a.md")
        let time = Date(timeIntervalSince1970: 1_763_146_447)
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file.path)
        let read = try #require(try read().files.first)
        #expect(read.bytes == 3)
        #expect(read.modified.spaced == "2025-11-14 18:54:07 UTC")
        #expect(read.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("the identity changes with a path and with a content, and with nothing else") func identity() throws {
        try folder.write("x", to: "reports/a.md")
        let first = try read().identity
        #expect(first.files == 1 && first.bytes == 1 && first.sha256.count == 64)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)],
            ofItemAtPath: folder.url.appending(path: "reports/a.md").path)
        #expect(try read().identity == first)
        try folder.write("y", to: "reports/a.md")
        let second = try read().identity
        #expect(second.sha256 != first.sha256)
        try FileManager.default.moveItem(
            at: folder.url.appending(path: "reports/a.md"), to: folder.url.appending(path: "reports/b.md"))
        #expect(try read().identity.sha256 != second.sha256)
    }

    @Test("a kind without files has no block in the summary, and few files no remainder") func summary() throws {
        let file = try folder.write("a,b\n", to: "reports/a.csv")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: file.path)
        #expect(
            DataSummary.text(try read())
                == "Total files analyzed: 1\n\nCSV Files (1)\n  - reports/a.csv\n"
                + "  Latest modified: 1970-01-01 00:00:00 UTC\n\n")
    }
}
