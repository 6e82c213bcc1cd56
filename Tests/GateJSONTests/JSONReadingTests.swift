import GateJSON
import Testing

@Suite("reading JSON") struct JSONReadingTests {
    @Test("values of every kind are read, members in order") func kinds() throws {
        let value = try JSONValue.parse(#" {"b":[1,-2.50,true,false,null],"a":{"x":"y"}} "#)
        #expect(value.object?.map(\.key) == ["b", "a"])
        #expect(value["b"]?[0]?.int == 1)
        #expect(value["b"]?[1]?.double == -2.5)
        #expect(value["b"]?[2]?.bool == true)
        #expect(value["b"]?[3]?.bool == false)
        #expect(value["b"]?[4]?.isNull == true)
        #expect(value["a"]?["x"]?.string == "y")
        #expect(value["b"]?[5] == nil)
        #expect(value["c"] == nil)
    }

    @Test("a number keeps how it was written", arguments: ["-0.10", "1E+3", "12345678901234567890", "0"])
    func written(_ text: String) throws {
        guard case .number(let number) = try JSONValue.parse(text) else { throw Unexpected() }
        #expect(number.written == text)
        #expect(number.value == Double(text))
    }

    @Test("whole numbers are exact up to 64 bits") func integers() throws {
        #expect(try JSONValue.parse("9223372036854775807").int == Int.max)
        #expect(try JSONValue.parse("9007199254740993").int == 9_007_199_254_740_993)
        #expect(try JSONValue.parse("1.2e1").int == 12)
        #expect(try JSONValue.parse("1.5").int == nil)
        #expect(try JSONValue.parse("1e300").int == nil)
    }

    @Test("escapes are undone, surrogate pairs joined") func escapes() throws {
        let text = try JSONValue.parse(#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 ü€""#).string
        #expect(text == "a\"\\/\u{8}\u{c}\n\r\té😀 ü€")
        #expect(try JSONValue.parse(#""\u0000""#).string == "\0")
    }

    @Test("a leading byte order mark is passed over, in columns too") func byteOrderMark() throws {
        #expect(try JSONValue.parse([0xEF, 0xBB, 0xBF] + Array("[1]".utf8))[0]?.int == 1)
        let error = problem([0xEF, 0xBB, 0xBF] + Array("[x]".utf8))
        #expect(error?.column == 2)
    }

    @Test(
        "what is no JSON is refused",
        arguments: [
            "01", "-", "1.", ".5", "+1", "1e", "1e+", "--1", "0x10", "1_000", "[1,]", "{\"a\":1,}", "{a:1}", "'a'",
            "tru", "nul", "True", "[1 2]", "{\"a\" 1}", "[", "{", "\"", "\"\\", "\"\\u12", "\"\\x\"", "]", "1 2",
            "\u{FEFF}\u{FEFF}1", "", "  \n", "/* */1", "{\"a\"", "{\"a\":", "{\"a\":1", "[1", "\"\u{1}\"", "\"a\nb\"",
            "\u{A0}1", "{1:2}", "{,}", "[,]", "nullx",
        ])
    func refused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue.parse(text) }
    }

    @Test("numbers that no Double holds are null where that is asked for")
    func notFinite() throws {
        let bytes = Array("[NaN, -Infinity, Infinity, 1e999, -1e999, 1]".utf8)
        let value = try bytes.withUnsafeBufferPointer { try JSONValue.parse($0, notFinite: .null) }
        #expect(value == [.null, .null, .null, .null, .null, 1])
        let unknown = Array("[Nan]".utf8)
        #expect(throws: JSONError.self) {
            try unknown.withUnsafeBufferPointer { try JSONValue.parse($0, notFinite: .null) }
        }
    }

    @Test("numbers that no Double holds are refused", arguments: ["1e999", "-1e999", "NaN", "Infinity", "-Infinity"])
    func notFinite(_ text: String) {
        #expect(problem(Array("[\(text)]".utf8))?.problem == .notFinite)
    }

    @Test("a duplicate key is refused, among few and among many") func duplicateKeys() {
        #expect(problem(Array(#"{"a":1,"b":2,"a":3}"#.utf8))?.key == "a")
        let many = (0..<1000).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(problem(Array("{\(many),\"k500\":1}".utf8))?.key == "k500")
        #expect(problem(Array("{\(many)}".utf8)) == nil)
    }

    @Test("keys that differ only in their normal form are two keys") func normalForms() throws {
        let value = try JSONValue.parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value["e\u{301}"]?.int == 2)
        #expect(value["\u{e9}"]?.int == 1)
    }

    @Test(
        "invalid UTF-8 is refused where it stands",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80],
        ] as [[UInt8]])
    func invalidUTF8(_ bytes: [UInt8]) {
        let plain = problem(Array("[\"ab".utf8) + bytes + Array("\"]".utf8))
        #expect(plain?.problem == .invalidUTF8)
        #expect(plain?.column == 5)
        #expect(problem(Array(#""\n"#.utf8) + bytes + Array("\"".utf8))?.problem == .invalidUTF8)
    }

    @Test(
        "half a surrogate pair is refused", arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83dx""#])
    func unpairedSurrogates(_ text: String) {
        #expect(problem(Array(text.utf8))?.problem == .unpairedSurrogate)
    }

    @Test("depth ends at 256") func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(problem(nested(256)) == nil)
        #expect(problem(nested(257))?.problem == .tooDeep)
        #expect(problem(Array(repeating: UInt8(ascii: "["), count: 1_000_000))?.problem == .tooDeep)
    }

    @Test("an error names line and column") func place() {
        let error = problem(Array("{\n  \"ü\": 1,\r\n  \"b\" 2\n}".utf8))
        #expect(error?.description == "line 3, column 7: expected ':' after a key")
        #expect(problem(Array("[1,\r2,\rx]".utf8))?.line == 3)
    }

    @Test("every prefix of a document ends in an error, none in a crash") func truncated() throws {
        let text = Array(#"{"a":[1.5e3,true,null,"x\u00e9\ud83d\ude00ü"],"b":{"c":-0}}"#.utf8)
        for length in 0..<text.count { #expect(problem(Array(text[..<length])) != nil) }
        #expect(problem(text) == nil)
    }

    @Test("changing any byte never crashes") func mutated() {
        let text = Array(#"{"a":[1.5e3,true,"x\u00e9ü"],"b":-0}"#.utf8)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var copy = text
                copy[index] = byte
                _ = problem(copy)
            }
        }
    }
}

struct Unexpected: Error {}

func problem(_ bytes: [UInt8]) -> JSONError? {
    do {
        _ = try JSONValue.parse(bytes)
        return nil
    } catch {
        return error
    }
}
