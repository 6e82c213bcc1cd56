/// Code spans inside a line (CommonMark 0.31, 6.1).
enum InlineCode {
    /// Where to go on after the backticks at `start`: behind the code span that they open, or behind themselves where
    /// nothing closes it.
    static func end(in scalars: [Unicode.Scalar], from start: Int) -> Int {
        let length = scalars[start...].prefix { $0 == "`" }.count
        var index = start + length
        while index < scalars.count {
            let run = scalars[index...].prefix { $0 == "`" }.count
            if run == length { return index + run }
            index += max(run, 1)
        }
        return start + length
    }
}
