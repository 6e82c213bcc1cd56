import GateCore
import GateLint
import Testing

@Suite("The registry of rules")
struct RuleRegistryTests {
    @Test("every rule stands in it once, in the order of the taxonomy, with a definition and an example")
    func complete() {
        #expect(RuleRegistry.all.map(\.rule) == RuleID.allCases)
        #expect(
            RuleRegistry.all.allSatisfy {
                !$0.example.isEmpty && $0.definition.hasSuffix(".") && !$0.severities.isEmpty
            })
    }

    @Test("rules that look at the data say so")
    func needsFacts() {
        for rule in RuleRegistry.all {
            #expect(rule.needsFacts == [.grounding, .entities].contains(rule.rule.family), "\(rule.rule)")
        }
    }
}
