internal import GateCore
internal import GateVocabulary

/// Which of the labels that share its words a name means.
extension Reader {
    /// One name, perhaps in several columns.
    private func isOne(_ labels: [Int]) -> Bool {
        labels.count == 1 || Set(labels.map { relation.labels[$0].text }).count == 1
    }

    /// One text, perhaps beside names of files that have nothing but rows of it.
    func isOneText(_ labels: [Int]) -> Bool {
        let texts = labels.filter { relation.labels[$0].kind == .text }
        guard let first = texts.first,
            isOne(texts) || texts.allSatisfy(Set(relation.namesakes.with([first])).contains)
        else { return false }
        return labels.allSatisfy { label in
            relation.labels[label].kind == .text
                || relation.labels[label].kind == .file
                    && relation.labels[label].rows.allSatisfy { contains(relation.labels[first].rows, $0) }
        }
    }

    /// `Llama` of `meta-llama/Llama-3.1-8B`
    func isHead(_ term: String, _ labels: [Int]) -> Bool {
        term.utf8.count > 3
            && labels.allSatisfy { label in
                let text = relation.labels[label].text
                return relation.labels[label].kind == .file || relation.labels[label].terms.first == term
                    || Namesakes.core(text).map { Canon.terms(ofName: $0).first == term } ?? false
            }
    }

    /// Without those that hold all that another one of them holds: a tool rather than the file that it stands in. But what
    /// is said to the letter goes before a longer text with the same words: `/api/login` before `404 for /api/login`.
    func narrowest(_ labels: [Int], _ said: Set<String>) -> [Int] {
        guard labels.count > 1, labels.count <= 16 else { return labels }
        // The engine rather than the files of its runs, which are called by it, too.
        let texts = labels.filter { relation.labels[$0].kind == .text }
        if texts.count == 1, labels.count > 2,
            labels.allSatisfy({ label in
                relation.labels[label].kind == .file
                    && relation.labels[label].rows.allSatisfy {
                        contains(relation.labels[texts[0]].rows, $0)
                    } || label == texts[0]
            })
        {
            return texts
        }
        func isLiteral(_ label: Int) -> Bool {
            said.count > 1 && relation.labels[label].kind == .text
                && relation.labels[label].terms.allSatisfy(said.contains)
        }
        func isWithin(_ inner: Int, _ outer: Int) -> Bool {
            let (inner, outer) = (relation.labels[inner].rows, relation.labels[outer].rows)
            return inner.count < outer.count && inner.allSatisfy { contains(outer, $0) }
        }
        return labels.filter { label in
            !labels.contains { other in
                isLiteral(label) == isLiteral(other)
                    ? isWithin(other, label)
                    : isLiteral(other) && (isWithin(label, other) || isWithin(other, label))
            }
        }
    }
}
