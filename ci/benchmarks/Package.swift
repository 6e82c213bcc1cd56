// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who builds chimera-gate does not build this.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "chimera-gate", path: "../..")],
    targets: [
        .executableTarget(
            name: "judgement",
            dependencies: [.product(name: "GateVerdict", package: "chimera-gate")],
            path: "judgement", exclude: ["README.md"],
            swiftSettings: [
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ]
)
