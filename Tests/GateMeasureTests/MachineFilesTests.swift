import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateMeasure

@Suite("What Linux says of a machine") struct MachineFilesTests {
    let folder: TemporaryFolder
    var files: MachineFiles { MachineFiles(root: folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func write(_ texts: [String: String]) throws {
        for (path, text) in texts { try folder.write(text, to: path) }
    }

    @Test("processors, memory and whose virtual machine it is")
    func machine() throws {
        try write([
            "proc/cpuinfo": "processor : 0\nmodel name\t: AMD EPYC 7763\nflags\t\t: fpu vme hypervisor sse\n",
            "sys/devices/system/cpu/online": "0-3,8\n", "proc/meminfo": "MemTotal:       24684096 kB\nMemFree: 1 kB\n",
            "sys/class/dmi/id/sys_vendor": "Amazon EC2\n",
        ])
        #expect(files.cpuModel == "AMD EPYC 7763")
        #expect(files.cpuCount == 5)
        #expect(files.memoryBytes == Int64(24_684_096) * 1024)
        #expect(files.virtualization == "Amazon EC2")
        #expect(files.gpus.isEmpty && files.limits == nil)
        try write(["run/.containerenv": "", "sys/class/dmi/id/sys_vendor": ""])
        #expect(files.virtualization == "vm, container")
        try write(["proc/cpuinfo": "model name: Xeon\nflags: fpu vme\n"])
        #expect(files.virtualization == "none, container")
    }

    @Test("nothing that is not there is made up")
    func nothing() {
        #expect(files.cpuModel == nil && files.cpuCount == nil && files.memoryBytes == nil)
        #expect(files.virtualization == nil && files.limits == nil && files.gpus.isEmpty)
    }

    @Test("limits of version 2: the tightest of our group and those above it")
    func unified() throws {
        try write([
            "proc/self/cgroup": "0::/pod/job\n", "sys/fs/cgroup/cpu.max": "max 100000\n",
            "sys/fs/cgroup/pod/cpu.max": "150000 100000\n", "sys/fs/cgroup/pod/job/cpu.max": "400000 100000\n",
            "sys/fs/cgroup/pod/memory.max": "max\n", "sys/fs/cgroup/pod/job/memory.max": "2147483648\n",
        ])
        #expect(files.limits == ContainerLimits(cpus: 1.5, memoryBytes: 2 << 30))
    }

    @Test("limits of version 1, where no limit is a number near 2^63 or below zero")
    func older() throws {
        try write([
            "proc/self/cgroup": "4:memory:/job\n1:cpu,cpuacct:/job\n0::/\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "1073741824\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "200000\n",
            "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
        ])
        #expect(files.limits == ContainerLimits(cpus: 2, memoryBytes: 1 << 30))
    }

    @Test("processors that we are kept from are a limit")
    func allowed() throws {
        try write([
            "sys/devices/system/cpu/online": "0-7\n", "proc/self/status": "Name: x\nCpus_allowed_list:\t0-1,4\n",
        ])
        #expect(files.limits == ContainerLimits(cpus: 3))
        try write(["proc/self/status": "Cpus_allowed_list:\t0-7\n"])
        #expect(files.limits == nil)
    }

    @Test("graphics: NVIDIA's by its driver, others by the kernel's, none of an emulated card")
    func graphics() throws {
        try write([
            "proc/driver/nvidia/version":
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n",
            "proc/driver/nvidia/gpus/0000:00:1e.0/information": "Model: \t\t NVIDIA A10G\nIRQ:   \t\t 10\n",
            "sys/class/drm/card0/device/vendor": "0x10de\n", "sys/class/drm/card0/device/device": "0x2237\n",
            "sys/class/drm/card1/device/vendor": "0x1002\n", "sys/class/drm/card1/device/device": "0x73bf\n",
            "sys/class/drm/card1/device/mem_info_vram_total": "17163091968\n",
            "sys/class/drm/card1-DP-1/status": "connected\n",
            "sys/class/drm/card2/device/vendor": "0x1234\n", "sys/class/drm/card2/device/device": "0x1111\n",
        ])
        #expect(
            files.gpus == [
                GPUIdentity(name: "NVIDIA A10G", driver: "535.104.05"),
                GPUIdentity(name: "amd 0x73bf", memoryBytes: 17_163_091_968),
            ])
    }

    @Test("a fingerprint has what the files say, and the runner that the pipeline names")
    func fingerprint() throws {
        try write([
            "proc/cpuinfo": "model name: Xeon\nflags: fpu\n", "sys/devices/system/cpu/online": "0-63",
            "proc/meminfo": "MemTotal: 1048576 kB\n", "etc/os-release": "NAME=x\nPRETTY_NAME=\"Debian 12\"\n",
        ])
        let environment = MachineFingerprint.read(
            source: SourceRevision(), files: files, variables: ["RUNNER_NAME": "", "CI_RUNNER_DESCRIPTION": "runner-7"])
        #expect(environment.cpuModel == "Xeon" && environment.cpuCount == 64)
        #expect(environment.memoryBytes == 1 << 30 && environment.operatingSystem == "Debian 12")
        #expect(environment.virtualization == "none" && environment.gpus == [] && environment.limits == nil)
        #expect(environment.runner == "runner-7")
    }

    @Test("a list that is not one counts nothing", arguments: ["", "x", "3-1", "1-", "-1", "0-1-2", "0-99999999"])
    func lists(text: String) { #expect(CPUList.count(text) == nil) }
}
