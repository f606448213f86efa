package dev.hardnet.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.traffic.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChromeTraceTest {
    private static final ProfiledStep CONV = new ProfiledStep(0, "conv 3x3 relu", "base.0", List.of("1x3x8x8"),
            "1x4x8x8", "winograd-2x2", 6912, new Traffic(768, 1024, 448));
    private static final ProfiledStep ADD = new ProfiledStep(1, "add", "sum", List.of("1x4x8x8", "1x4x8x8"), "1x4x8x8",
            null, 0, new Traffic(2048, 1024, 0));
    private static final Profile PROFILE = new Profile("a net, cpu", List.of(CONV, ADD),
            List.of(new ProfiledRun(0, List.of(2000L, 500L)), new ProfiledRun(3001, List.of(1000L, 0L))));

    private static JsonArray events() {
        return JsonParser.parseString(ChromeTrace.write(PROFILE)).getAsJsonObject().getAsJsonArray("traceEvents");
    }

    @Test
    void processAndThreadAreNamed() {
        assertEquals(JsonParser.parseString("{'name':'process_name','ph':'M','pid':1,'tid':1,"
                + "'args':{'name':'a net, cpu'}}"), events().get(0));
        assertEquals(JsonParser.parseString("{'name':'thread_name','ph':'M','pid':1,'tid':1,'args':{'name':'steps'}}"),
                events().get(1));
    }

    @Test
    void aStepIsACompleteEventWithItsFigures() {
        assertEquals(JsonParser.parseString("{'name':'base.0','cat':'step','ph':'X','ts':0,'dur':2.000,'pid':1,'tid':1,"
                + "'args':{'run':0,'step':0,'operator':'conv 3x3 relu','inputs':['1x3x8x8'],'output':'1x4x8x8',"
                + "'way':'winograd-2x2','gigaMacs':6.912E-6,'gigaMacsPerSecond':3.456,'readBytes':768,"
                + "'writtenBytes':1024,'weightBytes':448,'gigabytesPerSecond':1.12}}"), events().get(2));
    }

    @Test
    void stepsFollowWithoutGapsAndRunsBeginWhereTheyBegan() {
        JsonArray events = events();
        assertEquals(2 + 4, events.size());
        assertEvent(events, 3, "sum", "2.000", "0.500");
        assertEvent(events, 4, "base.0", "3.001", "1.000");
        assertEvent(events, 5, "sum", "4.001", "0.000");
    }

    private static void assertEvent(JsonArray events, int index, String name, String start, String duration) {
        JsonObject event = events.get(index).getAsJsonObject();
        assertEquals(name, event.get("name").getAsString());
        assertEquals(start, event.get("ts").getAsString());
        assertEquals(duration, event.get("dur").getAsString());
    }

    @Test
    void whatDoesNotApplyIsLeftOut() {
        JsonObject untimed = events().get(5).getAsJsonObject().getAsJsonObject("args");
        for (String absent : List.of("way", "gigaMacsPerSecond", "gigabytesPerSecond")) {
            assertFalse(untimed.has(absent), absent);
        }
        assertEquals(1, untimed.get("run").getAsInt());
    }
}
