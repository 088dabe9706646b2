import Postgres
import SlipwayCore

/// What the statement that stores a task has to say where the task becomes a process of a folder; nothing elsewhere.
///
/// The folder's row is the lock and the counter: a number is taken by the statement that stores its task, or by none,
/// so that numbers have no gap and none is given twice, whichever servers take them.
struct ProcessInsertion {
    /// A part of the WITH clause, before the task's.
    let takingNumber: SQL
    /// What the task's row needs beside its own conditions.
    let condition: SQL
    /// A part of the WITH clause, after the task's.
    let insertion: SQL

    /// - Parameter isInTime: Holds or not for all parts of the statement alike, for now() is one moment in it.
    init(_ process: NewProcess?, of owner: User.ID, where isInTime: SQL) {
        guard let process else {
            (takingNumber, condition, insertion) = ("", "", "")
            return
        }
        takingNumber = """
            folder AS (
                UPDATE folders SET process_count = process_count + 1
                WHERE name = \(process.name.folder) AND owner_id = \(owner.number) AND version = \(process.version)
                    AND process_count = \(process.name.number - 1) AND \(isInTime)
                RETURNING name, version, process_count),
            """
        condition = "AND EXISTS (SELECT FROM folder)"
        insertion = """
            process AS (
                INSERT INTO processes (folder, number, version, task_id)
                SELECT folder.name, folder.process_count, folder.version, task.id FROM folder, task),
            """
    }
}
