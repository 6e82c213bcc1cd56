import GateCore
import Testing

@Suite struct ShardTests {
    @Test("every element is in exactly one of the shards") func share() throws {
        let names = (1...11).map { "w\($0)" }
        for count in 1...11 {
            let shards = try (1...count).map { try #require(Shard(index: $0, count: count)).share(of: names) }
            #expect(shards.flatMap(\.self).sorted() == names.sorted())
            #expect(shards.allSatisfy { abs($0.count - names.count / count) <= 1 })
        }
        #expect(Shard("2/4")?.share(of: ["a", "b", "c", "d", "e", "f"]) == ["b", "f"])
    }

    @Test(
        "what is no part of a whole is none",
        arguments: ["0/4", "5/4", "1/0", "2", "", "a/b", "1/4/2", "-1/4", "1/1001"])
    func refused(text: String) { #expect(Shard(text) == nil) }
}
