import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Lists of numbers as samples of one thing")
struct SampleListTests {
    /// Two pumps, each with six samples of its flow; one says the ends of its samples itself.
    private static let pumps = Sample.facts([
        pump("mistral", [41.2, 44.8, 39.6, 43.1, 45.7, 40.6]), pump("sirocco", [52.3, 57.9, 55.4, 51.2, 58.6, 54.2]),
    ])

    private static func pump(_ name: String, _ flow: [Double]) -> [Fact] {
        flow.indices.map { element(name, "flow_l", [$0], flow[$0]) }
    }

    private static func element(_ pump: String, _ list: String, _ indices: [Int], _ value: Double) -> Fact {
        let reading = NameReading(list)
        return Fact(
            labels: [FactLabel(.file, text: pump), FactLabel(.text, name: "pump", text: pump)],
            metric: list + indices.map { "[\($0)]" }.joined(), statistic: .raw, dimension: reading.dimension,
            unit: reading.unit?.name, value: .number(value), written: "\(value)",
            source: FactSource(
                file: "\(pump).json", pointer: "/\(list)/" + indices.map(String.init).joined(separator: "/")))
    }

    private func named(_ facts: [Fact]) -> [String] {
        SampleLists.named(facts).map { fact in
            let sample = fact.labels.first { $0.name == SampleLists.key }.map { " #\($0.text)" } ?? ""
            return "\(fact.metric)\(sample) \(fact.written)"
        }
    }

    @Test("a list is a column with a row for each number, and what they come to is said of the object")
    func rows() {
        #expect(
            named(Self.pump("mistral", [41.2, 44.8, 39.6, 43.1, 45.7, 40.6])) == [
                "flow_l #1 41.2", "flow_l #2 44.8", "flow_l #3 39.6", "flow_l #4 43.1", "flow_l #5 45.7",
                "flow_l #6 40.6", "flow_l.mean 42.5", "flow_l.min 39.6", "flow_l.max 45.7", "flow_l.median 42.15",
            ])
    }

    @Test("a few numbers without a unit are a place or a box, and pairs are no samples")
    func places() {
        let box = [1, 2, 3, 4].enumerated().map { Self.element("mistral", "box", [$0], Double($1)) }
        #expect(named(box) == ["box[0] 1.0", "box[1] 2.0", "box[2] 3.0", "box[3] 4.0"])
        let pairs = (0..<8).map { Self.element("mistral", "curve", [$0 / 2, $0 % 2], Double($0)) }
        #expect(named(pairs).first == "curve[0][0] 0.0")
    }

    @Test("lists of lists that are no pairs are samples, too")
    func lists() {
        let runs = (0..<10).map { Self.element("mistral", "runs", [$0 / 5, $0 % 5], Double($0)) }
        let told = named(runs)
        #expect(told.prefix(2) == ["runs #1 0.0", "runs #2 1.0"])
        #expect(told.suffix(4) == ["runs.mean 4.5", "runs.min 0", "runs.max 9", "runs.median 4.5"])
    }

    @Test("what an object says of its samples tells what they are of, and is not computed again")
    func summaries() {
        let labels = [FactLabel(.file, text: "a"), FactLabel(.text, name: "name", text: "cold")]
        let samples = [12.5, 11.0, 14.5].enumerated().map { index, value in
            Fact(
                labels: labels + [FactLabel(.path, text: "startMs")], metric: "runs[\(index)]", statistic: .raw,
                dimension: .time, unit: "ms", value: .number(value), written: "\(value)",
                source: FactSource(file: "a.json", pointer: "/startMs/runs/\(index)"))
        }
        let least = Fact(
            labels: labels, metric: "startMs.minimum", statistic: .min, dimension: .time, unit: "ms",
            value: .number(11), written: "11.0", source: FactSource(file: "a.json", pointer: "/startMs/minimum"))
        let found = SampleLists.named([least] + samples)
        #expect(
            found.map(\.metric) == [
                "startMs.minimum", "startMs", "startMs", "startMs", "startMs.mean", "startMs.max", "startMs.median",
            ])
        #expect(found.allSatisfy { $0.unit == "ms" && !$0.labels.contains { $0.kind == .path } })
    }

    @Test("means and ends of samples are those of their owner")
    func judged() {
        let text = "The flow of mistral averaged 42.5, that of sirocco 54.9; sirocco peaked at 58.6."
        #expect(Sample.findings(text, Self.pumps) == [])
        #expect(
            Sample.findings("The mean flow of mistral is 42.5 l.".replacing("42.5", with: "47.5"), Self.pumps)
                == ["error G04 47.5"])
    }

    @Test("a sample is no key that a bare number selects")
    func keys() {
        #expect(Sample.findings("Release 4 of mistral has a mean flow of 42.5 l.", Self.pumps) == [])
        #expect(Sample.findings("The mean flow of sirocco is the highest.", Self.pumps) == [])
    }
}
