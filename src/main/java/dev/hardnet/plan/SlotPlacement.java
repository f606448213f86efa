package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Places the maps of a graph in strips: first those of views that must be ranges, group by group, each group in sight
 * of what the others take at each step; then every other map by itself.
 */
final class SlotPlacement {
    /** Above this many times the arena of maps one by one, memory is worth writing channels twice. */
    private static final double WANTED_ARENA = 1.1;

    private final Lifetimes lifetimes;
    private final SlotRules rules;
    private final StepLoad load;
    private final long wantedBytes;
    private final List<Strip> strips = new ArrayList<>();
    private final Set<FeatureMap> inStrips = new HashSet<>();

    private SlotPlacement(Lifetimes lifetimes, SlotRules rules) {
        this.lifetimes = lifetimes;
        this.rules = rules;
        load = new StepLoad(lifetimes.graph().operators().size());
        lifetimes.graph().maps().forEach(map -> addMap(map, 1));
        wantedBytes = (long) (WANTED_ARENA * load.peak());
    }

    static List<Strip> strips(Lifetimes lifetimes, SlotRules rules) {
        SlotPlacement placement = new SlotPlacement(lifetimes, rules);
        SlotNeed.groups(lifetimes.graph()).forEach(placement::placeGroup);
        lifetimes.graph().maps().forEach(placement::completeMap);
        return placement.strips;
    }

    private void addMap(FeatureMap map, int sign) {
        long bytes = rules.paddedChannels(Segment.of(map)) * rules.channelBytes(map);
        load.add(lifetimes.first(map), lifetimes.last(map), sign * bytes);
    }

    private void placeGroup(List<SlotNeed> needs) {
        Set<FeatureMap> maps = SlotNeed.maps(needs);
        maps.stream().filter(inStrips::add).forEach(map -> addMap(map, -1));
        long channelBytes = rules.channelBytes(maps.iterator().next());
        SlotPressure pressure = new SlotPressure(load.toArray(), wantedBytes, channelBytes);
        SlotSearch search = new SlotSearch(segment -> lifetimes.first(segment.map()), rules, pressure);
        for (Strip strip : search.place(needs)) {
            load.add(strip.firstStep(), strip.lastStep(), strip.bytes());
            strips.add(strip);
        }
    }

    /** Gives a map a place that holds all of it until its last reader has run. */
    private void completeMap(FeatureMap map) {
        Segment whole = Segment.of(map);
        int last = lifetimes.last(map);
        boolean lives = strips.stream().flatMap(strip -> strip.slots().stream())
                .anyMatch(slot -> slot.segment().equals(whole) && slot.lastStep() >= last);
        if (!lives && !lengthen(whole, last)) {
            strips.add(new Strip(List.of(rules.slot(whole, 0, lifetimes.first(map), last)), rules.elementBytes(map)));
        }
    }

    /** Lets a slot of the segment stay longer, where nothing is in the way. */
    private boolean lengthen(Segment whole, int lastStep) {
        for (int i = 0; i < strips.size(); i++) {
            List<Slot> slots = new ArrayList<>(strips.get(i).slots());
            for (int at = 0; at < slots.size(); at++) {
                Slot old = slots.get(at);
                Slot longer = old.until(lastStep);
                if (old.segment().equals(whole)
                        && slots.stream().noneMatch(slot -> slot != old && slot.collidesWith(longer))) {
                    slots.set(at, longer);
                    strips.set(i, new Strip(slots, strips.get(i).elementBytes()));
                    return true;
                }
            }
        }
        return false;
    }
}
