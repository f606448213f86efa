package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerCsvTest {
    private static List<UsageRecord> read(String text) throws IOException {
        return PlannerCsv.read(new StringReader(text), "problem.csv");
    }

    private static String refusal(String text) {
        return assertThrows(HarDNetException.class, () -> read(text)).getMessage();
    }

    @Test
    void readsHalfOpenLives() throws IOException {
        assertEquals(List.of(new UsageRecord("a", 30, 2, 4, 1)), read("id,lower,upper,size\na,2,5,30\n"));
    }

    @Test
    void writesWhatItReads() throws IOException {
        String text = Files.readString(SharedFiles.path("reference", "planner", "A.1048576.csv"));
        assertEquals(text.strip(), PlannerCsv.write(read(text)).strip());
    }

    @Test
    void writesOffsetsOfALayout() throws IOException {
        ArenaLayout layout = ArenaPlanner.plan(read("id,lower,upper,size\na,0,2,30\nb,1,3,40\n"));
        String text = PlannerCsv.write(layout);
        assertEquals("id,lower,upper,size,offset\na,0,2,30,40\nb,1,3,40,0\n", text);
        assertEquals(layout.records(), read(text));
    }

    @Test
    void quotesNamesThatHoldCommasAndQuotes() throws IOException {
        List<UsageRecord> records = List.of(new UsageRecord("a,\"b\"", 1, 0, 0, 1));
        assertEquals("id,lower,upper,size\n\"a,\"\"b\"\"\",0,1,1\n", PlannerCsv.write(records));
        assertEquals(records, read(PlannerCsv.write(records)));
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertEquals("problem.csv begins with \"a,b\"; a planner problem begins with \"id,lower,upper,size\".",
                refusal("a,b\n"));
        assertEquals("problem.csv, line 2 has 2 fields; it needs id,lower,upper,size.",
                refusal("id,lower,upper,size\na,1\n"));
        assertTrue(refusal("id,lower,upper,size\na,0,1,1\nb,x,1,1\n").startsWith("problem.csv, line 3 is no usage record"));
        assertTrue(refusal("id,lower,upper,size\na,3,3,1\n").startsWith("problem.csv, line 2 is no usage record"));
        assertEquals("problem.csv, line 3: id a occurs twice.", refusal("id,lower,upper,size\na,0,1,1\na,0,1,1\n"));
    }
}
