import GateCore
import GateFiles

/// What Linux says of a machine in files: processors, memory, graphics, virtualisation, and what a container may use of
/// them (proc(5), cgroups(7), the kernel's admin-guide/cgroup-v2.rst and sysfs documentation). What is not there is nil.
package struct MachineFiles {
    /// Before `/proc` and `/sys`: only tests have another.
    let root: String

    package init(root: String = "") { self.root = root }

    // MARK: - Processors and memory

    var cpuModel: String? { cpuInfo("model name") ?? cpuInfo("Hardware") }

    /// Those that are online.
    var cpuCount: Int? { text("/sys/devices/system/cpu/online").flatMap(CPUList.count) }

    var memoryBytes: Int64? {
        guard let line = lines("/proc/meminfo").first(where: { $0.hasPrefix("MemTotal:") }) else { return nil }
        let kibibytes = line.split(separator: " ").dropFirst().first.flatMap { Int64($0) }
        return kibibytes.flatMap { $0 > 0 && $0 < .max / 1024 ? $0 * 1024 : nil }
    }

    private func cpuInfo(_ key: String) -> String? {
        guard let line = lines("/proc/cpuinfo").first(where: { $0.hasPrefix(key) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }

    // MARK: - Virtualisation

    /// `none`, `vm` or the maker of the virtual machine, with `container` behind it in one.
    var virtualization: String? {
        let flags = lines("/proc/cpuinfo").first { $0.hasPrefix("flags") || $0.hasPrefix("Features") }
        guard flags != nil || text("/sys/class/dmi/id/sys_vendor") != nil else { return nil }
        let isGuest =
            flags?.split(separator: " ").contains("hypervisor") == true || text("/sys/hypervisor/type") != nil
        var words = isGuest ? line("/sys/class/dmi/id/sys_vendor") ?? "vm" : "none"
        if isContainer { words += ", container" }
        return words
    }

    private var isContainer: Bool {
        text("/.dockerenv") != nil || text("/run/.containerenv") != nil
            || text("/run/systemd/container") != nil
    }

    // MARK: - Graphics

    /// NVIDIA's driver tells of its own in `/proc`; of the others the kernel's graphics drivers do.
    var gpus: [GPUIdentity] {
        let nvidia = nvidiaGPUs
        return (nvidia + otherGPUs(besidesNvidia: !nvidia.isEmpty)).sorted { $0.name < $1.name }
    }

    private var nvidiaGPUs: [GPUIdentity] {
        let driver = line("/proc/driver/nvidia/version").flatMap { text in
            text.split(separator: " ").map(String.init).first { $0.first?.isNumber == true && $0.contains(".") }
        }
        return names("/proc/driver/nvidia/gpus").compactMap { bus in
            lines("/proc/driver/nvidia/gpus/\(bus)/information").first { $0.hasPrefix("Model:") }.map { line in
                let name = line.dropFirst("Model:".count).drop { $0 == " " || $0 == "\t" }
                return GPUIdentity(name: String(name), driver: driver)
            }
        }
    }

    /// Makers of processors that models run on; the emulated cards of virtual machines are of others.
    private static let makers = ["0x10de": "nvidia", "0x1002": "amd", "0x8086": "intel"]

    private func otherGPUs(besidesNvidia: Bool) -> [GPUIdentity] {
        let cards = names("/sys/class/drm").filter { $0.hasPrefix("card") && $0.dropFirst(4).allSatisfy(\.isNumber) }
        return cards.compactMap { card in
            let device = "/sys/class/drm/\(card)/device"
            guard let maker = line("\(device)/vendor").flatMap({ MachineFiles.makers[$0] }),
                let number = line("\(device)/device"), !(besidesNvidia && maker == "nvidia")
            else { return nil }
            return GPUIdentity(
                name: "\(maker) \(number)", memoryBytes: line("\(device)/mem_info_vram_total").flatMap { Int64($0) })
        }
    }

    // MARK: - Reading

    func text(_ path: String) -> String? { SystemFile.text(root + path) }

    func lines(_ path: String) -> [Substring] { text(path)?.split(separator: "\n") ?? [] }

    /// The first line; nil where it is empty.
    func line(_ path: String) -> String? { lines(path).first.map(String.init) }

    private func names(_ path: String) -> [String] { (try? Folder.names(in: root + path)) ?? [] }
}

/// A list of processors as the kernel writes it: `0-3,8`.
enum CPUList {
    /// nil for a text of another form.
    static func count(_ text: String) -> Int? {
        var count = 0
        for part in text.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
            let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2, first >= 0,
                last >= first, last < 1 << 20
            else { return nil }
            count += last - first + 1
        }
        return count > 0 ? count : nil
    }
}
