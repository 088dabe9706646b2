import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("How long things are kept")
struct RetentionPolicyTests {
    @Test(
        "Times are read in hours, days and weeks",
        arguments: [
            ("1h", 3600), ("12h", 43_200), ("90d", 7_776_000), ("2w", 1_209_600), ("36500d", 3_153_600_000),
        ])
    func times(text: String, seconds: Int) {
        #expect(RetentionPolicy.seconds(text) == seconds)
    }

    @Test(
        "What is no time of an hour at least, or for ever in all but name, is refused",
        arguments: ["", "90", "d", "0d", "-1d", "+1d", "1.5d", "90 d", "90D", "30m", "1y", "36501d", "9999999d", "１d"])
    func refused(text: String) {
        #expect(RetentionPolicy.seconds(text) == nil)
    }

    @Test(
        "Times are told in whole days, or in hours",
        arguments: [
            (7_776_000, "90 days"), (86_400, "24 hours"), (172_800, "2 days"), (3600, "1 hour"), (-5, "0 hours"),
        ])
    func told(seconds: Double, text: String) {
        #expect(RetentionPolicy.text(seconds: seconds) == text)
    }

    @Test(
        "What is not named is kept for ever; a lost task's job may still be found for a week",
        arguments: [
            (RetentionPolicy(), TaskPart.files, nil, nil),
            (RetentionPolicy(taskFolders: 3600), .files, 3600, 691_200),
            (RetentionPolicy(taskFolders: 3600), .log, nil, nil),
            (RetentionPolicy(logs: 31_536_000), .log, 31_536_000, 31_536_000),
            (RetentionPolicy(logs: 31_536_000), .files, nil, nil),
            (RetentionPolicy(archives: 3600), .files, nil, nil),
        ] as [(RetentionPolicy, TaskPart, Double?, Double?)])
    func rules(policy: RetentionPolicy, part: TaskPart, seconds: Double?, whereLost: Double?) {
        let rule = policy.rule(for: part, of: "atena02")
        #expect(rule?.seconds == seconds)
        #expect(rule?.secondsWhereLost == whereLost)
        #expect((policy.versionRule(of: "atena02") == nil) == (policy.archives == nil))
    }

    @Test("The configuration says it for each cluster, and a misspelled key is a fault with its line")
    func configuration() throws {
        let text = ConfigurationTests.minimal + "\n    retention: {task_folders: 90d, archives: 2w}"
        let cluster = try #require(try ConfigurationTests.read(text).clusters["atena02"])
        #expect(cluster.retention == RetentionPolicy(taskFolders: 7_776_000, archives: 1_209_600))
        let without = try #require(try ConfigurationTests.read(ConfigurationTests.minimal).clusters["atena02"])
        #expect(without.retention.isEmpty)
        for (line, path) in [("{log: 1d}", "log"), ("{logs: soon}", "logs")] {
            let faults = ConfigurationTests.faults(ConfigurationTests.minimal + "\n    retention: \(line)")
            #expect(faults.map(\.path) == ["clusters.atena02.retention.\(path) (line 6)"])
        }
    }

    @Test(
        "Logs are told from all else by the names that Slurm is given",
        arguments: [
            ("job_12.txt", false, TaskPart.log), ("job_12.txt", true, .files), ("job_12.txt.bak", false, .files),
            ("attempts", true, .files), ("my_job_1.txt", false, .files), ("config.json", false, .files),
        ])
    func parts(name: String, isFolder: Bool, part: TaskPart) {
        #expect(TaskFolder.part(of: Array(name.utf8), isFolder: isFolder) == part)
    }
}
