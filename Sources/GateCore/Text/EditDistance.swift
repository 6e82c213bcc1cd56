/// The name that a misspelled one was probably meant to be; nil where none is near.
package func nearest(to text: String, among names: [String]) -> String? {
    guard text.unicodeScalars.count <= 64 else { return nil }
    let wanted = Array(text.lowercased().unicodeScalars)
    let farthest = max(1, wanted.count / 3)
    let distances = names.compactMap { name -> (name: String, distance: Int)? in
        let letters = Array(name.lowercased().unicodeScalars)
        guard abs(letters.count - wanted.count) <= farthest else { return nil }
        return (name, editDistance(wanted, letters))
    }
    guard let best = distances.min(by: { $0.distance < $1.distance }), best.distance <= farthest else { return nil }
    return best.name
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other (optimal string
/// alignment; Damerau 1964). Own code, as no library of ours offers it.
package func editDistance(_ from: [Unicode.Scalar], _ to: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...to.count)
    for row in 0..<from.count {
        var current = [row + 1]
        for column in 0..<to.count {
            var cost = min(
                last[column + 1] + 1, current[column] + 1, last[column] + (from[row] == to[column] ? 0 : 1))
            if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    return last[to.count]
}
