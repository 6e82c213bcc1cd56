import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Exit statuses of the program", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ExitStatusTests {
    // MARK: 64

    @Test("a fault that is not known is answered with those that are") func faultForms() async throws {
        let workspace = try GateWorkspace()
        let outcome = try await workspace.gate("replay", "--fault", "nonsense")
        #expect(outcome.errors.contains("'nonsense' is no fault") && outcome.errors.contains("cut:N"), "\(outcome)")
        let help = try await workspace.gate("replay", "--help")
        #expect(help.status == 0 && help.output.contains("cut:N"))
    }
}
