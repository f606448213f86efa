package dev.hardnet.backend.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.HarDNetException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** One opened library. It stays loaded, because a driver that has started must not be unloaded. */
final class CudaLibrary {
    private static final int SUCCESS = 0;

    private final String name;
    private final String advice;
    private final SymbolLookup symbols;

    private CudaLibrary(String name, String advice, SymbolLookup symbols) {
        this.name = name;
        this.advice = advice;
        this.symbols = symbols;
    }

    /** Opens the library; what is its name in sentences, advice says how it is come by. */
    @SuppressWarnings("restricted")
    static CudaLibrary open(String name, String what, String advice) {
        try {
            return new CudaLibrary(name, advice, SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException absent) {
            throw new HarDNetException("There is no %s: %s was not found; %s.".formatted(what, name, advice), absent);
        }
    }

    /** Calls a function that returns a status; arguments are of type Integer or MemorySegment. */
    void call(String function, Object... arguments) {
        int status = status(function, arguments);
        if (status != SUCCESS) {
            throw failed(function, status);
        }
    }

    /** What to throw when a function has failed. */
    HarDNetException failed(String function, int status) {
        return new HarDNetException("%s of %s failed with code %d; %s.".formatted(function, name, status, advice));
    }

    /** The status that a function returns, for a caller to whom some failures are answers. */
    int status(String function, Object... arguments) {
        return (int) invoke(function, JAVA_INT, arguments);
    }

    /** The int that a function writes through its first argument. */
    int readInt(String function, Object... others) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment result = call.allocate(JAVA_INT);
            call(function, before(result, others));
            return result.get(JAVA_INT, 0);
        }
    }

    /** The size_t that a function writes through its first argument. */
    long readLong(String function, Object... others) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment result = call.allocate(JAVA_LONG);
            call(function, before(result, others));
            return result.get(JAVA_LONG, 0);
        }
    }

    /** The size_t that a function without arguments returns. */
    long returnedLong(String function) {
        return (long) invoke(function, JAVA_LONG);
    }

    @SuppressWarnings("restricted")
    private Object invoke(String function, ValueLayout result, Object... arguments) {
        MemorySegment symbol = symbols.find(function).orElseThrow(() -> new HarDNetException(
                "%s has no function %s; %s.".formatted(name, function, advice)));
        MemoryLayout[] parameters = Arrays.stream(arguments).map(CudaLibrary::layout).toArray(MemoryLayout[]::new);
        MethodHandle handle = Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(result, parameters));
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Error | RuntimeException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer _ -> JAVA_INT;
            case MemorySegment _ -> ADDRESS;
            default -> throw new IllegalArgumentException("No C type for " + argument.getClass());
        };
    }

    private static Object[] before(Object first, Object... others) {
        Object[] all = new Object[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }
}
