import GateJSON
import Testing

@testable import GateCorpus

@Suite("places in a JSON text") struct JSONTokensTests {
    static let whole =
        #"{"a": [1, -0.5, 1e3, {"b": "x\u00e9\n", "c": {}}, [[]]], "d/e": null, "f": [true, false], "g": "\\\""}"#

    static func isRead(_ bytes: [UInt8]) -> Bool {
        var tokens = JSONTokens()
        var names = NameTable()
        var places = JSONPlaces()
        return bytes.withUnsafeBufferPointer { tokens.read($0, &names, &places) }
    }

    /// Reads texts one after the other with what the earlier ones have taught.
    final class Reader {
        private var tokens = JSONTokens()
        private var names = NameTable()
        private var places = JSONPlaces()

        func reads(_ bytes: [UInt8]) -> Bool {
            bytes.withUnsafeBufferPointer { tokens.read($0, &names, &places) }
        }
    }

    static func isParsed(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { (try? JSONValue.parse($0, notFinite: .null)) != nil }
    }

    @Test("are found in just what the parser accepts, whatever byte is changed, left out or doubled") func same() {
        let whole = Array(Self.whole.utf8)
        #expect(Self.isRead(whole))
        for index in whole.indices {
            var texts = [whole, whole, whole, Array(whole[..<index])]
            texts[0].remove(at: index)
            texts[1].insert(whole[index], at: index)
            for byte in Array("\"\\{}[],:0-.eEnt \n\u{1}x+".utf8) {
                texts[2][index] = byte
                texts.append(texts[2])
            }
            for text in texts {
                #expect(Self.isRead(text) == Self.isParsed(text), "\(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test("are found in the same texts after others of their form, and a refused one teaches nothing") func taught() {
        let whole = Array(Self.whole.utf8)
        let reader = Reader()
        #expect(reader.reads(whole))
        for index in whole.indices {
            for byte in Array("\"\\{}[],:0-.eEnt \n\u{1}x+abcdg".utf8) {
                var text = whole
                text[index] = byte
                #expect(reader.reads(text) == Self.isParsed(text), "\(String(decoding: text, as: UTF8.self))")
                #expect(reader.reads(whole))
            }
        }
        for text in [#"{"a": 1, "a": 2}"#, #"{"a": 1, "d/e": 2, "a": 3}"#, #"{"a": {"b": 1, "b": 2}}"#] {
            #expect(!reader.reads(Array(text.utf8)))
            #expect(!reader.reads(Array(text.utf8)), "a refused text must not make a key that stands twice known")
        }
    }

    @Test("are those of each member, whatever members the objects before had") func members() {
        var tokens = JSONTokens()
        var names = NameTable()
        var places = JSONPlaces()
        let text = #"""
            [{"a":1,"a_long_key_with_words":22,"c":3.5}, {"a":4,"c":5}, {"a" : 6, "a_long_key_with_words":7,"c":8},
             {"c":9,"a":10},{"a":11,"a_long_key_with_wordz":12},{"a":13,"a_long_key_with_words":-14.25,"c":15}]
            """#
        let bytes = Array(text.utf8)
        let isRead = bytes.withUnsafeBufferPointer { tokens.read($0, &names, &places) }
        #expect(isRead)
        var members: [String] = []
        var object = 1
        while object < tokens.end(of: 0) {
            for member in object + 1..<tokens.end(of: object) {
                let key = names[places[tokens[member].place].key].text
                members.append("\(key)=\(String(decoding: bytes[tokens[member].range], as: UTF8.self))")
            }
            object = tokens.end(of: object)
        }
        let long = "a_long_key_with_words"
        #expect(
            members == [
                "a=1", "\(long)=22", "c=3.5", "a=4", "c=5", "a=6", "\(long)=7", "c=8", "c=9", "a=10", "a=11",
                "a_long_key_with_wordz=12", "a=13", "\(long)=-14.25", "c=15",
            ])
    }

    @Test(
        "are none where the parser refuses",
        arguments: [
            "", " ", "01", "-", "1.", ".5", "+1", "1e", "nul", "[1,]", "{,}", #"{"a":1,"a":2}"#,
            #"{"a":{"a":1},"a":2}"#, #"{"\u0061":1,"a":2}"#, #""\ud800""#, #""\x""#, "\"a\u{1}\"", "[1]]", "1 2",
            "NaNa", "-Inf",
            String(repeating: "[", count: 257) + String(repeating: "]", count: 257),
        ])
    func refused(_ text: String) {
        #expect(!Self.isRead(Array(text.utf8)))
        #expect(!Self.isParsed(Array(text.utf8)))
    }
}
