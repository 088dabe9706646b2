#!/usr/bin/env bash
# Writes the configuration of the cluster: this machine as a node, and a spare node on it that the tests break. What is
# unchanged is left alone.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

etc=$STATE/slurm/etc
host=$(hostname -s)
controller_port=$(chosen_port slurmctld)
node_port=$(chosen_port slurmd)
spare_port=$(chosen_port "slurmd-$SPARE_NODE")
accounting_port=$(chosen_port slurmdbd)
munge_socket=$STATE/run/munge.sock

as_user mkdir -p "$STATE/slurm/controller" "$STATE/slurm/node-$NODE" "$STATE/slurm/node-$SPARE_NODE" "$STATE/mariadb"

if [[ ! -s $STATE/slurm/munge.key ]]; then
    head -c 1024 /dev/urandom | as_user tee "$STATE/slurm/munge.key" >/dev/null
    as_user chmod 600 "$STATE/slurm/munge.key"
fi

# More processors and memory than the machine has, so that several small jobs of the tests run side by side.
# `fragile` fills the spare node first and falls back on the other; on the spare node `high` takes the place of what
# `low` and `requeued` run, and `tight` has the limits of the QOS of that name. A job that is put back into the queue
# starts again after `cred_expire` seconds.
write_state "$etc/slurm.conf" <<END
ClusterName=$CLUSTER
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller_port
SlurmUser=$RUN_USER
SlurmdUser=$RUN_USER
AuthType=auth/munge
AuthInfo=socket=$munge_socket,cred_expire=30
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=$STATE/slurm/controller
SlurmdSpoolDir=$STATE/slurm/node-%n
SlurmctldPidFile=$STATE/run/slurmctld.pidfile
SlurmdPidFile=$STATE/run/slurmd-%n.pidfile
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
MaxJobCount=20000
MinJobAge=60
InactiveLimit=30
KillWait=5
SlurmdTimeout=15
SlurmctldTimeout=30
UnkillableStepTimeout=30
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=2,sched_min_interval=50000,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
PriorityType=priority/basic
PreemptType=preempt/partition_prio
PreemptMode=CANCEL
DefMemPerCPU=1024
GresTypes=gpu
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$accounting_port
AccountingStoragePass=$munge_socket
AccountingStorageEnforce=associations,limits
AccountingStorageTRES=gres/gpu
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
SlurmctldDebug=info
SlurmdDebug=info
SlurmdParameters=config_overrides
NodeName=$NODE NodeHostname=$host NodeAddr=127.0.0.1 \
    Port=$node_port CPUs=8 RealMemory=32768 Gres=gpu:2 Weight=2 State=UNKNOWN
NodeName=$SPARE_NODE NodeHostname=$host NodeAddr=127.0.0.1 \
    Port=$spare_port CPUs=4 RealMemory=16384 Weight=1 State=UNKNOWN
PartitionName=DEFAULT MaxTime=1-00:00:00 PreemptMode=OFF State=UP
PartitionName=cpu Nodes=$NODE Default=YES
PartitionName=gpu Nodes=$NODE
PartitionName=fragile Nodes=$NODE,$SPARE_NODE
PartitionName=low Nodes=$SPARE_NODE PreemptMode=CANCEL
PartitionName=requeued Nodes=$SPARE_NODE PreemptMode=REQUEUE
PartitionName=high Nodes=$SPARE_NODE PriorityTier=2
PartitionName=tight Nodes=$SPARE_NODE MaxTime=60 QOS=tight
END

# A resource that is called GPU and is none.
write_state "$etc/gres.conf" <<END
AutoDetect=off
NodeName=$NODE Name=gpu Count=2 File=/dev/null,/dev/zero
END

write_state "$etc/cgroup.conf" < <(
    version=$(slurmctld -V | awk '{ print $2 }')
    if [[ $(printf '%s\n' 23.11 "$version" | sort -V | head -n 1) == 23.11 ]]; then
        echo 'CgroupPlugin=disabled'
    fi
)

write_state "$etc/slurmdbd.conf" <<END
AuthType=auth/munge
AuthInfo=socket=$munge_socket
DbdHost=$host
DbdAddr=127.0.0.1
DbdPort=$accounting_port
SlurmUser=$RUN_USER
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=$RUN_USER
StorageLoc=slurm
PidFile=$STATE/run/slurmdbd.pidfile
DebugLevel=info
END
as_user chmod 600 "$etc/slurmdbd.conf"

write_state "$etc/mariadb.conf" <<END
[mariadbd]
datadir=$STATE/mariadb
socket=$MARIADB_SOCKET
pid_file=$STATE/run/mariadb.pidfile
skip_networking
skip_name_resolve
innodb_buffer_pool_size=64M
innodb_log_file_size=64M
innodb_lock_wait_timeout=900
innodb_flush_log_at_trx_commit=2
max_allowed_packet=16M
END

# This machine's settings for pip, for jobs that install requirements: pip.conf, and in `binds` what it points to.
as_user mkdir -p "$STATE/pip"
as_user tee "$STATE/pip/pip-for-image.py" <"$REPO/slurm/dev/pip-for-image.py" >/dev/null
caller_pip_settings | as_user /usr/bin/python3 "$STATE/pip/pip-for-image.py" "$STATE/pip" "$STATE/pip" \
    | write_state "$STATE/pip/binds"
