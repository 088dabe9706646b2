import Slurm
import Testing

@Suite("Job states")
struct JobStateTests {
    @Test(
        "Each word of the manuals is known, in its long and its compact form",
        arguments: [
            ("BOOT_FAIL", "BF"), ("CANCELLED", "CA"), ("COMPLETED", "CD"), ("CONFIGURING", "CF"), ("COMPLETING", "CG"),
            ("DEADLINE", "DL"), ("FAILED", "F"), ("NODE_FAIL", "NF"), ("OUT_OF_MEMORY", "OOM"), ("PENDING", "PD"),
            ("PREEMPTED", "PR"), ("RUNNING", "R"), ("RESV_DEL_HOLD", "RD"), ("REQUEUE_FED", "RF"),
            ("REQUEUE_HOLD", "RH"), ("REQUEUED", "RQ"), ("RESIZING", "RS"), ("REVOKED", "RV"), ("SIGNALING", "SI"),
            ("SPECIAL_EXIT", "SE"), ("STAGE_OUT", "SO"), ("STOPPED", "ST"), ("SUSPENDED", "S"), ("TIMEOUT", "TO"),
        ])
    func words(long: String, compact: String) {
        let state = JobState(long)
        #expect(state != .unrecognized(long))
        #expect(JobState(compact) == state)
        #expect(JobState(long.lowercased()) == state)
        #expect(state.phase != .unknown)
    }

    @Test(
        "The flags of later releases are known",
        arguments: ["EXPEDITING", "LAUNCH_FAILED", "POWER_UP_NODE", "RECONFIG_FAIL", "UPDATE_DB"])
    func flags(word: String) {
        #expect(JobState(word) != .unrecognized(word))
    }

    @Test(
        "A word means what it means for the job's life",
        arguments: [
            ("PENDING", JobState.Phase.waiting), ("REQUEUED", .waiting), ("CONFIGURING", .waiting),
            ("LAUNCH_FAILED", .waiting), ("RUNNING", .running), ("COMPLETING", .running), ("SUSPENDED", .running),
            ("STOPPED", .running), ("COMPLETED", .ended(.completed)), ("CANCELLED by 1000", .ended(.cancelled)),
            ("CANCELLED+", .ended(.cancelled)), ("FAILED", .ended(.failed)), ("TIMEOUT", .ended(.timeout)),
            ("OUT_OF_MEMORY", .ended(.outOfMemory)), ("NODE_FAIL", .ended(.nodeFailure)),
            ("BOOT_FAIL", .ended(.bootFailure)), ("DEADLINE", .ended(.deadline)), ("PREEMPTED", .ended(.preempted)),
            ("REVOKED", .ended(.revoked)), ("UPDATE_DB", .unknown), ("SOMETHING_NEW", .unknown),
        ])
    func phases(word: String, phase: JobState.Phase) {
        #expect(JobState(word).phase == phase)
    }

    @Test("The user who cancelled is kept, an unknown word is carried as it came")
    func details() {
        #expect(JobState("CANCELLED by 1000") == .cancelled(by: 1000))
        #expect(JobState("Quantum_Leap") == .unrecognized("Quantum_Leap"))
        #expect(JobState("") == .unrecognized(""))
    }

    @Test(
        "Job ids are read and written",
        arguments: [
            ("12", JobID(number: 12), "12"), ("20_0", JobID(number: 20, arrayTask: 0), "20_0"),
            ("20_[3-9%1]", JobID(number: 20), "20"), ("31+2", JobID(number: 31, component: 2), "31+2"),
            ("4294967294", JobID(number: 4_294_967_294), "4294967294"),
        ])
    func ids(text: String, id: JobID, description: String) {
        #expect(JobID(text) == id)
        #expect(id.description == description)
    }

    @Test(
        "What is no job id is refused", arguments: ["", "0", "x", "12.batch", "12_", "12_x", "-1", "99999999999", "١٢"])
    func noIDs(text: String) {
        #expect(JobID(text) == nil)
    }
}
