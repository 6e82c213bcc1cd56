import GateJSON

/// Where two values differ, in words.
enum JSONDifference {
    private static let longest = 60

    /// The first place: `messages[1].content: recorded "…", asked "…"`; nil where they are the same.
    static func first(from recorded: JSONValue, to asked: JSONValue, at place: String = "") -> String? {
        switch (recorded, asked) {
        case (.object(let one), .object(let other)):
            let names = one.map(\.key) + other.map(\.key).filter { key in !one.contains { $0.key == key } }
            for name in names {
                let inner = place.isEmpty ? name : "\(place).\(name)"
                switch (recorded[name], asked[name]) {
                case (let value?, nil): return "\(inner): recorded \(short(value)), now absent"
                case (nil, let value?): return "\(inner): not recorded, now \(short(value))"
                case (let value?, let now?):
                    if let difference = first(from: value, to: now, at: inner) { return difference }
                case (nil, nil): break
                }
            }
            return nil
        case (.array(let one), .array(let other)):
            for (index, pair) in zip(one, other).enumerated() {
                if let difference = first(from: pair.0, to: pair.1, at: "\(place)[\(index)]") { return difference }
            }
            return one.count == other.count ? nil : "\(place): recorded \(one.count) of them, now \(other.count)"
        case (.string(let one), .string(let other)): return one == other ? nil : texts(one, other, at: place)
        default: return recorded == asked ? nil : "\(place): recorded \(short(recorded)), now \(short(asked))"
        }
    }

    /// Both texts from a little before the place where they part.
    private static func texts(_ one: String, _ other: String, at place: String) -> String {
        let same = zip(one, other).prefix { $0 == $1 }.count
        let start = max(0, same - 20)
        func excerpt(_ text: String) -> String {
            let rest = text.dropFirst(start)
            return JSONValue.string((start > 0 ? "…" : "") + rest.prefix(longest) + (rest.count > longest ? "…" : ""))
                .text
        }
        return "\(place) from character \(same + 1) on: recorded \(excerpt(one)), now \(excerpt(other))"
    }

    private static func short(_ value: JSONValue) -> String {
        let text = value.text
        return text.count > longest ? text.prefix(longest) + "…" : text
    }
}
