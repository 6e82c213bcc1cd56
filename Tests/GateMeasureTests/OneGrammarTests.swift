import GateJSON
import Testing

@testable import GateCorpus
@testable import GateStream

/// What one reader makes of a document: its strings and keys, and its numbers, in the order in which they stand.
private struct Reading: Equatable {
    var strings: [String] = []
    var numbers: [Double] = []
}

@Suite("JSON has one grammar") struct OneGrammarTests {
    private static func tree(_ bytes: [UInt8]) -> Reading? {
        func add(_ value: JSONValue, to reading: inout Reading) {
            for (key, member) in value.object ?? [] {
                reading.strings.append(key)
                add(member, to: &reading)
            }
            for element in value.array ?? [] { add(element, to: &reading) }
            if let string = value.string { reading.strings.append(string) }
            if let number = value.double { reading.numbers.append(number) }
        }
        let value = bytes.withUnsafeBufferPointer { try? JSONValue.parse($0, notFinite: .null) }
        return value.map {
            var reading = Reading()
            add($0, to: &reading)
            return reading
        }
    }

    /// Its readers have found before that the bytes are UTF-8.
    private static func corpus(_ bytes: [UInt8]) -> Reading? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var tokens = JSONTokens()
        var names = NameTable()
        var places = JSONPlaces()
        return bytes.withUnsafeBufferPointer { buffer in
            guard tokens.read(buffer, &names, &places) else { return nil }
            var reading = Reading()
            func add(_ token: Int) {
                let value = tokens[token]
                let text = JSONCursor.Text(bytes: buffer.slice(value), hasEscapes: value.traits.contains(.escapes))
                switch value.kind {
                case .string: reading.strings.append(text.characters)
                case .number: reading.numbers.append(DecimalText.double(text.bytes) ?? .nan)
                case .object, .array:
                    var held = token + 1
                    while held < tokens.end(of: token) {
                        if value.kind == .object {
                            reading.strings.append(names[places[tokens[held].place].key].text)
                        }
                        add(held)
                        held = tokens.end(of: held)
                    }
                case .bool, .null: break
                }
            }
            add(0)
            return reading
        }
    }

    private static func stream(_ bytes: [UInt8]) -> Reading? {
        func walk(_ cursor: inout JSONCursor, _ reading: inout Reading) -> Bool {
            let start = cursor.position
            switch cursor.next {
            case UInt8(ascii: "{"):
                return cursor.object { key, cursor in
                    reading.strings.append(key.characters)
                    return walk(&cursor, &reading)
                }
            case UInt8(ascii: "["): return cursor.array { walk(&$0, &reading) }
            case UInt8(ascii: "\""):
                let text = cursor.string()
                if let text { reading.strings.append(text.characters) }
                return text != nil
            default:
                switch cursor.scalar() {
                case .plain, .number:
                    let written = UnsafeBufferPointer(rebasing: cursor.bytes[start..<cursor.position])
                    reading.numbers.append(DecimalText.double(written) ?? .nan)
                    return true
                case .bool, .null, .missing: return true
                case nil: return false
                }
            }
        }
        return bytes.withUnsafeBufferPointer { buffer in
            var scanner = TokenScanner()
            var reading = Reading()
            let walked = scanner.scan(buffer) { cursor, _ in
                cursor.skipWhitespace()
                return walk(&cursor, &reading)
            }
            let skipped = scanner.scan(buffer) { cursor, _ in
                cursor.skipWhitespace()
                return cursor.skipValue()
            }
            if case .nothing = walked, case .nothing = skipped { return reading }
            if case .rare = walked, case .rare = skipped { return nil }
            Issue.record("passing a value and walking it differ: \(String(decoding: bytes, as: UTF8.self))")
            return nil
        }
    }

    private func check(_ bytes: [UInt8]) {
        let tree = OneGrammarTests.tree(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(OneGrammarTests.corpus(bytes) == tree, "corpus, of \(text.debugDescription)")
        let stream = OneGrammarTests.stream(bytes)
        // A stream is read without looking for keys that stand twice.
        if tree == nil, let stream, Set(stream.strings).count < stream.strings.count { return }
        #expect(stream == tree, "stream, of \(text.debugDescription)")
    }

    private static let whole =
        #"{"a": [1, -0.5, 1e3, {"b\t": "x\u00e9\n\ud83d\ude00 é", "c": {}}, [[]]], "d/e": null, "f": [true, false, NaN]}"#

    @Test(
        "a tree, a corpus and a stream give the same answer",
        arguments: [
            "", " ", "{}", "[]", "0", "-0", "01", "-", "1.", ".5", "+1", "1e", "1e+", "1E-5", "1e999", "-1e999", "nul",
            "truex", "NaN", "-NaN", "Infinity", "-Infinity", "inf", "-inf", "nan", "-Inf", "NaNa", "Infinit", "[1,]",
            "[,1]", "[1 2]", "{,}", #"{"a":1,}"#, #"{"a" 1}"#, "{1:2}", #"{"a":1,"a":2}"#, #"{"\u0061":1,"a":2}"#,
            #""\ud800""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83d\ude00""#, #""\x""#, #""\u12g4""#, #""\u12"#,
            #""\"#, #""\\\"\/\b\f\n\r\t\u0000""#, "\"a\u{1}\"", "\"a\u{7F}\u{2028}\"", "\"a\nb\"", "\"", "[1]]", "1 2",
            "\u{FEFF}[1]", "\u{FEFF}\u{FEFF}1", "\u{A0}1", "\"\u{FEFF}\\u00e9\"", "123456789012345678901234567890",
            String(repeating: "9", count: 400), "0." + String(repeating: "1", count: 400), "[1,\r\n\t 2]", "\0", "1\0",
            String(repeating: "[", count: 256) + String(repeating: "]", count: 256),
            String(repeating: "[", count: 257) + String(repeating: "]", count: 257),
            String(repeating: #"{"a":"#, count: 257) + "1" + String(repeating: "}", count: 257),
        ])
    func documents(_ text: String) { check(Array(text.utf8)) }

    @Test("they do whatever byte of a document is changed, left out or doubled, and wherever it is cut") func changes()
    {
        let whole = Array(OneGrammarTests.whole.utf8)
        #expect(OneGrammarTests.tree(whole)?.numbers == [1, -0.5, 1000])
        for index in whole.indices {
            check(Array(whole[..<index]))
            check(Array(whole[..<index]) + Array(whole[(index + 1)...]))
            check(Array(whole[...index]) + Array(whole[index...]))
            for byte in Array("\"\\{}[],:0-.eEntNI \n\u{1}x+".utf8) + [0x80, 0xC3, 0xFF] {
                check(Array(whole[..<index]) + [byte] + Array(whole[(index + 1)...]))
            }
        }
    }
}
