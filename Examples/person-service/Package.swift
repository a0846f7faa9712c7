// swift-tools-version: 6.3

import PackageDescription

// A plugin that is a shared library and the service that loads it must use the same copy of TroveManage, so
// everything links the dynamic one.
let troveManage = Target.Dependency.product(name: "TroveManageDynamic", package: "trove-manage")

let package = Package(
  name: "person-service",
  products: [
    .executable(name: "person-service", targets: ["person-service"]),
    .executable(name: "bare-service", targets: ["bare-service"]),
    .executable(name: "engine-threads", targets: ["engine-threads"]),
    // libDBPlugins.so
    .library(name: "DBPlugins", type: .dynamic, targets: ["PersonPluginLibrary"]),
  ],
  dependencies: [.package(name: "trove-manage", path: "../..")],
  targets: [
    .target(name: "PersonPlugin", dependencies: [troveManage]),
    .target(name: "PersonPluginLibrary", dependencies: ["PersonPlugin", troveManage]),
    .target(name: "People", dependencies: [troveManage]),
    .executableTarget(name: "person-service", dependencies: ["People", "PersonPlugin"]),
    .executableTarget(name: "bare-service", dependencies: ["People"]),
    .executableTarget(name: "engine-threads", dependencies: ["PersonPlugin", troveManage]),
  ]
)
