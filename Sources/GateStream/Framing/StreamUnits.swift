/// A whole stream, cut into its units.
package enum StreamUnits {
    /// Copies of the units, in order; units of nothing but white space are left out.
    package static func all(in bytes: [UInt8], framing: StreamFraming) -> [[UInt8]] {
        var framer = StreamFramer(framing, largestUnit: .max)
        var units: [[UInt8]] = []
        func keep(_ unit: UnsafeBufferPointer<UInt8>) {
            if unit.contains(where: { $0 > 0x20 }) { units.append(Array(unit)) }
        }
        bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while let unit = framer.next(&rest) { keep(unit) }
            if let unit = framer.finish() { keep(unit) }
        }
        return units
    }
}

extension PassedRoute {
    /// How its streams are cut; nil for what is handed on unread.
    package var framing: StreamFraming? { reading?.framing }
}
