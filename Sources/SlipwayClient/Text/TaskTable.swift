package import SlipwayAPI

extension Table {
    /// Tasks, a line each.
    package init(tasks: [TaskAnswer]) {
        self.init([
            .init("TASK"), .init("STATE"), .init("EXPERIMENT"), .init("CLUSTER"), .init("PARTITION"),
            .init("JOB", isNumber: true), .init("MODEL"), .init("CREATED"),
        ])
        for task in tasks {
            append(
                [
                    task.id, task.state + (task.reason.map { " (\($0))" } ?? ""), task.experiment, task.cluster,
                    task.partition, task.jobID.map { "\($0)" } ?? "",
                    task.model.map { "\($0.name):\($0.version)" } ?? "",
                    Moment.dateAndTime(task.createdAt),
                ], style: Style(state: task.state))
        }
    }

    /// Models, a line each.
    package init(models: [ModelListAnswer.Summary]) {
        self.init([
            .init("MODEL"), .init("VERSIONS", isNumber: true), .init("DEFAULT", isNumber: true),
            .init("NEWEST", isNumber: true), .init("FORMAT"), .init("SIZE", isNumber: true), .init("CREATED"),
        ])
        for model in models {
            append([
                model.name, "\(model.versions)", model.defaultVersion.map { "\($0)" } ?? "",
                "\(model.newest.version)", model.newest.format, ByteCount.text(model.newest.bytes),
                Moment.dateAndTime(model.newest.createdAt),
            ])
        }
    }

    /// The versions of a model, a line each.
    package init(versions: [ModelVersionAnswer]) {
        self.init([
            .init("VERSION", isNumber: true), .init("ALIASES"), .init("FORMAT"), .init("SIZE", isNumber: true),
            .init("SHA-256"), .init("TASK"), .init("OWNER"), .init("CREATED"),
        ])
        for version in versions {
            append([
                "\(version.version)", version.aliases.sorted().joined(separator: ", "), version.format,
                ByteCount.text(version.bytes), String(version.sha256.prefix(12)), version.task ?? "", version.owner,
                Moment.dateAndTime(version.createdAt),
            ])
        }
    }
}
