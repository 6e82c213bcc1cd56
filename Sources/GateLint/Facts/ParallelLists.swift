internal import GateCore

/// Lists of one object that run alongside: `clients: [1, 5, 20]` beside `qps: [391, 1411, 2347]` are three rows by clients.
///
/// Facts of lists come as `qps[0]`, `qps[1]`. Where lists are of one length, one that counts up says which row it is.
enum ParallelLists {
    /// The facts with places in such lists as rows.
    static func named(_ facts: [Fact]) -> [Fact] {
        var result = facts
        for file in facts.files where facts[file].contains(where: { $0.metric.hasSuffix("]") }) {
            for members in objects(facts, file) {
                let lists = lists(facts, members)
                for (length, names) in Dictionary(grouping: lists.keys.sorted(), by: { lists[$0]?.count ?? 0 })
                where length >= fewest && names.count > 1 {
                    guard let key = names.first(where: { isKey(lists[$0] ?? [], facts) }) else { continue }
                    let rows = lists[key] ?? []
                    for name in names where name != key {
                        for (row, index) in zip(rows, lists[name] ?? []) {
                            let label = FactLabel(.key, name: plain(key), text: facts[row].written)
                            result[index] = facts[index].labeled(facts[index].labels + [label], metric: plain(name))
                        }
                    }
                }
            }
        }
        return result
    }

    /// Two numbers may be a range.
    private static let fewest = 3

    /// Facts of one object, by what stands above their lists.
    private static func objects(_ facts: [Fact], _ file: Range<Int>) -> [[Int]] {
        var objects: [String: [Int]] = [:]
        var order: [String] = []
        for index in file {
            guard let place = place(facts[index]) else { continue }
            if objects[place.object] == nil { order.append(place.object) }
            objects[place.object, default: []].append(index)
        }
        return order.compactMap { objects[$0] }
    }

    private static func place(_ fact: Fact) -> (object: String, list: String, index: Int)? {
        guard fact.metric.hasSuffix("]"), let open = fact.metric.lastIndex(of: "["),
            let index = Int(fact.metric[fact.metric.index(after: open)...].dropLast()),
            let pointer = fact.source.pointer
        else { return nil }
        let parts = pointer.split(separator: "/", omittingEmptySubsequences: false)
        return (parts.dropLast(2).joined(separator: "/"), String(fact.metric[..<open]), index)
    }

    /// Indices of facts by the name of their list, in its order; a list with gaps is none.
    private static func lists(_ facts: [Fact], _ members: [Int]) -> [String: [Int]] {
        var lists: [String: [Int]] = [:]
        for index in members {
            guard let place = place(facts[index]), place.index == lists[place.list]?.count ?? 0 else { continue }
            lists[place.list, default: []].append(index)
        }
        return lists
    }

    private static func isKey(_ list: [Int], _ facts: [Fact]) -> Bool {
        let values = list.compactMap { index -> Double? in
            if case .number(let value) = facts[index].value { value } else { nil }
        }
        return values.count == list.count && values.allSatisfy { $0.rounded() == $0 }
            && zip(values, values.dropFirst()).allSatisfy(<)
    }

    /// `conc_num_list` is a list of `conc_num`.
    private static func plain(_ name: String) -> String {
        for suffix in ["_list", "_values", "s_array"] where name.hasSuffix(suffix) {
            return String(name.dropLast(suffix.utf8.count))
        }
        return name
    }
}
