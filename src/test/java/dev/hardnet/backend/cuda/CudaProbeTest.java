package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe against stand-in libraries, so that it needs no GPU. */
class CudaProbeTest {
    private static final String STAND_IN = """
            #include <stddef.h>
            #include <string.h>
            extern "C" {
            int cuInit(unsigned flags) { return flags == 0 ? INIT : 1; }
            int cuDriverGetVersion(int *version) { *version = DRIVER; return 0; }
            int cuDeviceGetCount(int *count) { *count = COUNT; return 0; }
            int cuDeviceGet(int *device, int index) { *device = index + 40; return 0; }
            int cuDeviceGetName(char *name, int size, int device) {
                if (device != 40 || size < 9) return 101;
                strcpy(name, "Stand-in"); return 0; }
            int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = 85899345920u; return MEMORY; }
            int cuDeviceGetAttribute(int *value, int attribute, int device) {
                *value = attribute == 75 ? 8 : attribute == 76 ? 6 : -1; return device == 40 ? 0 : 101; }
            int cudaRuntimeGetVersion(int *version) { *version = RUNTIME; return 0; }
            size_t cudnnGetVersion() { return CUDNN; }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void namesTheDeviceAndTheVersions() throws Exception {
        assertEquals(new CudaProbe.Usable(List.of(new CudaProbe.Device(0, "Stand-in", "8.6", 85899345920L)),
                "13.1", "13.0", "9.12.3"), probe(standIn()));
    }

    @Test
    void tellsThatThereIsNoDriver() {
        refuses("There is no NVIDIA driver: libnone.so.1 was not found; install the driver of the GPU.",
                new CudaLibraries("libnone.so.1", "libnone.so.2", "libnone.so.3"));
    }

    @Test
    void tellsTheCodeOfADriverThatDoesNotStart() throws Exception {
        String file = standIn("INIT=999");
        refuses("cuInit of %s failed with code 999; install the driver of the GPU.".formatted(file), all(file));
    }

    @Test
    void tellsThatADriverDoesNotStartForWantOfADevice() throws Exception {
        refuses("There is no NVIDIA GPU: cuInit failed with code 100; install a GPU or make one visible to this "
                + "process.", all(standIn("INIT=100")));
    }

    @Test
    void tellsTheCodeOfADeviceThatDoesNotAnswer() throws Exception {
        String file = standIn("MEMORY=201");
        refuses("cuDeviceTotalMem_v2 of %s failed with code 201; install the driver of the GPU.".formatted(file),
                all(file));
    }

    @Test
    void tellsThatThereIsNoDevice() throws Exception {
        refuses("There is no NVIDIA GPU: the driver is installed and finds none; install a GPU or make one visible to "
                + "this process.", all(standIn("COUNT=0")));
    }

    @Test
    void tellsThatTheDriverIsTooOld() throws Exception {
        refuses("The NVIDIA driver is too old: it supports CUDA 12.4, and CUDA 13.0 is needed; install a newer "
                + "one.", all(standIn("DRIVER=12040")));
    }

    @Test
    void tellsThatTheRuntimeIsMissing() throws Exception {
        String file = standIn();
        refuses("There is no CUDA runtime: libnone.so.2 was not found; install the runtime of CUDA 13.",
                new CudaLibraries(file, "libnone.so.2", file));
    }

    @Test
    void tellsThatTheRuntimeIsTooOld() throws Exception {
        String file = standIn("RUNTIME=12080");
        refuses(("The CUDA runtime is too old: %s is version 12.8, and 13.0 is needed; install the runtime of CUDA 13.")
                .formatted(file), all(file));
    }

    @Test
    void tellsThatCudnnIsMissing() throws Exception {
        String file = standIn();
        refuses("There is no cuDNN: libnone.so.3 was not found; install cuDNN 9 for CUDA 13.",
                new CudaLibraries(file, file, "libnone.so.3"));
    }

    @Test
    void tellsThatCudnnIsTooOld() throws Exception {
        String file = standIn("CUDNN=8907");
        refuses(("cuDNN is too old: cudnnGetVersion of %s says 8907, and 90000 is needed; install cuDNN 9 for CUDA 13.")
                .formatted(file), all(file));
    }

    private static void refuses(String sentence, CudaLibraries libraries) {
        assertEquals(new CudaProbe.Unusable(sentence), CudaProbe.run(libraries));
    }

    private static CudaProbe.Result probe(String file) {
        return CudaProbe.run(all(file));
    }

    private static CudaLibraries all(String file) {
        return new CudaLibraries(file, file, file);
    }

    /** Compiles one library in all three roles; differences are macros that replace the defaults. */
    private String standIn(String... differences) throws Exception {
        List<String> command = new ArrayList<>(List.of("g++", "-shared", "-fPIC", "-o", "standin.so",
                "-DINIT=0", "-DDRIVER=13010", "-DCOUNT=1", "-DMEMORY=0", "-DRUNTIME=13000", "-DCUDNN=91203"));
        for (String difference : differences) {
            command.add("-U" + difference.substring(0, difference.indexOf('=')));
            command.add("-D" + difference);
        }
        command.add("standin.cpp");
        Files.writeString(folder.resolve("standin.cpp"), STAND_IN);
        Process compiler = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, compiler.waitFor(), output);
        return folder.resolve("standin.so").toString();
    }
}
