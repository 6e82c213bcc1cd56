import GateJSON
import Testing

@testable import GateCorpus

@Suite("places in a JSON text") struct JSONTokensTests {
    static let whole =
        #"{"a": [1, -0.5, 1e3, {"b": "x\u00e9\n", "c": {}}, [[]]], "d/e": null, "f": [true, false], "g": "\\\""}"#

    static func isRead(_ bytes: [UInt8]) -> Bool {
        var tokens = JSONTokens()
        var names = NameTable()
        return bytes.withUnsafeBufferPointer { tokens.read($0, &names) }
    }

    static func isParsed(_ bytes: [UInt8]) -> Bool { (try? JSONValue.parse(bytes)) != nil }

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

    @Test(
        "are none where the parser refuses",
        arguments: [
            "", " ", "01", "-", "1.", ".5", "+1", "1e", "1e999", "nul", "[1,]", "{,}", #"{"a":1,"a":2}"#,
            #"{"a":{"a":1},"a":2}"#, #"{"\u0061":1,"a":2}"#, #""\ud800""#, #""\x""#, "\"a\u{1}\"", "[1]]", "1 2", "NaN",
            String(repeating: "[", count: 257) + String(repeating: "]", count: 257),
        ])
    func refused(_ text: String) {
        #expect(!Self.isRead(Array(text.utf8)))
        #expect(!Self.isParsed(Array(text.utf8)))
    }
}
