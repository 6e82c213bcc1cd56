import GateCore

/// Numbers the labels of one ``FactSegment``: the texts that stand in the names of owners.
struct LabelTable: ~Copyable {
    /// Settings without their names: these are the domains.
    private var written = ByteTable()
    /// By the number of the written text.
    private var labels: [Int] = []
    private var texts: [FactLabel: Int] = [:]

    /// The label that a text makes: ``entityText(_:)`` of it.
    mutating func find(_ text: UnsafeBufferPointer<UInt8>, in packer: inout FactPacker) -> Int {
        let number = written.find(text)
        if number == labels.count {
            add(FactLabel(.text, text: entityText(String(decoding: text, as: UTF8.self))), to: &packer)
        }
        return labels[number]
    }

    /// `num_gpu=60`
    /// - Parameters:
    ///   - domain: a number above 0 that stands for the name.
    ///   - name: only asked for where the setting is new.
    mutating func find(
        _ domain: Int, _ name: @autoclosure () -> String, equals value: UnsafeBufferPointer<UInt8>,
        in packer: inout FactPacker
    ) -> Int {
        let number = written.find(value, domain: domain)
        if number == labels.count {
            add(FactLabel(.key, name: name(), text: entityText(String(decoding: value, as: UTF8.self))), to: &packer)
        }
        return labels[number]
    }

    private mutating func add(_ label: FactLabel, to packer: inout FactPacker) {
        labels.append(find(label, in: &packer))
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
