package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessorModelTest {
    @Test
    void anX86ProcessorIsItsNameAndNumbers() {
        String first = "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 106\n"
                + "model name\t: Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz\nstepping\t: 6\ncpu MHz\t\t: 2899.9\n";
        assertEquals(Optional.of("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz, cpu family 6, model 106, stepping 6"),
                ProcessorModel.of(first + "\n" + first.replace("8375C", "another")));
    }

    @Test
    void anArmProcessorIsItsNumbers() {
        assertEquals(Optional.of("CPU implementer 0x41, CPU variant 0x1, CPU part 0xd42, CPU revision 1"),
                ProcessorModel.of("processor\t: 0\nBogoMIPS\t: 62.50\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n"
                        + "CPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: 0xd42\nCPU revision\t: 1\n"));
    }

    @Test
    void whatNamesNoProcessorIsNone() {
        assertEquals(Optional.empty(), ProcessorModel.of(""));
        assertEquals(Optional.empty(), ProcessorModel.of("machine\t: a box\n"));
    }

    @Test
    void thisMachineHasAModel() {
        assertFalse(ProcessorModel.read().isBlank());
    }
}
