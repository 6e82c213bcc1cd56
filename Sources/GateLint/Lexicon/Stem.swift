/// The common part of the forms of a word: `encodes`, `encoded` and `encoding` are `encod`.
///
/// Light, as Harman's S stemmer with two more endings: two words of one stem are taken for one, so that a stem must not
/// be shorter than what people tell words apart by.
func stem(_ word: String) -> String {
    let bytes = Array(word.utf8)
    guard bytes.count > 3, bytes.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else {
        // `GPUs`, `3s` stay; words in other alphabets have endings of their own.
        return word
    }
    var stem = bytes[...]
    func ends(_ ending: String) -> Bool {
        stem.count > ending.utf8.count + 2 && stem.reversed().starts(with: ending.utf8.reversed())
    }
    if ends("isation") || ends("ising") || ends("ised") || ends("ise") {
        let index = stem.lastIndex(of: UInt8(ascii: "s")) ?? stem.startIndex
        stem[index] = UInt8(ascii: "z")
    }
    if ends("ies") {
        stem = stem.dropLast(3) + [UInt8(ascii: "y")]
    } else if ends("sses") || ends("ches") || ends("shes") || ends("xes") {
        stem = stem.dropLast(2)
    } else if ends("s"), !ends("ss"), !ends("us"), !ends("is") {
        stem = stem.dropLast()
    }
    if ends("ing"), stem.count > 5 {
        stem = undoubled(stem.dropLast(3))
    } else if ends("ed"), stem.count > 4, !ends("eed") {
        stem = undoubled(stem.dropLast(2))
    }
    // `cancelled` and `canceled`
    if stem.count > 5, ends("ll") { stem = stem.dropLast() }
    if stem.count > 4, stem.last == UInt8(ascii: "e") { stem = stem.dropLast() }
    return String(decoding: stem, as: UTF8.self)
}

/// `runn` of running is `run`.
private func undoubled(_ stem: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard stem.count > 3, let last = stem.last, last == stem.dropLast().last, ![0x6C, 0x73, 0x7A].contains(last) else {
        return stem
    }
    return stem.dropLast()
}
