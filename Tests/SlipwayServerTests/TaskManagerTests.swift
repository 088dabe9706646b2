import Foundation
import SlipwayAPI
import SlipwayCore
import Testing

@testable import SlipwayDialects
@testable import SlipwayServer

@Suite("ml-task-manager's dialect")
struct TaskManagerTests {
    @Test(
        "Every state has its sentence",
        arguments: [
            (.queued, "PENDING: The job has not been handed to Slurm yet."),
            (.submitting, "PENDING: The job is being handed to Slurm."),
            (.pending, "PENDING: The job is waiting for resource allocation."),
            (.running, "RUNNING: The job is currently running."),
            (.collecting, "COMPLETING: The job has ended and its output is being collected."),
            (.succeeded, "COMPLETED: The job has completed successfully."),
            (.failed, "FAILED: The job has failed."), (.cancelled, "CANCELLED: The job was cancelled."),
            (.lost, "UNKNOWN: Neither Slurm nor the job's own files tell what became of the job."),
        ] as [(TaskState, String)])
    func states(state: TaskState, sentence: String) {
        #expect(JobSentence(state: state).text == sentence)
    }

    @Test("A failure is told by Slurm's word for it", arguments: FailureReason.allCases)
    func failures(reason: FailureReason) {
        let word =
            switch reason {
            case .exitCode, .image, .output, .rejected: "FAILED: "
            case .timeout: "TIMEOUT: "
            case .outOfMemory: "OUT_OF_MEMORY: "
            case .nodeFailure: "NODE_FAIL: "
            case .preempted: "PREEMPTED: "
            }
        #expect(JobSentence(state: .failed, reason: reason).text.hasPrefix(word))
    }

    @Test("What is known of a job is in its sentence")
    func details() {
        #expect(JobSentence(state: .pending, pendingReason: "Priority").text.hasSuffix("allocation (Priority)."))
        #expect(JobSentence(state: .failed, reason: .exitCode, exitCode: 3).text.hasSuffix("exit code 3."))
        #expect(JobSentence(state: .failed, reason: .exitCode, exitCode: 0, signal: 9).text.hasSuffix("signal 9."))
    }

    @Test("A task has the old fields beside the native ones, null where nothing is known")
    func fields() throws {
        var native = Samples.task
        native.jobID = nil
        native.account = nil
        let task = TaskManagerTask(native: native, scriptPath: "path/to/train.py", projectPath: nil)
        let data = try WireJSON.encoder().encode(task)
        guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: data) else {
            Issue.record("the task is no object")
            return
        }
        let expected: [String: JSONValue] = [
            "id": .string("0f3k9tq2xb"), "instance_type": .string("cpu"),
            "image_name": .string("sklearn_sample_latest"),
            "account": .null, "runner_location": .string("atena02"), "script_path": .string("path/to/train.py"),
            "dataset_name": .string("wine_classification"), "experiment_name": .string("wine"), "job_id": .null,
            "project_path": .null, "state": .string("succeeded"),
        ]
        for (key, value) in expected { #expect(members[key] == value, "\(key)") }
    }

    @Test("The answer on a job has its run, or null")
    func runs() throws {
        let data = try WireJSON.encoder().encode(JobStatusAnswer(jobStatus: "RUNNING: x", runID: nil))
        #expect(String(decoding: data, as: UTF8.self) == "{\"job_status\":\"RUNNING: x\",\"run_id\":null}")
    }
}
