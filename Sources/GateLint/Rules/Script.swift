/// Writing systems, by blocks of Unicode: coarse, but enough to see that a Latin text has turned to Cyrillic.
enum Script: Hashable, Sendable {
    case latin, greek, cyrillic, armenian, hebrew, arabic, indic, thai, georgian, hangul, kana, han, other

    /// Nil for what is no letter of a script: digits, signs, mathematical letters, marks that any script uses.
    init?(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case 0x41...0x5A, 0x61...0x7A: self = .latin
        case 0..<0xC0: return nil
        case 0xC0...0x24F, 0x1E00...0x1EFF, 0xA720...0xA7FF, 0xFB00...0xFB06, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
            guard value != 0xD7, value != 0xF7 else { return nil }
            self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x531...0x58F: self = .armenian
        case 0x591...0x5F4, 0xFB1D...0xFB4F: self = .hebrew
        case 0x620...0x65F, 0x66E...0x6EF, 0x6FA...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF,
            0xFE70...0xFEFC:
            self = .arabic
        case 0x900...0x963, 0x970...0xDFF: self = .indic
        case 0xE01...0xE4E, 0xE80...0xECF: self = .thai
        case 0x10A0...0x10FF: self = .georgian
        case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: self = .hangul
        case 0x3041...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .kana
        case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3134F: self = .han
        case 0x250...0x36F, 0x2000...0x2FFF, 0x3000...0x303F, 0xFE00...0xFE0F, 0x1D400...0x1D7FF, 0xFFF0...0xFFFF,
            0x1F000...0x1FAFF, 0xE000...0xF8FF:
            return nil
        default:
            guard scalar.properties.isAlphabetic else { return nil }
            self = .other
        }
    }

    /// What a letter stands for beside one of an alphabet.
    var weight: Int { self == .han ? 3 : self == .kana || self == .hangul ? 2 : 1 }
}
