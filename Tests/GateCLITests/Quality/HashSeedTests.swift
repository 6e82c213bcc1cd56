import Foundation
import TestSupport
import Testing

/// Swift draws the seed of its hashes anew in each process.
@Suite("the order of hashing", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct HashSeedTests {
    private static let data = """
        ferry,route,crossings,load_ms,p95_latency_ms,tokens_per_s
        aurora,north,1240,214.7,388.1,51.6
        aurora,south,1180,231.9,402.4,49.2
        borealis,north,990,163.2,301.9,77.4
        borealis,south,1010,171.5,318.8,74.1
        calypso,north,410,321.4,512.6,38.9

        """
    private static let report = """
        # Ferries

        ## Results

        | Ferry | Route | Load (ms) | p95 (ms) |
        |---|---|---:|---:|
        | aurora | north | 214.7 | 388.1 |
        | borealis | south | 172.5 | 318.8 |

        - borealis has the highest load on the north route, 40 % less than aurora.
        - Over all rows 4,830 crossings were made, most of them by calypso; the mean load is 220.5 ms.
        - dorado took 99.9 ms, and the throughput of calypso was 38.9 ms.

        """

    @Test("changes not one byte of what lint and ingest say") func sameBytes() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(Self.data, to: "csv_data/ferries.csv")
        try workspace.folder.write(Self.report, to: "report.md")
        var said: Set<String> = []
        for seed in [["SWIFT_DETERMINISTIC_HASHING": "1"], [:], [:], [:], [:], [:]] {
            let lint = try await workspace.gate(
                "lint", "report.md", "--corpus", ".", "--explain-binding", environment: seed)
            let ingest = try await workspace.gate("ingest", "--format", "json", environment: seed)
            #expect(lint.status == 3 && ingest.status == 0, "\(lint)")
            said.insert(lint.output + ingest.output)
        }
        #expect(said.count == 1)
    }
}
