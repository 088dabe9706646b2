// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFoundationCompat = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The targets and who may import whom. `make` builds with `--explicit-target-dependency-import-check error`,
/// so an arrow that is not drawn here does not compile.
let package = Package(
    name: "slipway",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "slipway", targets: ["slipway"]),
        .executable(name: "slipway-bench", targets: ["SlipwayBench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng16", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .target(name: "CInference"),
        .target(name: "CAssets"),

        .target(name: "Slurm", swiftSettings: swiftSettings),
        .target(name: "Multipart", dependencies: [nioCore], swiftSettings: swiftSettings),
        .target(name: "OpenInference", dependencies: [nioCore], swiftSettings: swiftSettings),
        .target(name: "SlipwayAPI", swiftSettings: swiftSettings),
        .target(name: "SlipwayCore", swiftSettings: swiftSettings),
        .target(
            name: "Postgres", dependencies: ["CPostgres", logging, serviceLifecycle], swiftSettings: swiftSettings),
        .target(name: "Archives", dependencies: ["CArchive"], swiftSettings: swiftSettings),
        .target(name: "Pictures", dependencies: ["CPNG", "CTurboJPEG"], swiftSettings: swiftSettings),
        .target(name: "Inference", dependencies: ["CInference", "SlipwayCore", crypto], swiftSettings: swiftSettings),
        .target(
            name: "SlipwayStore", dependencies: ["CAssets", "Postgres", "SlipwayCore", logging],
            swiftSettings: swiftSettings),
        .target(
            name: "SlipwayServices",
            dependencies: [
                "Archives", "CAssets", "Inference", "Pictures", "SlipwayCore", "Slurm", asyncHTTPClient, crypto,
                cryptoExtras,
                logging, nioCore, nioHTTP1, nioPosix, serviceLifecycle, subprocess, swiftASN1, systemPackage,
                yams,
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "SlipwayServer",
            dependencies: [
                "CAssets", "Inference", "CZlib", "Multipart", "OpenInference", "SlipwayAPI", "SlipwayCore",
                "SlipwayServices",
                crypto, httpTypes, hummingbird, hummingbirdTLS, jwtKit, logging, nioCore, nioFoundationCompat, nioHTTP1,
                nioPosix, nioSSL, serviceLifecycle,
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "SlipwayDialects",
            dependencies: [
                "Multipart", "SlipwayAPI", "SlipwayCore", "SlipwayServer", "SlipwayServices", httpTypes, hummingbird,
                nioCore,
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "SlipwayClient",
            dependencies: [
                "SlipwayAPI", asyncHTTPClient, crypto, nioCore, nioFoundationCompat, nioHTTP1, nioPosix, nioSSL,
                systemPackage,
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "slipway",
            dependencies: [
                "Postgres", "SlipwayAPI", "SlipwayClient", "SlipwayCore", "SlipwayDialects", "SlipwayServer",
                "SlipwayServices", "SlipwayStore", argumentParser, logging, nioCore, serviceLifecycle,
                systemPackage, unixSignals,
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "SlipwayBench",
            dependencies: [
                "Postgres", argumentParser, asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix, subprocess,
                systemPackage, unixSignals,
            ],
            swiftSettings: swiftSettings),

        // Archives written by hand, for the tests that are unkind to what reads them.
        .target(name: "ArchiveSamples", path: "Tests/ArchiveSamples", swiftSettings: swiftSettings),
        .testTarget(
            name: "ArchivesTests", dependencies: ["ArchiveSamples", "Archives"], swiftSettings: swiftSettings),
        .testTarget(
            name: "InferenceTests", dependencies: ["Inference", "SlipwayCore", subprocess, systemPackage],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                // SlipwayServices for the names of the fault points alone.
                "ArchiveSamples", "SlipwayAPI", "SlipwayClient", "SlipwayServices", asyncHTTPClient, crypto, nioCore,
                nioFoundationCompat, nioHTTP1, nioPosix, subprocess, systemPackage,
            ],
            // Scripts that run in a Python of their own.
            exclude: ["Inference/Triton/Python", "MLaaS4HEP/Python"], swiftSettings: swiftSettings),
        .testTarget(name: "MultipartTests", dependencies: ["Multipart", nioCore], swiftSettings: swiftSettings),
        .testTarget(
            name: "OpenInferenceTests", dependencies: ["OpenInference", nioCore], swiftSettings: swiftSettings),
        .testTarget(
            name: "PicturesTests", dependencies: ["Pictures", systemPackage, subprocess], swiftSettings: swiftSettings),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", logging], swiftSettings: swiftSettings),
        .testTarget(
            name: "SlipwayClientTests", dependencies: ["SlipwayAPI", "SlipwayClient", nioCore, nioPosix],
            swiftSettings: swiftSettings),
        .testTarget(name: "SlipwayCoreTests", dependencies: ["SlipwayCore"], swiftSettings: swiftSettings),
        .testTarget(
            name: "SlipwayServerTests",
            dependencies: [
                "SlipwayAPI", "SlipwayCore", "SlipwayDialects", "SlipwayServer", "SlipwayServices", httpTypes,
                hummingbird,
                nioCore,
            ], swiftSettings: swiftSettings),
        .testTarget(
            name: "SlipwayServicesTests",
            dependencies: ["Inference", "Pictures", "SlipwayCore", "SlipwayServices", asyncHTTPClient, nioCore],
            swiftSettings: swiftSettings),
        .testTarget(name: "SlurmTests", dependencies: ["Slurm"], swiftSettings: swiftSettings),
    ]
)
