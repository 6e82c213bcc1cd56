import GateCore

/// Numbers the labels of one ``FactSegment``: the texts that stand in the names of owners.
struct LabelTable: ~Copyable {
    /// Settings and texts under a name without it: the names are the domains.
    private var written = ByteTable()
    /// By the number of the written text.
    private var labels: [Int] = []
    private var texts: [FactLabel: Int] = [:]

    /// The label that a text under a name makes: ``entityText(_:)`` of it.
    /// - Parameters:
    ///   - domain: a number above 0, that of files, that stands for the kind and the name.
    ///   - name: only asked for where the label is new.
    mutating func find(
        _ kind: FactLabel.Kind, _ domain: Int, _ name: @autoclosure () -> String,
        _ text: UnsafeBufferPointer<UInt8>, in packer: inout FactPacker
    ) -> Int {
        let number = written.find(text, domain: domain)
        if number == labels.count {
            let label = FactLabel(kind, name: name(), text: entityText(String(decoding: text, as: UTF8.self)))
            labels.append(find(label, in: &packer))
        }
        return labels[number]
    }

    /// Nearly every file has a name of its own.
    mutating func find(file stem: UnsafeBufferPointer<UInt8>, in packer: inout FactPacker) -> Int {
        let number = written.find(stem, domain: 0)
        if number == labels.count {
            let label = FactLabel(.file, text: entityText(String(decoding: stem, as: UTF8.self)))
            labels.append(packer.add(label: label))
        }
        return labels[number]
    }

    mutating func find(_ label: FactLabel, in packer: inout FactPacker) -> Int {
        if let number = texts[label] { return number }
        let number = packer.add(label: label)
        texts[label] = number
        return number
    }

    mutating func removeAll() {
        written.removeAll()
        labels.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }
}
