import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("A task's batch script")
struct BatchScriptsTests {
    /// The lines of the third attempt's script that a plan, a policy or the cluster's settings have a part in.
    static func lines(
        plan: AttemptPlan = .unchanged, retry: RetryPolicy? = nil, excluded: String = "[]", requeue: String = "false"
    ) throws -> [String] {
        let keys = [
            "#SBATCH --mem", "#SBATCH --exclude", "#SBATCH --signal", "#SBATCH --requeue", "#SBATCH --no-requeue",
            "resumes=", "earlier_output=",
        ]
        return try allLines(plan: plan, retry: retry, excluded: excluded, requeue: requeue)
            .filter { line in keys.contains { line.hasPrefix($0) } }
    }

    static func allLines(
        plan: AttemptPlan = .unchanged, retry: RetryPolicy? = nil, excluded: String = "[]", requeue: String = "false"
    ) throws -> [String] {
        let configuration = try ConfigurationTests.read(
            """
            data_root: /srv/slipway
            clusters:
              atena02:
                excluded_nodes: \(excluded)
                requeue: \(requeue)
                partitions:
                  cpu: {}
            """)
        let specification = TaskSpecification(
            cluster: "atena02", partition: "cpu", image: "i", account: nil, dataset: "d", experiment: "e",
            modelName: "m", entrypoint: "train.py", scriptPath: "train.py", projectPath: nil,
            payload: .script(trackingURI: nil), resources: .init(memoryMegabytes: 1000), modelParameters: "{}",
            retry: retry)
        let id = Attempt.ID(task: try #require(TaskID("0vqffzhpn2")), number: 3)
        let script = try BatchScripts(configuration: configuration).render(specification, id: id, plan: plan)
        return script.split(separator: "\n").map(String.init)
    }

    @Test("Without a plan it asks for what the config asks for, and Slurm does not requeue by itself")
    func unchanged() throws {
        #expect(
            try Self.lines() == [
                "#SBATCH --mem=1000M", "#SBATCH --no-requeue", "resumes=''", "earlier_output=''",
            ])
        #expect(try Self.lines(requeue: "true").contains("#SBATCH --requeue"))
    }

    @Test("A plan's memory, nodes and earlier output go into the script")
    func planned() throws {
        let lines = try Self.lines(
            plan: AttemptPlan(memoryMegabytes: 2000, excludedNodes: ["n[2-4]", "n2", "evil;id", "x1"], resumesFrom: 2),
            retry: RetryPolicy(resumes: true, signalSecondsBefore: 120), excluded: #"["n[1-3]"]"#)
        #expect(
            lines.dropLast() == [
                "#SBATCH --mem=2000M", #"#SBATCH --exclude="n[1-3],n4,x1""#, "#SBATCH --signal=B:USR1@120",
                "#SBATCH --no-requeue", "resumes='1'",
            ])
        #expect(lines.last?.hasSuffix("/attempts/2/output'") == true)
    }
}
