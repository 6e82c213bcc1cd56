import GateJSON
import Testing

@Suite("writing JSON") struct JSONWritingTests {
    @Test("a value is written compactly, in order, escaped") func compact() {
        let value: JSONValue = [
            "z": ["quote\" back\\ line\n tab\t bell\u{7} é😀", 1, 2.5, true], "a": .null, "empty": [:], "none": [],
        ]
        #expect(
            value.text
                == #"{"z":["quote\" back\\ line\n tab\t bell\u0007 é😀",1,2.5,true],"a":null,"empty":{},"none":[]}"#)
    }

    @Test("what is written reads back the same") func roundTrip() throws {
        let scalars = (0..<0x300).compactMap(Unicode.Scalar.init).map(Character.init)
        let value: JSONValue = ["text": .string(String(scalars)), "small": 2.5e-300, "large": 1.7976931348623157e308]
        #expect(try JSONValue.parse(value.encoded) == value)
    }

    @Test("numbers are written as they were read") func numbers() throws {
        let text = "[1.50,1E2,12345678901234567890,-0]"
        #expect(try JSONValue.parse(text).text == text)
    }

    @Test("what is not finite is written as null") func notFinite() {
        #expect(JSONValue.array([JSONValue(Double.infinity), JSONValue(Double.nan)]).text == "[null,null]")
    }
}
