import Foundation
import TestSupport
import Testing

/// Whole outputs beside the tests. CHIMERA_GATE_UPDATE_GOLDEN=1 writes them anew; the difference is for review.
enum Golden {
    static func expect(_ text: String, is name: String, _ location: SourceLocation = #_sourceLocation) throws {
        let url = SharedData.packageRoot.appending(path: "Tests/GateReportsTests/Golden/\(name)")
        if ProcessInfo.processInfo.environment["CHIMERA_GATE_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: url)
        }
        let golden = try String(contentsOf: url, encoding: .utf8)
        let (lines, goldenLines) = (text.split(separator: "\n"), golden.split(separator: "\n"))
        let difference = zip(lines, goldenLines).first { $0 != $1 }
        #expect(
            text == golden, "\(name) differs at: \(String(describing: difference))", sourceLocation: location)
    }
}
