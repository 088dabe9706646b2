import SlipwayCore
import Testing

@testable import Inference

@Suite("The cache of answers")
struct AnswerCacheTests {
    private func key(_ value: Float, _ outputs: [String]? = nil) -> CacheKey {
        CacheKey(
            source: ModelSource(path: "/m"), inputs: [Tensor(name: "x", shape: [1], values: .float32([value]))],
            outputs: outputs)
    }

    private func answer(_ value: Float) -> [Tensor] {
        [Tensor(name: "y", shape: [1], values: .float32([value]))]
    }

    @Test("lets the least recently used go when the bytes are full")
    func leastRecentlyUsed() {
        let size = AnswerCache.bytes(of: answer(0))
        var cache = AnswerCache(capacity: size * 3)
        for value in 0..<3 as Range<Int> { cache.store(answer(Float(value)), for: key(Float(value))) }
        #expect(cache.outputs(for: key(0)) == answer(0))
        cache.store(answer(3), for: key(3))
        #expect(cache.outputs(for: key(1)) == nil)
        for value in [0, 2, 3] as [Float] { #expect(cache.outputs(for: key(value)) == answer(value)) }
        cache.resize(size)
        #expect(cache.outputs(for: key(3)) == answer(3))
        #expect(cache.count == 1 && cache.bytes == size)
        cache.resize(0)
        #expect(cache.count == 0 && cache.bytes == 0)
        cache.store(answer(1), for: key(1))
        #expect(cache.count == 0)
    }

    @Test("holds what a dictionary with a list of uses would hold, whatever comes")
    func random() {
        let size = AnswerCache.bytes(of: answer(0))
        var cache = AnswerCache(capacity: size * 5)
        var uses: [Int] = []
        var generator = SplitMix(state: 7)
        for _ in 0..<5000 {
            let value = Int(generator.next() % 9)
            let found = cache.outputs(for: key(Float(value)))
            #expect(found == (uses.contains(value) ? answer(Float(value)) : nil))
            uses.removeAll { $0 == value }
            uses.append(value)
            if found == nil { cache.store(answer(Float(value)), for: key(Float(value))) }
            if uses.count > 5 { uses.removeFirst() }
        }
        #expect(cache.bytes == size * 5)
    }

    @Test("tells requests apart that differ in anything")
    func keys() {
        func tensor(_ name: String, _ shape: [Int], _ values: TensorValues) -> Tensor {
            Tensor(name: name, shape: shape, values: values)
        }
        let requests: [(String?, [Tensor], [String]?)] = [
            (nil, [tensor("x", [2], .float32([1, 2]))], nil),
            ("a", [tensor("x", [2], .float32([1, 2]))], nil),
            (nil, [tensor("x", [2], .float32([1, 2]))], []),
            (nil, [tensor("x", [2], .float32([1, 2]))], ["y"]),
            (nil, [tensor("x", [2], .float32([1, 2]))], ["y", "z"]),
            (nil, [tensor("x", [2], .float32([1, 2]))], ["yz"]),
            (nil, [tensor("x", [1, 2], .float32([1, 2]))], nil),
            (nil, [tensor("x", [2], .float32([2, 1]))], nil),
            (nil, [tensor("x", [2], .int32([1, 2]))], nil),
            (nil, [tensor("x", [2], .uint32([1, 2]))], nil),
            (nil, [tensor("w", [2], .float32([1, 2]))], nil),
            (nil, [tensor("x", [1], .float32([1])), tensor("x", [1], .float32([2]))], nil),
            (nil, [tensor("x", [2], .string([[1], [2]]))], nil),
            (nil, [tensor("x", [2], .string([[1, 2], []]))], nil),
            (nil, [tensor("x", [2], .string([[], [1, 2]]))], nil),
            (nil, [tensor("x", [1], .float32([0]))], nil),
            (nil, [tensor("x", [1], .float32([-0.0]))], nil),
        ]
        func key(_ request: (String?, [Tensor], [String]?)) -> CacheKey {
            CacheKey(source: ModelSource(path: "/m", sha256: request.0), inputs: request.1, outputs: request.2)
        }
        #expect(Set(requests.map(key)).count == requests.count)
        #expect(requests.map(key) == requests.map(key))
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        let mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ (mixed >> 27)
    }
}
