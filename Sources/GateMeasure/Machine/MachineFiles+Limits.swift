import GateCore

extension MachineFiles {
    /// The tightest limits of our control group and those above it; nil where there is none.
    var limits: ContainerLimits? {
        let groups = lines("/proc/self/cgroup").compactMap(ControlGroup.init)
        let cpus = (groups.flatMap(quotas) + [allowedProcessors].compactMap(\.self)).min()
        let memory = groups.flatMap(memoryLimits).min()
        return cpus == nil && memory == nil ? nil : ContainerLimits(cpus: cpus, memoryBytes: memory)
    }

    /// Fewer processors than are online, where we are bound to some of them.
    private var allowedProcessors: Double? {
        let status = lines("/proc/self/status").first { $0.hasPrefix("Cpus_allowed_list:") }
        guard let status,
            let allowed = CPUList.count(String(status.drop { $0 != ":" }.dropFirst()).filter { $0 != "\t" }),
            let online = cpuCount, allowed < online
        else { return nil }
        return Double(allowed)
    }

    private func quotas(_ group: ControlGroup) -> [Double] {
        group.folders(of: "cpu").compactMap { folder in
            let (quota, period): (Double?, Double?) =
                if group.isUnified {
                    pair(line("\(folder)/cpu.max"))
                } else {
                    (
                        line("\(folder)/cpu.cfs_quota_us").flatMap { Double($0) },
                        line("\(folder)/cpu.cfs_period_us").flatMap { Double($0) }
                    )
                }
            guard let quota, let period, quota > 0, period > 0, quota.isFinite else { return nil }
            return quota / period
        }
    }

    /// `200000 100000`; the first is `max` where there is no limit.
    private func pair(_ line: String?) -> (Double?, Double?) {
        let fields = (line ?? "").split(separator: " ").map { Double($0) }
        return fields.count == 2 ? (fields[0], fields[1]) : (nil, nil)
    }

    /// Groups of version 1 write a number near 2^63 where there is no limit.
    private static let mostMemory: Int64 = 1 << 60

    private func memoryLimits(_ group: ControlGroup) -> [Int64] {
        group.folders(of: "memory").compactMap { folder in
            let name = group.isUnified ? "memory.max" : "memory.limit_in_bytes"
            return line("\(folder)/\(name)").flatMap { Int64($0) }.flatMap {
                $0 > 0 && $0 < MachineFiles.mostMemory ? $0 : nil
            }
        }
    }
}

/// One line of `/proc/self/cgroup`: `0::/path` in version 2, `4:memory:/path` in version 1.
struct ControlGroup {
    private let controllers: [Substring]
    private let path: [Substring]

    var isUnified: Bool { controllers.isEmpty }

    init?(_ line: Substring) {
        let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { return nil }
        controllers = fields[1].split(separator: ",")
        path = fields[2].split(separator: "/")
        guard !path.contains("..") else { return nil }
    }

    /// Where the limits of a controller stand, of this group and of those above it; empty where it is another's.
    func folders(of controller: String) -> [String] {
        guard isUnified || controllers.contains(Substring(controller)) else { return [] }
        let top = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/\(controllers.joined(separator: ","))"
        return (0...path.count).map { depth in
            ([top] + path.prefix(depth).map(String.init)).joined(separator: "/")
        }
    }
}
