import HTTPTypes
import SlipwayAPI
import SlipwayCore
import Testing

@testable import SlipwayServer

@Suite("Query strings")
struct QueryTests {
    @Test("Names and values are decoded, plus signs are spaces")
    func decoding() {
        let query = QueryItems("a=1+2&b=%C3%A9&c&d=x=y&a=3")
        #expect(query["a"] == "1 2")
        #expect(query["b"] == "é")
        #expect(query["c"] == "")
        #expect(query["d"] == "x=y")
        #expect(query["e"] == nil)
        #expect(QueryItems("s=a,b&s=c").list("s") == ["a", "b", "c"])
    }

    @Test("A list's filters are read whole")
    func filters() throws {
        let filter = try TaskListQuery.filter(
            QueryItems(
                "state=queued,running&state=FAILED&cluster=atena02&experiment=wine&owner=ada&limit=500&cursor=0F3K9TQ2XB"
            ))
        #expect(filter.states == [.queued, .running, .failed])
        #expect(filter.cluster == "atena02")
        #expect(filter.experiment == "wine")
        #expect(filter.owner == "ada")
        #expect(filter.limit == 500)
        #expect(filter.before?.text == "0f3k9tq2xb")
    }

    @Test("Without parameters the first fifty of all tasks are meant")
    func defaults() throws {
        let filter = try TaskListQuery.filter(QueryItems(""))
        #expect(filter.states.isEmpty)
        #expect(filter.limit == 50)
        #expect(filter.before == nil)
    }

    @Test(
        "A value that cannot be is refused under its parameter's name",
        arguments: [
            ("state=done", "state"), ("limit=0", "limit"), ("limit=501", "limit"), ("limit=ten", "limit"),
            ("limit=-1", "limit"), ("cursor=abc", "cursor"), ("cursor=0f3k9tq2xU", "cursor"), ("cursor=", "cursor"),
        ])
    func refusals(query: String, parameter: String) throws {
        let problem = try #require(throws: Problem.self) { try TaskListQuery.filter(QueryItems(query)) }
        #expect(problem.status.code == 400)
        #expect(problem.fields.map(\.path) == [parameter])
    }

    @Test("A switch is on, off or refused")
    func flags() throws {
        #expect(try QueryItems("f").flag("f"))
        #expect(try QueryItems("f=TRUE").flag("f"))
        #expect(try !QueryItems("f=0").flag("f"))
        #expect(try !QueryItems("").flag("f"))
        #expect(throws: Problem.self) { try QueryItems("f=maybe").flag("f") }
    }
}
