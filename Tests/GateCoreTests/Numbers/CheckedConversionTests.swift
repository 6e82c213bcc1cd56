import GateCore
import Testing

struct CheckedConversionTests {
    @Test(
        "what fits is converted without its fraction",
        arguments: [
            (0, 0), (-0.9, 0), (2.999, 2), (-2.999, -2), (1e15, 1_000_000_000_000_000),
            (9_223_372_036_854_774_784, 9_223_372_036_854_774_784), (-0x1p63, Int.min),
        ])
    func fits(number: Double, whole: Int) {
        #expect(Int(checked: number) == whole)
        #expect(Int(clamping: number) == whole)
    }

    @Test(
        "what does not fit is nil",
        arguments: [.nan, .infinity, -.infinity, 0x1p63, -0x1.0000000000001p63, 1e300, -1e300])
    func beyondTheRange(number: Double) {
        #expect(Int(checked: number) == nil)
        #expect(UInt64(checked: number) == nil || number == 0x1p63)
    }

    @Test("the range is that of the type")
    func ranges() {
        #expect(UInt8(checked: 255.9) == 255)
        #expect(UInt8(checked: 256) == nil)
        #expect(UInt64(checked: -1) == nil)
        #expect(UInt64(checked: -0.5) == 0)
        #expect(UInt64(checked: 0x1p63) == 1 << 63)
        #expect(UInt64(checked: 0x1p64) == nil)
        #expect(Int32(checked: -2_147_483_648.5) == Int32.min)
    }

    @Test(
        "clamping ends at the nearest end of the range",
        arguments: [
            (1e300, Int.max), (-1e300, Int.min), (.infinity, Int.max), (-.infinity, Int.min), (0x1p63, Int.max),
            (.nan, 0),
            (.leastNonzeroMagnitude, 0),
        ])
    func clamping(number: Double, whole: Int) {
        #expect(Int(clamping: number) == whole)
    }

    @Test("sums and differences stay within the range")
    func sums() {
        #expect(Int.max.adding(clamping: 1) == .max)
        #expect(Int.min.adding(clamping: -1) == .min)
        #expect(Int.max.adding(clamping: -1) == .max - 1)
        #expect(UInt8(250).adding(clamping: 6) == 255)
        #expect(Int.min.subtracting(clamping: 1) == .min)
        #expect(Int.max.subtracting(clamping: -1) == .max)
        #expect(0.subtracting(clamping: Int.min) == .max)
        #expect(UInt8(3).subtracting(clamping: 5) == 0)
        #expect(5.subtracting(clamping: 3) == 2)
    }
}
