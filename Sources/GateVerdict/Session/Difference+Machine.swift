import GateCore

extension DifferenceList {
    /// A kernel keeps some memory for itself, and not always the same.
    private static let memoryMargin = 1.1

    /// The parts of two machines by which figures are comparable, and what surrounds them.
    mutating func compareMachines(_ before: Environment, _ now: Environment) {
        add("CPU", .machine, before.cpuModel, now.cpuModel)
        add("CPU count", .machine, before.cpuWords, now.cpuWords)
        compareMemory(before, now)
        add("architecture", .machine, before.architecture, now.architecture)
        if before.gpus != nil, now.gpus != nil { add("GPU", .machine, before.gpuWords, now.gpuWords) }
        if let was = before.virtualization, let virtualization = now.virtualization {
            add("virtualization", .machine, was, virtualization)
        }
        if before.gpus != nil, now.gpus != nil { add("GPU driver", .surroundings, before.drivers, now.drivers) }
        add("operating system", .surroundings, before.operatingSystem, now.operatingSystem)
        add("kernel", .surroundings, before.kernel, now.kernel)
    }

    private mutating func compareMemory(_ before: Environment, _ now: Environment) {
        let (was, bytes) = (Double(before.usableMemoryBytes), Double(now.usableMemoryBytes))
        guard was > 0, bytes > 0, max(was / bytes, bytes / was) > DifferenceList.memoryMargin else { return }
        add("memory", .machine, before.memoryWords, now.memoryWords)
    }
}

extension Environment {
    fileprivate var cpuWords: String {
        let usable = usableCPUs
        return usable < Double(cpuCount)
            ? "\(DisplayFormat.fixed(usable, decimals: 2)) of \(cpuCount) (limited)" : "\(cpuCount)"
    }

    fileprivate var memoryWords: String {
        let size = "\(DisplayFormat.fixed(Double(usableMemoryBytes) / 1_073_741_824, decimals: 1)) GiB"
        return usableMemoryBytes < memoryBytes ? "\(size) (limited)" : size
    }

    fileprivate var gpuWords: String {
        let names = (gpus ?? []).map { gpu in
            gpu.name
                + (gpu.memoryBytes.map {
                    " (\(DisplayFormat.fixed(Double($0) / 1_073_741_824, decimals: 0)) GiB)"
                } ?? "")
        }
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }

    fileprivate var drivers: String? {
        let drivers = (gpus ?? []).compactMap(\.driver)
        return drivers.isEmpty ? nil : drivers.joined(separator: ", ")
    }
}
