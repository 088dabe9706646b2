extension Captured {
    /// Written after the manuals' formats, for what that cluster cannot be brought to.
    static let written = """
        == configuring.squeue
        301¦CONFIGURING¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/301¦x
        == configuring.sacct
        == expediting.squeue
        302¦EXPEDITING¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/302¦x
        == expediting.sacct
        == launch-failed.squeue
        303¦LAUNCH_FAILED¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/303¦x
        == launch-failed.sacct
        == power-up-node.squeue
        304¦POWER_UP_NODE¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/304¦x
        == power-up-node.sacct
        == reconfig-fail.squeue
        305¦RECONFIG_FAIL¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/305¦x
        == reconfig-fail.sacct
        == requeued.squeue
        306¦REQUEUED¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/306¦x
        == requeued.sacct
        == requeue-fed.squeue
        307¦REQUEUE_FED¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/307¦x
        == requeue-fed.sacct
        == requeue-hold-word.squeue
        308¦REQUEUE_HOLD¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/308¦x
        == requeue-hold-word.sacct
        == resv-del-hold.squeue
        309¦RESV_DEL_HOLD¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/309¦x
        == resv-del-hold.sacct
        == resizing.squeue
        310¦RESIZING¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/310¦x
        == resizing.sacct
        == signaling.squeue
        311¦SIGNALING¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/311¦x
        == signaling.sacct
        == stage-out.squeue
        312¦STAGE_OUT¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/312¦x
        == stage-out.sacct
        == stopped.squeue
        313¦STOPPED¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/313¦x
        == stopped.sacct
        == update-db.squeue
        314¦UPDATE_DB¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/314¦x
        == update-db.sacct
        == out-of-memory.squeue
        315¦OUT_OF_MEMORY¦a¦cpu¦OutOfMemory¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/315¦x
        == out-of-memory.sacct
        315¦OUT_OF_MEMORY¦a¦cpu¦0:125¦1795266155¦1795266156¦1795266216¦n1¦None¦¦64M¦60¦/t/315¦x
        315.batch¦OUT_OF_MEMORY¦a¦¦0:125¦1795266156¦1795266156¦1795266216¦n1¦¦65536K¦¦60¦¦batch
        315.extern¦COMPLETED¦a¦¦0:0¦1795266156¦1795266156¦1795266216¦n1¦¦100K¦¦60¦¦extern
        == boot-fail.squeue
        316¦BOOT_FAIL¦a¦cpu¦NodeDown¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/316¦x
        == boot-fail.sacct
        316¦BOOT_FAIL¦a¦cpu¦0:0¦1795266155¦1795266156¦1795266216¦n1¦None¦¦64M¦60¦/t/316¦x
        == revoked.squeue
        317¦REVOKED¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦¦1:00¦10¦/t/317¦x
        == revoked.sacct
        317¦REVOKED¦a¦cpu¦0:0¦1795266155¦1795266156¦1795266216¦None assigned¦None¦¦64M¦60¦/t/317¦x
        == timeout-written.squeue
        318¦TIMEOUT¦a¦cpu¦TimeLimit¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/318¦x
        == timeout-written.sacct
        318¦TIMEOUT¦a¦cpu¦0:0¦1795266155¦1795266156¦1795266216¦n1¦None¦¦64M¦60¦/t/318¦x
        == recycled.squeue
        12¦RUNNING¦a¦cpu¦None¦1795266155¦1795266156¦1795266216¦n1¦1:00¦10¦/t/new¦x
        == recycled.sacct
        12¦COMPLETED¦a¦cpu¦0:0¦1700000000¦1700000001¦1700000002¦n1¦None¦¦64M¦1¦/t/old¦y

        """
}
