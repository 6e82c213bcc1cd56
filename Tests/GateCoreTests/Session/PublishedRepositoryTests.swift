import GateCore
import Testing

@Suite("A repository as its host shows it") struct PublishedRepositoryTests {
    private let commit = "9a1c44e09a1c44e09a1c44e09a1c44e09a1c44e0"

    @Test("has an address for each line, in the form of each host")
    func addresses() throws {
        func address(_ host: PublishedRepository.Host, _ repository: String, _ file: String) -> String? {
            PublishedRepository(host: host, address: repository)?.address(of: file, line: 12, revision: commit)
        }
        #expect(
            address(.github, "https://github.com/team/agent", "csv data/a.csv")
                == "https://github.com/team/agent/blob/\(commit)/csv%20data/a.csv#L12")
        #expect(
            address(.github, "https://ghe.example/team/agent/", "R.MD")
                == "https://ghe.example/team/agent/blob/\(commit)/R.MD?plain=1#L12")
        #expect(
            address(.gitlab, "http://git.example:8080/a/b/c", "x.json")
                == "http://git.example:8080/a/b/c/-/blob/\(commit)/x.json#L12")
        #expect(
            address(.azure, "https://team@dev.azure.com/team/My%20Project/_git/agent", "a/b.csv")
                == "https://dev.azure.com/team/My%20Project/_git/agent?path=/a/b.csv&version=GC\(commit)&line=12&lineEnd=13"
                + "&lineStartColumn=1&lineEndColumn=1&lineStyle=plain&_a=contents")
    }

    @Test("is told from what git was told, where its host is known by its name")
    func clones() {
        for clone in [
            "git@github.com:team/agent.git", "https://github.com/team/agent", "https://u:p@github.com/team/agent.git",
            "ssh://git@github.com/team/agent.git",
        ] {
            let found = PublishedRepository(clone: clone)
            #expect(found?.host == .github && found?.address == "https://github.com/team/agent", "\(clone)")
        }
        #expect(PublishedRepository(clone: "git@gitlab.com:a/b/c.git")?.address == "https://gitlab.com/a/b/c")
        for clone in ["git@git.example:team/agent.git", "/srv/agent.git", "", "github.com", "file:///github.com/x"] {
            #expect(PublishedRepository(clone: clone) == nil, "\(clone)")
        }
    }

    @Test("is none where its address could end a link or begin something else")
    func hostile() {
        for address in [
            "javascript:alert(1)", "https://", "https://a", "https://a/b)c", "https://a/b c", "https://a/b?c=d",
            "https://a/b#c", "https://a/b\"c", "https://a/b>c", "ftp://a/b", "https://a/[b]", "https://a/\u{202E}b",
        ] {
            #expect(PublishedRepository(host: .github, address: address) == nil, "\(address)")
        }
        let path = "a)](http://e.example)\n|`<\u{202E}_.csv"
        let shown = PublishedRepository(host: .gitlab, address: "https://a/b")?.address(
            of: path, line: 1, revision: commit)
        #expect(
            shown
                == "https://a/b/-/blob/\(commit)/a%29%5D%28http%3A//e.example%29%0A%7C%60%3C%E2%80%AE_.csv#L1")
    }
}
