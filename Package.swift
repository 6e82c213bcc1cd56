// swift-tools-version: 6.2
import PackageDescription

/// One row of the module map (`Sources/GateCLI/Documentation.docc/Architecture.md`); a test holds both together.
struct Module {
    var name: String
    var imports: [Target.Dependency]
    var exclude: [String] = []
    /// What only its tests import besides.
    var testImports: [Target.Dependency] = []
    /// Folders beside the tests that hold no sources.
    var testExclude: [String] = []
}

let modules: [Module] = [
    Module(name: "GateVocabulary", imports: []),
    Module(name: "GateCore", imports: ["GateVocabulary"]),
    Module(name: "GateVerdict", imports: ["GateCore"], testExclude: ["Golden"]),
    Module(name: "GateJSON", imports: []),
    Module(name: "GateClock", imports: []),
    Module(name: "GateProcess", imports: ["GateClock"]),
    Module(name: "GateDigest", imports: ["CCrypto"]),
    Module(name: "GateInflate", imports: ["CZlib"]),
    Module(name: "GateMarkdown", imports: ["CMarkGFM"]),
    Module(name: "GateYAML", imports: ["CYAML"]),
    Module(name: "GateFiles", imports: ["GateCore", "GateVerdict", "GateVocabulary", "GateJSON"]),
    Module(name: "GateCorpus", imports: ["GateCore", "GateVocabulary", "GateJSON", "GateDigest", "GateInflate"]),
    Module(name: "GateStream", imports: ["GateClock", "GateCore", "GateJSON", "CCurl", "CCurlOnDemand", "CLinux"]),
    Module(name: "GateHTTP", imports: ["GateClock", "GateCore"]),
    Module(name: "GateReplay", imports: ["GateClock", "GateCore", "GateHTTP", "GateJSON"]),
    Module(
        name: "GateProxy",
        imports: ["GateClock", "GateCore", "GateDigest", "GateHTTP", "GateInflate", "GateJSON", "GateStream"],
        testImports: ["GateReplay"]),
    Module(
        name: "GateWorkload",
        imports: ["GateClock", "GateCore", "GateCorpus", "GateStream", "GateMarkdown", "GateDigest"]),
    Module(
        name: "GateLoad",
        imports: ["GateCore", "GateStream", .product(name: "Histogram", package: "hdrhistogram-swift")]),
    Module(name: "GateBaselines", imports: ["GateCore", "GateVerdict", "GateFiles", "GateDigest"]),
    Module(name: "GateLint", imports: ["GateCore", "GateVocabulary", "GateMarkdown", "GateJSON"]),
    Module(name: "GateRevision", imports: ["GateDigest", "GateProcess"]),
    Module(name: "GateImport", imports: ["GateCore", "GateCorpus", "GateJSON", "GateVocabulary"]),
    Module(name: "GateSettings", imports: ["GateCore", "GateDigest", "GateJSON", "GateVerdict", "GateYAML"]),
    Module(
        name: "GateMeasure",
        imports: [
            "GateClock", "GateCore", "GateProcess", "GateDigest", "GateFiles", "GateCorpus", "GateStream",
            "GateWorkload", "GateLoad", "GateLint", "GateVerdict", "GateHTTP", "GateJSON", "GateProxy",
        ],
        testImports: ["GateReplay"]),
    Module(
        name: "GateReports", imports: ["GateCore", "GateVerdict", "GateJSON", "GateDigest", "CLibXML2"],
        testImports: ["GateFiles"],
        testExclude: ["Golden"]),
    Module(
        name: "GateCLI",
        imports: [
            "GateClock", "GateCore", "GateVerdict", "GateVocabulary", "GateJSON", "GateProcess", "GateDigest",
            "GateMarkdown",
            "GateYAML",
            "GateFiles",
            "GateCorpus",
            "GateHTTP", "GateProxy",
            "GateStream", "GateReplay", "GateWorkload", "GateLoad", "GateBaselines", "GateLint", "GateRevision",
            "GateSettings", "GateMeasure", "GateReports", "GateImport", "CSchemas",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        exclude: ["Schemas"]),
]

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "chimera-gate",
    products: [
        .executable(name: "chimera-gate", targets: ["chimera-gate"]),
        // What `ci/benchmarks` measures.
        .library(name: "GateVerdict", targets: ["GateVerdict", "GateCore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
    ],
    targets: [
        .executableTarget(name: "chimera-gate", dependencies: ["GateCLI"], swiftSettings: settings),
        // Its names are answered by CCurlOnDemand, so that nothing is linked with libcurl and its forty libraries.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .target(
            name: "CCurlOnDemand", dependencies: ["CCurl"],
            linkerSettings: [.linkedLibrary("curl", .when(platforms: [.macOS]))]),
        // The schemas below GateCLI as bytes of the program.
        .target(name: "CSchemas"),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(
            name: "CMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CLinux"),
        .target(
            name: "TestSupport", dependencies: ["GateClock", "GateCore", "GateHTTP", "GateJSON"],
            path: "Tests/TestSupport", swiftSettings: settings),
    ]
        + modules.map { module in
            .target(
                name: module.name, dependencies: module.imports, exclude: module.exclude, swiftSettings: settings)
        }
        + modules.map { module in
            .testTarget(
                name: module.name + "Tests",
                dependencies: [.init(stringLiteral: module.name), "TestSupport"] + module.imports + module.testImports,
                exclude: module.testExclude, swiftSettings: settings)
        }
)
