import Foundation
import SlipwayCore
import Testing

@Suite("Whether another attempt follows a failed one")
struct RetryPolicyTests {
    static let attempt = AttemptStateMachineTests.open(.running).attempt

    static func specification(_ policy: RetryPolicy?, memory: Int? = nil) -> TaskSpecification {
        TaskSpecification(
            cluster: "c", partition: "cpu", image: "i", account: nil, dataset: "d", experiment: "e", modelName: "m",
            entrypoint: "train.py", scriptPath: "train.py", projectPath: nil, payload: .script(trackingURI: nil),
            resources: TaskSpecification.Resources(timeLimitMinutes: 30, memoryMegabytes: memory),
            modelParameters: "{}", retry: policy)
    }

    static func decide(
        _ policy: RetryPolicy, _ reason: FailureReason, left: Int = 2, memory: Int? = nil, limit: Int? = nil,
        failed: [String] = [], nodes: Set<String>? = nil, attempt: Attempt = attempt
    ) -> RetryDecision {
        policy.decide(
            after: reason, of: attempt,
            RetryCircumstances(
                specification: specification(policy, memory: memory), retriesLeft: left, failedNodes: failed,
                partitionNodes: nodes, maximumMemoryMegabytes: limit))
    }

    static func follows(_ decision: RetryDecision) -> Bool {
        if case .another = decision { true } else { false }
    }

    @Test("What the cluster did is tried again, what the script did is not", arguments: FailureReason.allCases)
    func standard(reason: FailureReason) {
        let isClusters = reason == .nodeFailure || reason == .preempted
        #expect(Self.follows(Self.decide(.standard, reason)) == isClusters)
        #expect(Self.follows(Self.decide(.standard, reason, left: 0)) == false)
    }

    @Test(
        "Each further reason has to be asked for",
        arguments: [
            (RetryPolicy(resumes: true), FailureReason.timeout), (RetryPolicy(retriesExitCode: true), .exitCode),
            (RetryPolicy(memoryFactor: 2), .outOfMemory),
        ])
    func asked(policy: RetryPolicy, reason: FailureReason) {
        #expect(Self.follows(Self.decide(policy, reason, memory: 1000)))
        for other in FailureReason.allCases where ![reason, .nodeFailure, .preempted].contains(other) {
            #expect(!Self.follows(Self.decide(policy, other, memory: 1000)))
        }
    }

    @Test("Memory grows by its factor from attempt to attempt, up to the partition's limit")
    func memory() {
        let policy = RetryPolicy(memoryFactor: 1.5)
        #expect(
            Self.decide(policy, .outOfMemory, memory: 1001) == .another(AttemptPlan(memoryMegabytes: 1502)))
        var second = Self.attempt
        second.plan.memoryMegabytes = 1502
        #expect(
            Self.decide(policy, .outOfMemory, memory: 1001, limit: 2000, attempt: second)
                == .another(AttemptPlan(memoryMegabytes: 2000)))
        second.plan.memoryMegabytes = 2000
        #expect(
            Self.decide(policy, .outOfMemory, memory: 1001, limit: 2000, attempt: second)
                == .none(because: "More memory cannot be asked for: the partition's limit is reached."))
    }

    @Test("Failed nodes are left out, as long as others are left")
    func nodes() {
        let one = Self.decide(.standard, .nodeFailure, failed: ["n1"], nodes: ["n1", "n2"])
        #expect(one == .another(AttemptPlan(excludedNodes: ["n1"])))
        var second = Self.attempt
        second.plan.excludedNodes = ["n1"]
        let both = Self.decide(.standard, .nodeFailure, failed: ["n2"], nodes: ["n1", "n2"], attempt: second)
        #expect(both == .another(AttemptPlan(excludedNodes: ["n1"])))
        let unknown = Self.decide(.standard, .nodeFailure, failed: ["n1"], nodes: nil)
        #expect(unknown == .another(AttemptPlan()))
        let preempted = Self.decide(.standard, .preempted, failed: ["n1"], nodes: ["n1", "n2"])
        #expect(preempted == .another(AttemptPlan()))
    }

    @Test("A task that resumes goes on from the attempt before")
    func resumes() {
        #expect(Self.decide(RetryPolicy(resumes: true), .timeout) == .another(AttemptPlan(resumesFrom: 1)))
    }

    @Test("The transition queues the task again and says what is different")
    func transition() {
        var open = AttemptStateMachineTests.open(.running)
        open.retriesLeft = 1
        let circumstances = RetryCircumstances(
            specification: Self.specification(RetryPolicy(memoryFactor: 2), memory: 500), retriesLeft: 1)
        let machine = AttemptStateMachine(open, circumstances: circumstances)
        let transition = machine.sighted(
            AttemptStateMachineTests.sighting(.ended(.failed(.outOfMemory))), report: nil,
            at: AttemptStateMachineTests.now)
        #expect(transition?.to == .failed)
        #expect(transition?.taskState == .queued)
        #expect(transition?.message == "The job ran out of memory: it asked for 500 MB.")
        #expect(
            transition?.next?.message
                == "Attempt 1: The job ran out of memory: it asked for 500 MB. Attempt 2 follows with 1000 MB of memory."
        )
    }

    @Test("An end without a retry left says so")
    func none() {
        let circumstances = RetryCircumstances(specification: Self.specification(nil), retriesLeft: 0)
        let machine = AttemptStateMachine(AttemptStateMachineTests.open(.running), circumstances: circumstances)
        let transition = machine.sighted(
            AttemptStateMachineTests.sighting(.ended(.failed(.nodeFailure)), raw: "NODE_FAIL"), report: nil,
            at: AttemptStateMachineTests.now)
        #expect(transition?.next == nil)
        #expect(transition?.message == "The node failed (NODE_FAIL). No retry is left of 2.")
    }

    @Test("A missed deadline is not tried again, even by a task that resumes")
    func deadline() {
        let circumstances = RetryCircumstances(
            specification: Self.specification(RetryPolicy(resumes: true)), retriesLeft: 2)
        let machine = AttemptStateMachine(AttemptStateMachineTests.open(.running), circumstances: circumstances)
        let transition = machine.sighted(
            AttemptStateMachineTests.sighting(.ended(.failed(.timeout)), raw: "DEADLINE"), report: nil,
            at: AttemptStateMachineTests.now)
        #expect(transition?.next == nil)
        #expect(transition?.message == "The job missed the deadline that was set for it in Slurm.")
    }

    @Test("A cancelled task is not tried again")
    func cancelled() {
        let circumstances = RetryCircumstances(specification: Self.specification(nil), retriesLeft: 2)
        let machine = AttemptStateMachine(
            AttemptStateMachineTests.open(.running, cancelRequested: true), circumstances: circumstances)
        let transition = machine.sighted(
            AttemptStateMachineTests.sighting(.ended(.failed(.nodeFailure))), report: nil,
            at: AttemptStateMachineTests.now)
        #expect(transition?.to == .cancelled)
        #expect(transition?.next == nil)
    }
}
