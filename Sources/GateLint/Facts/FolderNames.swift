internal import GateCore

/// Folders that tell files of one name apart: `valkey/ycsb.json` and `kvrocks/ycsb-2.json` are of two engines, though neither
/// file says so.
enum FolderNames {
    /// The facts of such files with these folders as names of their rows.
    static func named(_ facts: [Fact]) -> [Fact] {
        let files = facts.files
        let paths = files.map { facts[$0.lowerBound].source.file.split(separator: "/").map(String.init) }
        var alike: [String: [Int]] = [:]
        for (index, path) in paths.enumerated() where path.count > 1 {
            alike["\(path.count) \(stem(path[path.count - 1]))", default: []].append(index)
        }
        var result = facts
        for members in alike.values where members.count > 1 {
            let depth = paths[members[0]].count - 1
            // Where numbers alone differ they are settings.
            let telling = (0..<depth).filter { place in
                Set(members.map { paths[$0][place].filter { !$0.isNumber } }).count > 1
            }
            for member in members {
                let names = telling.map { paths[member][$0] }.filter(isName)
                guard !names.isEmpty else { continue }
                for index in files[member] {
                    let added = names.filter { name in !facts[index].labels.contains { $0.text == name } }
                    result[index] = facts[index].labeled(
                        facts[index].labels + added.map { FactLabel(.text, name: "folder", text: $0) })
                }
            }
        }
        return result
    }

    /// Without the times and numbers that runs of one kind are told apart by.
    private static func stem(_ name: String) -> String { name.prefix { $0 != "." }.filter { !$0.isNumber } }

    /// A day or a number names no owner.
    private static func isName(_ text: String) -> Bool {
        text.contains(where: \.isLetter) && ReportDate(inName: text) == nil
    }
}
