// Swift's own conversions of these types end the program where the number does not fit. In every file that imports
// GateCore these declarations stand before the standard library's, so that the compiler refuses such a conversion:
// `init(checked:)` and `init(clamping:)` convert fractions, `init(exactly:)`, `init(clamping:)` and
// `init(truncatingIfNeeded:)` whole numbers. What always fits (`Int` of an `Int32`) stays as it is.

extension Int {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: UInt64) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: UInt) { self.init(clamping: number) }
}

extension Int64 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: UInt64) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: UInt) { self.init(clamping: number) }
}

extension UInt64 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
}

extension UInt {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
}

extension Int32 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: Int) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: Int64) { self.init(clamping: number) }
}

extension UInt32 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
}

extension Int16 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: Int) { self.init(clamping: number) }
}

extension UInt16 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: Int) { self.init(clamping: number) }
}

extension Int8 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: Int) { self.init(clamping: number) }
}

extension UInt8 {
    @available(*, deprecated, message: "ends the program where it does not fit: use init(checked:) or init(clamping:)")
    package init(_ number: Double) { self.init(clamping: number) }
    @available(*, deprecated, message: "ends the program where it does not fit: use init(exactly:) or init(clamping:)")
    package init(_ number: Int) { self.init(clamping: number) }
}
