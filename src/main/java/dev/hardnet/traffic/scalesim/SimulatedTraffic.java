package dev.hardnet.traffic.scalesim;

/**
 * What the simulator reports of a layer beside what we count.
 *
 * @param layer       the layer's name
 * @param ifmapReads  words of its input read from DRAM
 * @param filterReads words of its weights read from DRAM
 * @param ofmapWrites words of its output written to DRAM
 * @param cycles      cycles with those of waiting
 * @param elements    elements of its input and output, each once: its CIO when it is a convolution
 * @param ratio       input reads and output writes over elements
 */
public record SimulatedTraffic(String layer, long ifmapReads, long filterReads, long ofmapWrites, long cycles,
                               long elements, double ratio) {
    static SimulatedTraffic of(String layer, long ifmapReads, long filterReads, long ofmapWrites, long cycles,
                               long elements) {
        return new SimulatedTraffic(layer, ifmapReads, filterReads, ofmapWrites, cycles, elements,
                elements == 0 ? 0 : (double) (ifmapReads + ofmapWrites) / elements);
    }

    static SimulatedTraffic sum(SimulatedTraffic a, SimulatedTraffic b) {
        return of("", a.ifmapReads + b.ifmapReads, a.filterReads + b.filterReads, a.ofmapWrites + b.ofmapWrites,
                a.cycles + b.cycles, a.elements + b.elements);
    }

    SimulatedTraffic named(String name) {
        return of(name, ifmapReads, filterReads, ofmapWrites, cycles, elements);
    }
}
