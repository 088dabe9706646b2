-- What wrk sends and what it says at the end.
-- Usage: wrk … -s load.lua URL -- BODY_FILE HEADER_FILE; a body “-” makes it a GET, and the header file has a line
-- NAME: VALUE for each field.

local function read(path, mode)
   local file = assert(io.open(path, "rb"))
   local text = file:read(mode)
   file:close()
   return text
end

function init(arguments)
   if arguments[1] ~= "-" then
      wrk.method = "POST"
      wrk.body = read(arguments[1], "*a")
   end
   for name, value in read(arguments[2], "*a"):gmatch("([^:\n]+):%s*([^\n]*)") do
      wrk.headers[name] = value
   end
end

-- Times in microseconds.
function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      '{"requests": %d, "duration": %d, "p50": %d, "p99": %d, "max": %d, '
         .. '"badStatus": %d, "connectErrors": %d, "readErrors": %d, "writeErrors": %d, "timeouts": %d}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
      errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
