import GateCore
import GateJSON
import Testing

@testable import GateCorpus

@Suite("A plain number in a text") struct PackedNumberTests {
    /// The characters of a packed number, one by one.
    private func written(_ packed: PackedDecimal) -> String {
        let characters = Array("0123456789.-")
        return String(
            (0..<packed.count).reversed().map {
                characters[Int(truncatingIfNeeded: packed.nibbles >> UInt64(4 * $0) & 0xF)]
            })
    }

    /// What the text begins with, found character by character.
    private func expected(_ text: String) -> (whole: Int, decimals: Int, hasPoint: Bool, count: Int) {
        var rest = Substring(text)
        let sign = rest.first == "-" ? 1 : 0
        rest = rest.dropFirst(sign)
        let whole = rest.prefix { $0.isASCII && $0.isNumber }.count
        rest = rest.dropFirst(whole)
        guard rest.first == "." else { return (whole, 0, false, sign + whole) }
        let decimals = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }.count
        return (whole, decimals, true, sign + whole + 1 + decimals)
    }

    @Test("ends where its digits do, whatever stands behind it and however close the text's end is") func ends() {
        let signs = ["", "-"]
        let wholes = ["", "0", "7", "42", "1234", "9876543", "12345678", "123456789", "99999999999999"]
        let decimals = ["", ".", ".5", ".25", ".125", ".0001", ".1234567", ".12345678", ".1.2"]
        let rests = ["", ",", "x", "e5", " ", "\n", ".", "-", ",12345678", "/////////", ":::::::::", "é12345678"]
        for sign in signs {
            for whole in wholes {
                for decimal in decimals {
                    for rest in rests {
                        let text = sign + whole + decimal + rest
                        let bytes = Array("<".utf8) + Array(text.utf8)
                        let (number, packed) = bytes.withUnsafeBufferPointer {
                            let number = PlainNumber($0, at: 1)
                            return (number, PackedDecimal(number, in: $0))
                        }
                        let wanted = expected(text)
                        #expect(number.wholeDigits == wanted.whole && number.decimals == wanted.decimals, "\(text)")
                        #expect(number.hasPoint == wanted.hasPoint && number.end == 1 + wanted.count, "\(text)")
                        let fits = wanted.whole + wanted.decimals > 0 && wanted.count <= PackedDecimal.maximumCount
                        #expect(packed.map(written) == (fits ? String(text.prefix(wanted.count)) : nil))
                    }
                }
            }
        }
    }

    @Test("is all of a text, or the text is none") func whole() {
        for text in ["0", "12", "3.5", "1234.56", "12345678", "0.123456", "-1.5", "123456789.25", ".5", "5."] {
            let packed = Array(text.utf8).withUnsafeBufferPointer { PackedDecimal($0) }
            #expect(packed.map(written) == text)
        }
        for text in [
            "", "-", ".", "1,5", "1.2.3", "12 ", " 12", "1e5", "0x1", "/", ":", "12345:78", "1234567890123456",
        ] {
            let packed = Array(text.utf8).withUnsafeBufferPointer { PackedDecimal($0) }
            #expect(packed == nil, "\(text)")
        }
    }

    @Test("eight bytes tell where a string, a field and a cell go on") func leading() {
        for byte in UInt8.min...UInt8.max {
            for index in 0..<8 {
                var bytes = [UInt8](repeating: 0x80, count: 8)
                bytes[index] = byte
                let eight = bytes.withUnsafeBufferPointer { EightBytes($0, at: 0) }
                func leading(_ others: String, _ isOther: Bool = false) -> Int {
                    isOther || others.utf8.contains(byte) ? index : 8
                }
                #expect(eight.leadingInString == leading("\"\\", byte < 0x20), "\(byte) at \(index)")
                #expect(
                    eight.leadingInField(EightBytes(repeating: ascii(","))) == leading(",\r\n"), "\(byte) at \(index)")
                #expect(eight.leadingInCell == leading("|*`\\"), "\(byte) at \(index)")
                bytes = [UInt8](repeating: 0x37, count: 8)
                bytes[index] = byte
                let digits = bytes.withUnsafeBufferPointer { EightBytes($0, at: 0) }
                #expect(digits.leadingDigits == ((0x30...0x39).contains(byte) ? 8 : index), "\(byte) at \(index)")
            }
        }
    }

    @Test("up to eight bytes are all of a short text") func short() {
        let text = Array("abcdefgh".utf8)
        for count in 0...8 {
            let eight = text[..<count].withUnsafeBufferPointer { EightBytes(all: $0) }
            let padded = Array(text[..<count]) + [UInt8](repeating: 0, count: 8 - count)
            let same = padded.withUnsafeBufferPointer { EightBytes($0, at: 0) }
            #expect(eight.begins(like: same, 8))
        }
    }
}
