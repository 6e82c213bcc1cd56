import GateCore
import Testing

@testable import GateLint

struct ChatterTests {
    private func chatter(_ text: String) -> [String] {
        structure(text).filter { $0.rule == .S06 }.map { "\($0.place.line) \($0.claim)" }
    }

    @Test(
        "what an answer says before the report is chatter",
        arguments: [
            ("Okay, here's a report.\n\n## 1. Summary\n\nText.\n", "1 Okay, here"),
            ("Sure! The report is below.\n\n## Executive Summary\n\nText.\n", "1 Sure"),
            ("Here is the technical report you wanted.\n\n**1. Summary**\n\nText.\n", "1 Here is"),
            ("Of course.\n\n## 1. Summary\n\nText.\n", "1 Of course"),
        ])
    func openings(text: String, expected: String) {
        #expect(chatter(text).first?.hasPrefix(expected) == true, "\(chatter(text))")
    }

    @Test(
        "who says I to a reader called you does not write a report",
        arguments: [
            "Would you like me to refine this report?", "If you would like me to expand it, say so.",
            "Let me know which part matters.", "I've structured it as you asked.", "Do you want more detail?",
            "I hope this helps.", "As an AI, the author has no access to files.", "Feel free to change the text.",
            "To help me refine the analysis, could you share the data?", "如果您有其他要求，请告诉我。",
            "To give you a better analysis, could you share the raw logs?",
            "Here is the revised version of the report:", "Thank you for your time and consideration!",
            "Looking forward to your response!", "You'll need to fill in the missing values.",
            "Möchten Sie, dass ich den Bericht erweitere?",
        ])
    func addresses(sentence: String) {
        #expect(chatter("## 1. Summary\n\nThe median is 12 ms.\n\n\(sentence)\n").count == 1)
    }

    @Test(
        "a report may advise its reader, count in Roman numerals and ask a question of the data",
        arguments: [
            "Ensure that you warm up the model, and check your configuration.", "Here's a breakdown of the results:",
            "Here is the full list of files:",
            "Phase I will begin in March.", "I/O was idle.", "Why is the first call slow?", "Is the server saturated?",
            "`i` counts the runs, and `me` is a variable.", "The reader is sure to find more in the appendix.",
            "Please note that cold calls are left out.", "For details, please contact the technical team.",
        ])
    func reports(sentence: String) {
        #expect(chatter("## 1. Summary\n\nThe median is 12 ms.\n\n\(sentence)\n") == [])
    }

    @Test("code and quotes are not what the model says")
    func quoted() {
        #expect(chatter("## 1. Summary\n\n```\nWould you like me to go on?\n```\n\n> I hope you like it.\n") == [])
    }

    @Test("what one of a team writes to the others in the first person is a report")
    func personal() {
        let report = """
            # Threads

            ## What I ran

            I used 32 threads for 5 minutes, and I'd like you to look at the tail.

            ## Next

            I'd also like a second machine, but then who wouldn't?
            """
        #expect(chatter(report) == [])
        // What only a model says stays what it is.
        #expect(chatter(report + "\n\nI hope this helps.\n") == ["11 hope this helps"])
    }
}
