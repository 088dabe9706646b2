extension ServiceMetrics {
    /// Figures of the Monitors: who follows, and how long a cycle takes.
    func monitorFigures() -> String {
        let meters = monitors.sorted { $0.key < $1.key }.map {
            (label: "cluster=\"\(Self.escaped($0.key))\"", $0.value)
        }
        var text = "# HELP slipway_monitor_follows Whether this server, of several, follows the cluster's jobs.\n"
        text += "# TYPE slipway_monitor_follows gauge\n"
        for (label, meter) in meters {
            text += "slipway_monitor_follows{\(label)} \(meter.isFollowing ? 1 : 0)\n"
        }
        text += "# HELP slipway_monitor_cycle_seconds Duration of a look at the cluster, its commands included.\n"
        text += "# TYPE slipway_monitor_cycle_seconds summary\n"
        for (label, meter) in meters {
            let cycles = meter.cycles
            text += "slipway_monitor_cycle_seconds_sum{\(label)} \(cycles.seconds)\n"
            text += "slipway_monitor_cycle_seconds_count{\(label)} \(cycles.count)\n"
        }
        text += "# HELP slipway_monitor_last_cycle_seconds Duration of the last look at the cluster.\n"
        text += "# TYPE slipway_monitor_last_cycle_seconds gauge\n"
        for (label, meter) in meters {
            text += "slipway_monitor_last_cycle_seconds{\(label)} \(meter.cycles.lastSeconds)\n"
        }
        text += "# HELP slipway_monitor_attempts Attempts that the last look followed.\n"
        text += "# TYPE slipway_monitor_attempts gauge\n"
        for (label, meter) in meters { text += "slipway_monitor_attempts{\(label)} \(meter.cycles.lastAttempts)\n" }
        return text
    }
}
