import Foundation
import GateJSON
import GateProcess
import TestSupport
import Testing

/// Chromium without a window, on pages of the file system.
enum Browser {
    static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first(
        where: FileManager.default.isExecutableFile)
    static let absence: Comment = "needs Chromium: ci/setup chromium"

    /// axe-core, which says what a page lacks for people who cannot see it or cannot use a mouse.
    static let axe: URL? = {
        guard let python = ProcessInfo.processInfo.environment["CHIMERA_GATE_PYTHON"] else { return nil }
        let library = URL(filePath: python).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.map { library.appending(path: "\($0)/site-packages/axe_playwright_python/axe.min.js") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// What it writes to standard output, and what pages wrote to their console.
    static func open(_ page: URL, _ arguments: [String]) async throws -> (output: String, console: [String]) {
        let home = try TemporaryFolder()
        let captured = try await Turns.take {
            try ChildProcess.capture(
                command: [
                    "sh", "-c", "exec \"$0\" \"$@\" 2>&1", try #require(path), "--headless", "--no-sandbox",
                    "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--hide-scrollbars", "--enable-logging=stderr", "--user-data-dir=\(home.url.path)/profile",
                ] + arguments + [page.absoluteString],
                environment: GateBinary.environment(home: home.url), limit: 64 << 20, timeoutSeconds: 300)
        }
        let text = String(decoding: captured.output, as: UTF8.self)
        return (text, text.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init))
    }
}

@Suite(
    "The page in a browser", .enabled(if: GateBinary.isPresent, GateBinary.absence),
    .enabled(if: Browser.path != nil, Browser.absence))
struct BrowserTests {
    /// A regression against an approved session, in a folder.
    private func checked() async throws -> GateWorkspace {
        let workspace = try GateWorkspace(GateWorkspace.sample + "fingerprint: server\n")
        try await ReplayProcess.serving { url in
            _ = try await workspace.measure("run", url)
            let approval = try await workspace.gate("baseline", "approve", "--reason", "first")
            #expect(approval.status == 0, "\(approval)")
        }
        try await ReplayProcess.serving(ReplayProcess.measurable + ["--throughput-factor", "0.2"]) { url in
            _ = try await workspace.measure("check", url)
        }
        // What would be fetched, were it more than text.
        let report = try workspace.text(".chimera-gate/runs/0001/report.md")
        try workspace.folder.write(
            report + "\n<img src=http://tracker.invalid/x.png> ![x](http://tracker.invalid/y.png)\n",
            to: ".chimera-gate/runs/0001/report.md")
        _ = try await workspace.gate("check", "--session", ".chimera-gate")
        return workspace
    }

    @Test("fits three widths, writes nothing to the console and fetches nothing") func widths() async throws {
        let workspace = try await checked()
        let page = workspace.file(".chimera-gate/index.html")
        #expect(try workspace.text(".chimera-gate/index.html").contains("tracker.invalid"))
        for width in [360, 800, 1280] {
            let (picture, log) = (workspace.file("\(width).png"), workspace.file("\(width).json"))
            let seen = try await Browser.open(
                page,
                [
                    "--window-size=\(width),3000", "--screenshot=\(picture.path)", "--log-net-log=\(log.path)",
                    "--net-log-capture-mode=IncludeSensitive",
                ])
            #expect(seen.console.isEmpty, "\(seen.console)")
            let requests = try String(contentsOf: log, encoding: .utf8)
            #expect(requests.contains("constants") && !requests.contains("tracker.invalid"))
            #expect(try Data(contentsOf: picture).count > 20_000)
            try keep(picture)
        }
    }

    /// Pictures are kept where somebody looks at them.
    private func keep(_ picture: URL) throws {
        guard let folder = ProcessInfo.processInfo.environment["CHIMERA_GATE_SCREENSHOTS"] else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let place = URL(filePath: folder).appending(path: picture.lastPathComponent)
        try? FileManager.default.removeItem(at: place)
        try FileManager.default.copyItem(at: picture, to: place)
    }

    /// A script at the end of the page, whose policy is taken away for it, writes its result into the document.
    private func result(of script: String, in html: String, _ arguments: [String] = []) async throws -> JSONValue {
        let folder = try TemporaryFolder()
        let open = html.replacing(/<meta[^>]*Content-Security-Policy[^>]*>/, with: "")
        let writes =
            "const done=r=>{const p=document.createElement('pre');p.id='result';"
            + "p.textContent=btoa(unescape(encodeURIComponent(JSON.stringify(r))));document.body.appendChild(p)};"
        let page = try folder.write(
            open.replacing("</body>", with: "<script>\(writes)\(script)</script></body>"), to: "page.html")
        let seen = try await Browser.open(page, ["--virtual-time-budget=60000", "--dump-dom"] + arguments)
        let text = try #require(seen.output.firstMatch(of: /<pre id="result">([A-Za-z0-9+\/=]+)<\/pre>/)).1
        return try JSONValue.parse(Array(try #require(Data(base64Encoded: String(text)))))
    }

    @Test("is never wider than its window, down to 320 pixels and at 200 %", arguments: [320, 360, 640, 1280])
    func neverWider(width: Int) async throws {
        let page = try await checked().text(".chimera-gate/index.html")
        let frame = "<iframe id='f' style='width:\(width)px;height:900px;border:0'></iframe>"
        let script = """
            const f=document.getElementById('f');f.srcdoc=\(try text(of: page));
            f.onload=()=>{const d=f.contentDocument;const one=d.documentElement.scrollWidth;
            d.documentElement.style.fontSize='200%';done([one,d.documentElement.scrollWidth])};
            """
        let widths = try await result(of: script, in: "<!DOCTYPE html><html><body>\(frame)</body></html>").array
        #expect(widths?.compactMap(\.int) == [width, width], "\(String(describing: widths))")
    }

    /// As a literal of JavaScript in HTML.
    private func text(of page: String) throws -> String {
        String(decoding: try JSONEncoder().encode(page), as: UTF8.self).replacing("<", with: "\\u003c")
    }

    @Test(
        "lacks nothing that axe-core looks for, in light and in dark",
        .enabled(if: Browser.axe != nil, "needs axe-core: ci/python"), arguments: [[], ["--force-dark-mode"]])
    func accessible(arguments: [String]) async throws {
        let page = try await checked().text(".chimera-gate/index.html")
        let axe = try String(contentsOf: try #require(Browser.axe), encoding: .utf8)
        let script =
            axe.replacing("</script", with: "<\\/script")
            + ";axe.run(document).then(r=>done({passes:r.passes.length,"
            + "violations:r.violations.map(v=>v.id+': '+v.nodes[0].html)}))"
        let found = try await result(of: script, in: page, arguments)
        #expect((found["passes"]?.int ?? 0) > 20, "\(found)")
        #expect(found["violations"]?.array?.compactMap(\.string) == [], "\(found)")
        // The check itself sees what is wrong.
        let wrong = try await result(
            of: script, in: page.replacing("lang=\"en\"", with: "").replacing("role=\"img\"", with: "role=\"x\""))
        #expect(wrong["violations"]?.array?.isEmpty == false)
    }
}
