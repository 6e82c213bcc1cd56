/// From where on what went on beside a run makes its figures doubtful.
///
/// A model server on the same machine is meant to use all of it, so that its own use must not count. What others take
/// shows in time that somebody waited for (stalls, steal), and in the load before our first call.
enum InterferenceLimit {
    /// Runs that are shorter are judged together, as if they were one, and not at all where that is shorter still: the kernel
    /// counts CPU time in ticks of 10 ms.
    static let shortestRunSeconds = 1.0

    /// Stolen share of CPU time. Throughput of a warm model varies by 0.7 to 1 % from run to run on a quiet machine, so
    /// that twice as much is no noise any more.
    static let stolenShare = 0.02

    /// Share of the time in which something that could run had no CPU. A server with a thread on every CPU makes some
    /// of it itself whenever our client wakes for a token (50 tokens/s of 1 ms are 5 %). More can cost as much of the
    /// throughput, whose tolerance is 15 % by default.
    static let cpuStallShare = 0.1

    /// Share of the time in which something waited for a disk. A model in memory needs none while it generates; a
    /// build or a backup beside it waits all the time.
    static let ioStallShare = 0.2

    /// Share of the time in which something waited for memory to be freed or read back. Without a shortage it is 0;
    /// the pages that are read back are most likely the model's.
    static let memoryStallShare = 0.02

    /// Load average for each CPU before our first call, or beside a server on another machine: more means that others
    /// wanted more CPUs than there are.
    static let loadPerCPU = 1.0

    /// Our own share of one CPU while calls are made. A token costs the client some 40 µs: a tenth of a CPU is 2,500
    /// tokens/s, many times what one stream has.
    static let ownShare = 0.1

    /// The same while many requests are in flight, whose tokens add up: one thread reads them all, and near a whole CPU
    /// it no longer keeps up.
    static let ownShareOfLoad = 0.8

    /// Times that we were taken off the CPU, for each piece of content that arrived. Each may make one stamp late; the
    /// 99th percentile of the gaps stands on 1 % of them.
    static let switchesPerArrival = 0.05
    /// Fewer are not judged, however short the answer.
    static let fewestSwitches = 20

    /// How much the fastest CPU's clock fell between the ends of runs. Neighbouring steps of a boost are below 10 %,
    /// throttling costs more.
    static let frequencyDrop = 0.2
}
