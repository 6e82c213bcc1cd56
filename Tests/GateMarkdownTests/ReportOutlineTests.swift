import Foundation
import GateMarkdown
import TestSupport
import Testing

@Suite("findings and recommendations") struct ReportOutlineTests {
    @Test("they come from lists below the headings, never from headings or chatter") func lists() {
        let outline = ReportOutline(
            """
            Okay, here's the key finding report you should consider.

            # Chimera Insight Report

            ## 1. Executive Summary

            First paragraph
            of two.

            Second.

            ## 4. Key Findings

            The key findings are:

            * **Speed:** 100 tok/s.
            * **Empty label:**

            ### Detail

            - **Memory:**
              - 1 GB
              - 2 GB

            ## 5. Recommendations

            1. Use `q4_0`.
            2. Use `q4_0`.

            Would you like me to continue? Tell me:

            * Which model?
            """)
        #expect(outline.findings == ["Speed: 100 tok/s.", "Memory: 1 GB; 2 GB"])
        #expect(outline.recommendations == ["Use q4_0."])
    }

    @Test("there are ten at most") func ten() {
        let items = (1...30).map { "- item \($0)" }.joined(separator: "\n")
        let outline = ReportOutline("# Findings\n\(items)")
        #expect(outline.findings.count == 10)
        #expect(outline.findings.last == "item 10")
    }

    @Test("a rule ends a section, an underline does not") func rules() {
        let outline = ReportOutline("### Findings\n------\n\n* a\n\n---\n\n* b\n")
        #expect(outline.findings == ["a"])
    }

    @Test("a report inside a Markdown code block is read") func fenced() {
        #expect(ReportOutline("Here it is:\n\n```markdown\n## Key Findings\n- a\n```\n").findings == ["a"])
    }

    @Test("a report without sections has an empty outline") func empty() {
        let outline = ReportOutline("- a finding\n- you should consider a recommendation\n")
        #expect(outline.findings.isEmpty && outline.recommendations.isEmpty)
    }
}

@Suite("reports in the forms that models choose") struct ReportFormTests {
    @Test("bold numbered headings between rules") func boldNumbered() {
        let outline = ReportOutline(
            """
            **Technical Report: Toys**

            ---

            **1. Executive Summary**

            This report reads 7 files. They say which toy is faster.

            ---

            **2. Key Findings**

            *   **Speed:** toy:1b reaches 40.5 tok/s.
            *   **Missing data:** nothing tells the memory.

            ---

            **3. Recommendations**

            1.  **Record the memory:** that includes:
                *   **Peak:** once a run.
                *   **Mean:** every second.
            2.  Repeat each call.
            """)
        #expect(
            outline.findings == ["Speed: toy:1b reaches 40.5 tok/s.", "Missing data: nothing tells the memory."])
        #expect(outline.recommendations.count == 2)
        #expect(outline.recommendations.first?.contains("that includes: Peak: once a run.") == true)
    }

    @Test("bold headings underlined with equals signs") func underlined() {
        let outline = ReportOutline(
            """
            **Executive Summary**
            =====================

            Two toys were measured.

            **Key Findings**
            ================

            1. **Order**: the small toy is faster.
            2. **Spread**: the large one varies more.

            **Recommendations**
            ===================

            1. **Take the small one**: it is enough.
            """)
        #expect(outline.findings == ["Order: the small toy is faster.", "Spread: the large one varies more."])
        #expect(outline.recommendations == ["Take the small one: it is enough."])
    }

    @Test("questions to the reader after the last list are no recommendations") func questions() {
        let outline = ReportOutline(
            """
            ## Executive Summary

            Short.

            ## Key Findings

            - one
            - two

            ## Recommendations

            - repeat it
            - write it down

            To help me refine this analysis, could you tell me:

            * What hardware was used?
            * What is the goal?
            """)
        #expect(outline.findings == ["one", "two"])
        #expect(outline.recommendations == ["repeat it", "write it down"])
    }
}

@Suite("reports as models write them", .enabled(if: SharedData.isPresent, "needs ../shared beside the checkout"))
struct WrittenReportTests {
    func outline(_ path: String) throws -> ReportOutline {
        ReportOutline(try String(contentsOf: SharedData.url("data/" + path), encoding: .utf8))
    }

    @Test("bold numbered headings between rules") func boldNumbered() throws {
        let outline = try outline("report-quality/reports/R424.md")
        #expect(outline.findings.count == 4)
        #expect(outline.findings[0].hasPrefix("Missing Core Performance Metrics: The most critical finding"))
        #expect(outline.recommendations.count == 4)
        #expect(outline.recommendations[1].contains("that includes: Clearly Defined Metrics: Specify"))
    }

    @Test("bold headings underlined with equals signs") func setext() throws {
        let outline = try outline("report-quality/reports/R828.md")
        #expect(outline.findings.count == 3)
        #expect(
            outline.findings[2] == "File Count Variance: There is a notable disparity in the number of files "
                + "between each format.")
        #expect(outline.recommendations.count == 2)
    }

    @Test("one section for insights and recommendations, each recommendation nested") func combined() throws {
        let outline = try outline("report-quality/reports/R855.md")
        #expect(outline.findings.count == 3)
        #expect(
            outline.recommendations.first
                == "Optimize JSON file parsing and processing to improve execution speed.")
        #expect(outline.recommendations.count == 3)
    }

    @Test("questions to the reader after the last list are no recommendations") func chatter() throws {
        let outline = try outline("report-quality/context/R424.analysis_response.txt")
        #expect(outline.findings.count == 4)
        #expect(outline.recommendations.count == 5)
        #expect(outline.recommendations.allSatisfy { !$0.hasPrefix("What ") })
    }

    @Test("recommendations from insights are no findings") func insightsAsSource() throws {
        let outline = try outline("agent-reports/69_pymulti_insightreport.md")
        #expect(outline.findings.isEmpty)
        #expect(outline.recommendations.count == 4)
    }

    @Test("every labelled report and every analysis has findings and recommendations") func all() throws {
        for folder in ["report-quality/reports", "report-quality/context"] {
            let root = SharedData.url("data/" + folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: root.path)
            where name.hasSuffix(".md") || name.hasSuffix("analysis_response.txt") {
                let outline = try outline("\(folder)/\(name)")
                #expect((2...10).contains(outline.findings.count), "\(name)")
                #expect((2...10).contains(outline.recommendations.count), "\(name)")
                for item in outline.findings + outline.recommendations {
                    #expect(!item.hasPrefix("#") && !item.hasSuffix(":") && !item.hasPrefix("Okay"), "\(name)")
                }
            }
        }
    }
}
