import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("A process's batch script")
struct WorkflowScriptTests {
    @Test("The container gets the version's files, its specs to write to, and the datasets")
    func binds() throws {
        let configuration = try ConfigurationTests.read(
            """
            data_root: /srv/slipway
            clusters:
              atena02:
                datasets: /srv/data
                partitions:
                  cpu: {}
            """)
        var specification = TaskSpecification(
            cluster: "atena02", partition: "cpu", image: "hep_latest", account: nil, dataset: "luca",
            experiment: "luca_3", modelName: "luca_3", entrypoint: "slipway_workflow.py",
            scriptPath: "slipway_workflow.py", projectPath: nil, payload: .script(trackingURI: nil),
            resources: .init(), modelParameters: "{}")
        specification.serverJob = .workflow(
            .init(NewProcess(name: ProcessName(folder: "luca", number: 3), version: 2), isRemote: false))
        #expect(specification.publishes)
        let stored = try JSONDecoder().decode(TaskSpecification.self, from: JSONEncoder().encode(specification))
        #expect(stored == specification)
        let id = Attempt.ID(task: try #require(TaskID("0vqffzhpn2")), number: 1)
        let lines = try BatchScripts(configuration: configuration).render(stored, id: id).split(separator: "\n")
        #expect(lines.contains("input='/srv/slipway/uploads/luca/2/files'"))
        #expect(lines.contains("read_only_binds=('/srv/data')"))
        #expect(lines.contains("writable_binds=('/srv/slipway/uploads/luca/2/specs')"))
    }

    @Test("No other job may write beside its task")
    func others() throws {
        let lines = try BatchScriptsTests.allLines()
        #expect(lines.contains("writable_binds=()"))
    }

    @Test("The section of the configuration names the image, and has one of its own where it does not")
    func configuration() throws {
        let clusters = "data_root: /srv\nclusters:\n  a:\n    partitions:\n      cpu: {}\n"
        #expect(try ConfigurationTests.read(clusters).workflow.image == "hep_latest")
        let configured = try ConfigurationTests.read(
            clusters + "mlaas4hep: {image: hep_gpu, time: 2h, memory: 4G, cpus: 2, partition: cpu}\n"
        ).workflow
        #expect(configured.image == "hep_gpu")
        #expect(configured.memory == "4G")
        #expect(throws: SlipwayError.self) {
            try ConfigurationTests.read(clusters + "mlaas4hep: {partition: none}\n")
        }
    }
}
