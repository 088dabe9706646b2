extension Captured {
    /// Recorded from a cluster of Slurm 22.05.8 with slurmdbd.
    static let recorded = """
        == pending-held.squeue
        82¦PENDING¦twinscie¦cpu¦JobHeldUser¦1795265969¦N/A¦N/A¦¦1-00:00:00¦0¦/t/pending-held¦pending-held
        == pending-held.sacct
        == pending-begin.squeue
        83¦PENDING¦twinscie¦cpu¦BeginTime¦1795265969¦1795269569¦1795355969¦¦1-00:00:00¦4294901759¦/t/pending-begin¦pending-begin
        == pending-begin.sacct
        == pending-dependency.squeue
        84¦PENDING¦twinscie¦cpu¦Dependency¦1795265969¦N/A¦N/A¦¦1-00:00:00¦4294901758¦/t/pending-dependency¦pending-dependency
        == pending-dependency.sacct
        == pending-hold-scontrol.squeue
        92¦PENDING¦twinscie¦cpu¦JobHeldAdmin¦1795265969¦N/A¦N/A¦¦1-00:00:00¦0¦/t/pending-admin-held¦pending-admin-held
        == pending-hold-scontrol.sacct
        92¦PENDING¦twinscie¦cpu¦0:0¦1795265969¦Unknown¦Unknown¦None assigned¦None¦¦64M¦0¦/t/pending-admin-held¦pending-admin-held
        == pending-partition-time.squeue
        85¦PENDING¦twinscie¦tight¦PartitionTimeLimit¦1795265969¦N/A¦N/A¦¦2:00:00¦4294901757¦/t/pending-part-time¦pending-part-time
        == pending-partition-time.sacct
        == pending-qos-cpu.squeue
        87¦PENDING¦twinscie¦tight¦QOSGrpCpuLimit¦1795265969¦1795266269¦1795266569¦¦5:00¦4294901755¦/t/pending-qos-cpu¦pending-qos-cpu
        == pending-qos-cpu.sacct
        == pending-qos-wall.squeue
        88¦PENDING¦twinscie¦tight¦QOSMaxWallDurationPerJobLimit¦1795265969¦N/A¦N/A¦¦30:00¦4294901754¦/t/pending-qos-wall¦pending-qos-wall
        == pending-qos-wall.sacct
        == pending-priority.squeue
        91¦PENDING¦twinscie¦low¦Priority¦1795265969¦1795352369¦1795438769¦¦1-00:00:00¦4294901751¦/t/pending-priority¦pending-priority
        == pending-priority.sacct
        == pending-resources.squeue
        117¦PENDING¦twinscie¦low¦Resources¦1795266154¦1795352554¦1795438954¦¦1-00:00:00¦4294901727¦/t/pending-resources¦pending-resources
        == pending-resources.sacct
        117¦PENDING¦twinscie¦low¦0:0¦1795266154¦Unknown¦Unknown¦None assigned¦None¦¦64M¦0¦/t/pending-resources¦pending-resources
        == running.squeue
        89¦RUNNING¦twinscie¦low¦None¦1795265969¦1795265969¦1795352369¦spare¦1-00:00:00¦4294901753¦/t/run-all¦run-all
        == running.sacct
        89¦PENDING¦twinscie¦¦0:0¦1795265969¦1795265969¦Unknown¦spare¦None¦¦18446744073709551616.00M¦3¦¦allocation
        89.batch¦RUNNING¦twinscie¦¦0:0¦1795265969¦1795265969¦Unknown¦spare¦¦¦¦3¦¦batch
        == suspended.squeue
        89¦SUSPENDED¦twinscie¦low¦None¦1795265969¦1795265969¦1795352369¦spare¦1-00:00:00¦0¦/t/run-all¦run-all
        == suspended.sacct
        89¦SUSPENDED¦twinscie¦¦0:0¦1795265969¦1795265969¦Unknown¦spare¦None¦¦18446744073709551616.00M¦3¦¦allocation
        89.batch¦SUSPENDED¦twinscie¦¦0:0¦1795265969¦1795265969¦Unknown¦spare¦¦¦¦3¦¦batch
        == array-running.squeue
        124_2¦PENDING¦twinscie¦cpu¦JobArrayTaskLimit¦1795266155¦N/A¦N/A¦¦1-00:00:00¦4294901720¦/t/array¦array
        124_3¦PENDING¦twinscie¦cpu¦JobArrayTaskLimit¦1795266155¦N/A¦N/A¦¦1-00:00:00¦4294901720¦/t/array¦array
        124_0¦RUNNING¦twinscie¦cpu¦None¦1795266155¦1795266156¦1795352556¦vm¦1-00:00:00¦4294901720¦/t/array¦array
        124_1¦RUNNING¦twinscie¦cpu¦None¦1795266155¦1795266156¦1795352556¦vm¦1-00:00:00¦4294901720¦/t/array¦array
        == array-running.sacct
        == het-running.squeue
        125+0¦RUNNING¦twinscie¦cpu¦None¦1795266155¦1795266156¦1795352556¦vm¦1-00:00:00¦4294901719¦/t/het¦het
        125+1¦RUNNING¦twinscie¦high¦None¦1795266155¦1795266156¦1795352556¦spare¦1-00:00:00¦4294901718¦/t/het¦het
        == het-running.sacct
        125¦PENDING¦twinscie¦¦0:0¦1795266155¦1795266156¦Unknown¦vm¦None¦¦18446744073709551616.00M¦1¦¦allocation
        125.batch¦RUNNING¦twinscie¦¦0:0¦1795266156¦1795266156¦Unknown¦vm¦¦¦¦1¦¦batch
        == node-fail-1-silent.squeue
        177¦RUNNING¦twinscie¦fragile¦None¦1795266642¦1795266642¦1795353042¦spare¦1-00:00:00¦4294901675¦/t/node-fail-norequeue¦node-fail-norequeue
        178¦RUNNING¦twinscie¦fragile¦None¦1795266642¦1795266642¦1795353042¦spare¦1-00:00:00¦4294901674¦/t/node-fail-requeue¦node-fail-requeue
        == node-fail-1-silent.sacct
        177¦RUNNING¦twinscie¦fragile¦0:0¦1795266642¦1795266642¦Unknown¦spare¦None¦¦64M¦8¦/t/node-fail-norequeue¦node-fail-norequeue
        177.batch¦RUNNING¦twinscie¦¦0:0¦1795266642¦1795266642¦Unknown¦spare¦¦¦¦8¦¦batch
        178¦RUNNING¦twinscie¦fragile¦0:0¦1795266642¦1795266642¦Unknown¦spare¦None¦¦64M¦8¦/t/node-fail-requeue¦node-fail-requeue
        178.batch¦RUNNING¦twinscie¦¦0:0¦1795266642¦1795266642¦Unknown¦spare¦¦¦¦8¦¦batch
        == completing.squeue
        129¦COMPLETING¦twinscie¦cpu¦None¦1795266157¦1795266157¦1795266157¦vm¦1-00:00:00¦4294901717¦/t/completing¦completing
        == completing.sacct
        129¦CANCELLED by 1001¦twinscie¦¦0:0¦1795266157¦1795266157¦1795266157¦vm¦None¦¦18446744073709551616.00M¦0¦¦allocation
        129.batch¦CANCELLED¦twinscie¦¦0:0¦1795266157¦1795266157¦1795266157¦vm¦¦¦¦0¦¦batch
        == completing-after.squeue
        129¦CANCELLED¦twinscie¦cpu¦None¦1795266157¦1795266157¦1795266157¦vm¦1-00:00:00¦4294901717¦/t/completing¦completing
        == completing-after.sacct
        129¦CANCELLED by 1001¦twinscie¦cpu¦0:0¦1795266157¦1795266157¦1795266157¦vm¦None¦¦64M¦0¦/t/completing¦completing
        129.batch¦CANCELLED¦twinscie¦¦0:9¦1795266157¦1795266157¦1795266162¦vm¦¦4907008¦¦5¦¦batch
        == cancelled-pending.squeue
        83¦CANCELLED¦twinscie¦cpu¦BeginTime¦1795265969¦1795265972¦1795265972¦¦1-00:00:00¦4294901759¦/t/pending-begin¦pending-begin
        == cancelled-pending.sacct
        83¦CANCELLED by 1001¦twinscie¦cpu¦0:0¦1795265969¦1795265972¦1795265972¦None assigned¦BeginTime¦¦64M¦0¦/t/pending-begin¦pending-begin
        == cancelled-running.squeue
        89¦CANCELLED¦twinscie¦low¦None¦1795265969¦1795265969¦1795265976¦spare¦1-00:00:00¦4294901747¦/t/run-all¦run-all
        == cancelled-running.sacct
        89¦CANCELLED by 1001¦twinscie¦low¦0:0¦1795265969¦1795265969¦1795265976¦spare¦None¦¦64M¦7¦/t/run-all¦run-all
        89.batch¦CANCELLED¦twinscie¦¦0:15¦1795265969¦1795265969¦1795265976¦spare¦¦4907008¦¦7¦¦batch
        == completed.squeue
        118¦COMPLETED¦twinscie¦cpu¦None¦1795266155¦1795266155¦1795266155¦vm¦1-00:00:00¦4294901726¦/t/completed¦completed
        == completed.sacct
        118¦COMPLETED¦twinscie¦cpu¦0:0¦1795266155¦1795266155¦1795266155¦vm¦None¦¦64M¦0¦/t/completed¦completed
        118.batch¦COMPLETED¦twinscie¦¦0:0¦1795266155¦1795266155¦1795266155¦vm¦¦¦¦0¦¦batch
        == failed-exit.squeue
        119¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795266155¦1795266156¦1795266156¦vm¦1-00:00:00¦4294901725¦/t/failed-exit¦failed-exit
        == failed-exit.sacct
        119¦FAILED¦twinscie¦cpu¦3:0¦1795266155¦1795266156¦1795266156¦vm¦None¦¦64M¦0¦/t/failed-exit¦failed-exit
        119.batch¦FAILED¦twinscie¦¦3:0¦1795266156¦1795266156¦1795266156¦vm¦¦¦¦0¦¦batch
        == failed-signal.squeue
        120¦FAILED¦twinscie¦cpu¦JobLaunchFailure¦1795266155¦1795266156¦1795266156¦vm¦1-00:00:00¦4294901724¦/t/failed-signal¦failed-signal
        == failed-signal.sacct
        120¦FAILED¦twinscie¦cpu¦0:11¦1795266155¦1795266156¦1795266156¦vm¦None¦¦64M¦0¦/t/failed-signal¦failed-signal
        120.batch¦CANCELLED¦twinscie¦¦0:11¦1795266156¦1795266156¦1795266156¦vm¦¦¦¦0¦¦batch
        == failed-exit-137.squeue
        122¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795266155¦1795266156¦1795266156¦vm¦1-00:00:00¦4294901722¦/t/failed-exit-137¦failed-exit-137
        == failed-exit-137.sacct
        122¦FAILED¦twinscie¦cpu¦9:0¦1795266155¦1795266156¦1795266156¦vm¦None¦¦64M¦0¦/t/failed-exit-137¦failed-exit-137
        122.batch¦FAILED¦twinscie¦¦9:0¦1795266156¦1795266156¦1795266156¦vm¦¦¦¦0¦¦batch
        == memory-limit.squeue
        123¦FAILED¦twinscie¦cpu¦JobLaunchFailure¦1795266155¦1795266156¦1795266157¦vm¦1-00:00:00¦4294901721¦/t/oom¦oom
        == memory-limit.sacct
        123¦FAILED¦twinscie¦cpu¦0:9¦1795266155¦1795266156¦1795266157¦vm¦None¦¦100M¦1¦/t/oom¦oom
        123.batch¦CANCELLED by 1001¦twinscie¦¦0:9¦1795266156¦1795266156¦1795266157¦vm¦¦363880448¦¦1¦¦batch
        == timeout.squeue
        113¦TIMEOUT¦twinscie¦cpu¦TimeLimit¦1795266153¦1795266154¦1795266219¦vm¦1:00¦4294901731¦/t/timeout¦timeout
        == timeout.sacct
        113¦TIMEOUT¦twinscie¦cpu¦0:0¦1795266153¦1795266154¦1795266219¦vm¦None¦¦64M¦65¦/t/timeout¦timeout
        113.batch¦CANCELLED¦twinscie¦¦0:15¦1795266154¦1795266154¦1795266219¦vm¦¦4882432¦¦65¦¦batch
        == timeout-stubborn.squeue
        114¦TIMEOUT¦twinscie¦cpu¦TimeLimit¦1795266153¦1795266154¦1795266219¦vm¦1:00¦4294901730¦/t/timeout-stubborn¦timeout-stubborn
        == timeout-stubborn.sacct
        114¦TIMEOUT¦twinscie¦cpu¦0:0¦1795266153¦1795266154¦1795266219¦vm¦None¦¦64M¦65¦/t/timeout-stubborn¦timeout-stubborn
        114.batch¦CANCELLED¦twinscie¦¦0:9¦1795266154¦1795266154¦1795266224¦vm¦¦5083136¦¦70¦¦batch
        == timeout-signal.squeue
        115¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795266153¦1795266154¦1795266159¦vm¦1:00¦4294901729¦/t/timeout-signal¦timeout-signal
        == timeout-signal.sacct
        115¦FAILED¦twinscie¦cpu¦3:0¦1795266153¦1795266154¦1795266159¦vm¦None¦¦64M¦5¦/t/timeout-signal¦timeout-signal
        115.batch¦FAILED¦twinscie¦¦3:0¦1795266154¦1795266154¦1795266159¦vm¦¦4845568¦¦5¦¦batch
        == deadline.squeue
        == deadline.sacct
        193¦CANCELLED by 1001¦twinscie¦cpu¦0:0¦1795266746¦None¦1795266940¦None assigned¦None¦¦64M¦0¦/t/deadline¦deadline
        == deadline-set.squeue
        223¦DEADLINE¦twinscie¦low¦DeadLine¦1795266941¦1795266941¦1795266941¦¦1:00¦4294901631¦/t/deadline-b¦deadline-b
        == deadline-set.sacct
        223¦DEADLINE¦twinscie¦low¦1:0¦1795266941¦1795266941¦1795266941¦None assigned¦None¦¦64M¦0¦/t/deadline-b¦deadline-b
        == array-ended.squeue
        124_0¦COMPLETED¦twinscie¦cpu¦None¦1795266155¦1795266156¦1795266159¦vm¦1-00:00:00¦4294901720¦/t/array¦array
        124_2¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795266155¦1795266162¦1795266165¦vm¦1-00:00:00¦4294901720¦/t/array¦array
        124_3¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795266155¦1795266162¦1795266165¦vm¦1-00:00:00¦4294901720¦/t/array¦array
        124_1¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795266155¦1795266156¦1795266159¦vm¦1-00:00:00¦4294901720¦/t/array¦array
        == array-ended.sacct
        124_0¦COMPLETED¦twinscie¦cpu¦0:0¦1795266155¦1795266156¦1795266159¦vm¦None¦¦64M¦3¦/t/array¦array
        124_0.batch¦COMPLETED¦twinscie¦¦0:0¦1795266156¦1795266156¦1795266159¦vm¦¦4665344¦¦3¦¦batch
        124_1¦FAILED¦twinscie¦cpu¦1:0¦1795266155¦1795266156¦1795266159¦vm¦None¦¦64M¦3¦/t/array¦array
        124_1.batch¦FAILED¦twinscie¦¦1:0¦1795266156¦1795266156¦1795266159¦vm¦¦4825088¦¦3¦¦batch
        124_2¦FAILED¦twinscie¦cpu¦2:0¦1795266155¦1795266162¦1795266165¦vm¦JobArrayTaskLimit¦¦64M¦3¦/t/array¦array
        124_2.batch¦FAILED¦twinscie¦¦2:0¦1795266162¦1795266162¦1795266165¦vm¦¦4898816¦¦3¦¦batch
        124_3¦FAILED¦twinscie¦cpu¦3:0¦1795266155¦1795266162¦1795266165¦vm¦JobArrayTaskLimit¦¦64M¦3¦/t/array¦array
        124_3.batch¦FAILED¦twinscie¦¦3:0¦1795266162¦1795266162¦1795266165¦vm¦¦4734976¦¦3¦¦batch
        == het-ended.squeue
        125+0¦COMPLETED¦twinscie¦cpu¦None¦1795266155¦1795266156¦1795266162¦vm¦1-00:00:00¦4294901719¦/t/het¦het
        125+1¦COMPLETED¦twinscie¦high¦None¦1795266155¦1795266156¦1795266162¦spare¦1-00:00:00¦4294901718¦/t/het¦het
        == het-ended.sacct
        125+0¦COMPLETED¦twinscie¦cpu¦0:0¦1795266155¦1795266156¦1795266162¦vm¦None¦¦64M¦6¦/t/het¦het
        125+0.batch¦COMPLETED¦twinscie¦¦0:0¦1795266156¦1795266156¦1795266162¦vm¦¦4800512¦¦6¦¦batch
        125+1¦COMPLETED¦twinscie¦high¦0:0¦1795266155¦1795266156¦1795266162¦spare¦None¦¦64M¦6¦/t/het¦het
        == preempted-just-after.squeue
        135¦PREEMPTED¦twinscie¦low¦None¦1795266235¦1795266235¦1795266235¦spare¦1-00:00:00¦4294901712¦/t/preempt-cancel¦preempt-cancel
        == preempted-just-after.sacct
        135¦PREEMPTED¦twinscie¦¦0:0¦1795266235¦1795266235¦1795266235¦spare¦None¦¦18446744073709551616.00M¦0¦¦allocation
        135.batch¦CANCELLED¦twinscie¦¦0:15¦1795266235¦1795266235¦1795266235¦spare¦¦¦¦0¦¦batch
        == preempted-cancel.squeue
        135¦PREEMPTED¦twinscie¦low¦None¦1795266235¦1795266235¦1795266235¦spare¦1-00:00:00¦4294901712¦/t/preempt-cancel¦preempt-cancel
        == preempted-cancel.sacct
        135¦PREEMPTED¦twinscie¦low¦0:0¦1795266235¦1795266235¦1795266235¦spare¦None¦¦64M¦0¦/t/preempt-cancel¦preempt-cancel
        135.batch¦CANCELLED¦twinscie¦¦0:15¦1795266235¦1795266235¦1795266235¦spare¦¦¦¦0¦¦batch
        == preempted-requeue-just-after.squeue
        137¦PENDING¦twinscie¦requeued¦BeginTime¦1795266244¦1795266365¦1795352765¦¦1-00:00:00¦4294901710¦/t/preempt-requeue¦preempt-requeue
        == preempted-requeue-just-after.sacct
        137¦PREEMPTED¦twinscie¦requeued¦0:0¦1795266242¦1795266242¦1795266244¦spare¦None¦¦64M¦2¦/t/preempt-requeue¦preempt-requeue
        137.batch¦CANCELLED¦twinscie¦¦0:15¦1795266242¦1795266242¦1795266244¦spare¦¦4911104¦¦2¦¦batch
        == node-fail-2-just-after.squeue
        177¦NODE_FAIL¦twinscie¦fragile¦NodeDown¦1795266642¦1795266642¦1795266676¦spare¦1-00:00:00¦4294901675¦/t/node-fail-norequeue¦node-fail-norequeue
        178¦PENDING¦twinscie¦fragile¦None¦1795266676¦1795266797¦1795353197¦¦1-00:00:00¦4294901674¦/t/node-fail-requeue¦node-fail-requeue
        == node-fail-2-just-after.sacct
        177¦NODE_FAIL¦twinscie¦fragile¦0:0¦1795266642¦1795266642¦1795266676¦spare¦None¦¦64M¦34¦/t/node-fail-norequeue¦node-fail-norequeue
        177.batch¦CANCELLED¦twinscie¦¦¦1795266642¦1795266642¦1795266676¦spare¦¦¦¦34¦¦batch
        178¦NODE_FAIL¦twinscie¦fragile¦0:0¦1795266642¦1795266642¦1795266676¦spare¦None¦¦64M¦34¦/t/node-fail-requeue¦node-fail-requeue
        178.batch¦CANCELLED¦twinscie¦¦¦1795266642¦1795266642¦1795266676¦spare¦¦¦¦34¦¦batch
        == node-fail-requeued-pending.squeue
        178¦PENDING¦twinscie¦fragile¦BeginTime¦1795266676¦1795266797¦1795353197¦¦1-00:00:00¦4294901674¦/t/node-fail-requeue¦node-fail-requeue
        == node-fail-requeued-pending.sacct
        178¦PENDING¦twinscie¦fragile¦0:0¦1795266676¦Unknown¦Unknown¦None assigned¦BeginTime¦¦64M¦0¦/t/node-fail-requeue¦node-fail-requeue
        == node-fail-no-requeue.squeue
        177¦NODE_FAIL¦twinscie¦fragile¦NodeDown¦1795266642¦1795266642¦1795266676¦spare¦1-00:00:00¦4294901675¦/t/node-fail-norequeue¦node-fail-norequeue
        == node-fail-no-requeue.sacct
        177¦NODE_FAIL¦twinscie¦fragile¦0:0¦1795266642¦1795266642¦1795266676¦spare¦None¦¦64M¦34¦/t/node-fail-norequeue¦node-fail-norequeue
        177.batch¦CANCELLED¦twinscie¦¦¦1795266642¦1795266642¦1795266676¦spare¦¦¦¦34¦¦batch
        == node-fail-restarted.squeue
        180¦NODE_FAIL¦twinscie¦low¦None¦1795266689¦1795266689¦1795266716¦spare¦1-00:00:00¦4294901672¦/t/node-restart¦node-restart
        == node-fail-restarted.sacct
        180¦NODE_FAIL¦twinscie¦low¦1:0¦1795266689¦1795266689¦1795266716¦spare¦None¦¦64M¦27¦/t/node-restart¦node-restart
        180.batch¦CANCELLED¦twinscie¦¦¦1795266689¦1795266689¦1795266716¦spare¦¦¦¦27¦¦batch
        == requeue-1-before.squeue
        131¦RUNNING¦twinscie¦cpu¦None¦1795266173¦1795266173¦1795352573¦vm¦1-00:00:00¦4294901716¦/t/requeue¦requeue
        == requeue-1-before.sacct
        131¦RUNNING¦twinscie¦cpu¦0:0¦1795266173¦1795266173¦Unknown¦vm¦None¦¦64M¦3¦/t/requeue¦requeue
        131.batch¦RUNNING¦twinscie¦¦0:0¦1795266173¦1795266173¦Unknown¦vm¦¦¦¦3¦¦batch
        == requeue-2-just-after.squeue
        131¦PENDING¦twinscie¦cpu¦BeginTime¦1795266177¦1795266298¦1795352698¦¦1-00:00:00¦4294901716¦/t/requeue¦requeue
        == requeue-2-just-after.sacct
        131¦REQUEUED¦twinscie¦cpu¦0:0¦1795266173¦1795266173¦1795266177¦vm¦None¦¦64M¦4¦/t/requeue¦requeue
        131.batch¦CANCELLED¦twinscie¦¦0:15¦1795266173¦1795266173¦1795266177¦vm¦¦4694016¦¦4¦¦batch
        == requeue-4-running-again.squeue
        131¦RUNNING¦twinscie¦cpu¦None¦1795266177¦1795266298¦1795352698¦vm¦1-00:00:00¦4294901716¦/t/requeue¦requeue
        == requeue-4-running-again.sacct
        131¦RUNNING¦twinscie¦cpu¦0:0¦1795266177¦1795266298¦Unknown¦vm¦BeginTime¦¦64M¦3¦/t/requeue¦requeue
        131.batch¦RUNNING¦twinscie¦¦0:0¦1795266298¦1795266298¦Unknown¦vm¦¦¦¦3¦¦batch
        == requeue-5-completed.squeue
        131¦COMPLETED¦twinscie¦cpu¦None¦1795266177¦1795266298¦1795266323¦vm¦1-00:00:00¦4294901716¦/t/requeue¦requeue
        == requeue-5-completed.sacct
        131¦COMPLETED¦twinscie¦cpu¦0:0¦1795266177¦1795266298¦1795266323¦vm¦BeginTime¦¦64M¦25¦/t/requeue¦requeue
        131.batch¦COMPLETED¦twinscie¦¦0:0¦1795266298¦1795266298¦1795266323¦vm¦¦4890624¦¦25¦¦batch
        == requeue-hold.squeue
        132¦PENDING¦twinscie¦cpu¦job requeued in held state¦1795266181¦1795266302¦1795352702¦¦1-00:00:00¦0¦/t/requeuehold¦requeuehold
        == requeue-hold.sacct
        132¦PENDING¦twinscie¦cpu¦0:0¦1795266181¦Unknown¦Unknown¦None assigned¦JobHeldUser¦¦64M¦0¦/t/requeuehold¦requeuehold
        == requeue-hold-cancelled.squeue
        132¦CANCELLED¦twinscie¦cpu¦job requeued in held state¦1795266181¦1795266190¦1795266190¦¦1-00:00:00¦0¦/t/requeuehold¦requeuehold
        == requeue-hold-cancelled.sacct
        132¦CANCELLED by 1001¦twinscie¦cpu¦0:0¦1795266181¦None¦1795266190¦None assigned¦JobHeldUser¦¦64M¦0¦/t/requeuehold¦requeuehold
        == special-exit.squeue
        133¦SPECIAL_EXIT¦twinscie¦cpu¦job requeued in held state¦1795266187¦1795266308¦1795352708¦¦1-00:00:00¦0¦/t/specialexit¦specialexit
        == special-exit.sacct
        133¦PENDING¦twinscie¦cpu¦0:0¦1795266187¦Unknown¦Unknown¦None assigned¦JobHeldUser¦¦64M¦0¦/t/specialexit¦specialexit
        == requeue-5-completed.duplicates
        131¦REQUEUED¦twinscie¦cpu¦0:0¦1795266173¦1795266173¦1795266177¦vm¦None¦¦64M¦4¦/t/requeue¦requeue
        131.batch¦CANCELLED¦twinscie¦¦0:15¦1795266173¦1795266173¦1795266177¦vm¦¦4694016¦¦4¦¦batch
        131¦COMPLETED¦twinscie¦cpu¦0:0¦1795266177¦1795266298¦1795266323¦vm¦BeginTime¦¦64M¦25¦/t/requeue¦requeue
        131.batch¦COMPLETED¦twinscie¦¦0:0¦1795266298¦1795266298¦1795266323¦vm¦¦4890624¦¦25¦¦batch

        """
}
