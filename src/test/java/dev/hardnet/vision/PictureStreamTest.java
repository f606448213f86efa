package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No stream may hang: each test has a few seconds. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PictureStreamTest {
    private static final StreamOptions ONE_EACH = new StreamOptions(1, 1, 1);

    /** Where something goes wrong. */
    private enum Stage { READ, RUN, WRITE, CONSUME }

    /** Files are numbers, a picture is the number, its result the square; files named in {@code damaged} are refused. */
    private static class Squares implements PictureStages<Integer, Integer> {
        final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        final List<Integer> written = Collections.synchronizedList(new ArrayList<>());
        private final List<Integer> damaged;

        Squares(Integer... damaged) {
            this.damaged = List.of(damaged);
        }

        @Override
        public Integer read(Path file) {
            int number = Integer.parseInt(file.toString());
            if (damaged.contains(number)) {
                throw new HarDNetException(number + " is damaged.");
            }
            return number;
        }

        @Override
        public List<Integer> run(List<Integer> pictures) {
            batches.add(pictures.size());
            return pictures.stream().map(each -> each * each).toList();
        }

        @Override
        public void write(Path file, Integer picture, Integer result) {
            written.add(result);
        }
    }

    private static List<Path> files(int count) {
        return IntStream.range(0, count).mapToObj(i -> Path.of(Integer.toString(i))).toList();
    }

    private static List<String> texts(int count, PictureStages<Integer, Integer> stages, StreamOptions options) {
        List<String> texts = new ArrayList<>();
        PictureStream.of(files(count), stages, options).forEach(outcome -> texts.add(outcome.file() + " "
                + (outcome.isRefused() ? outcome.refusal().getMessage() : outcome.result())));
        return texts;
    }

    @AfterEach
    void noThreadIsLeft() {
        assertEquals(List.of(), Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive)
                .map(Thread::getName).filter(name -> name.startsWith("pictures-")).toList());
    }

    @Test
    void outcomesComeInTheOrderOfTheFilesWhoeverIsDoneFirst() {
        Squares stages = new Squares() {
            @Override
            public Integer read(Path file) {
                pause(Integer.parseInt(file.toString()) % 3);
                return super.read(file);
            }

            @Override
            public void write(Path file, Integer picture, Integer result) {
                pause((picture + 1) % 3);
                super.write(file, picture, result);
            }
        };
        List<String> expected = IntStream.range(0, 40).mapToObj(i -> i + " " + i * i).toList();
        assertEquals(expected, texts(40, stages, new StreamOptions(1, 4, 3)));
        assertEquals(40, stages.written.size());
    }

    @Test
    void damagedFilesAreRefusedInTheirPlaceAndBatchesAreFilledWithTheOthers() {
        Squares stages = new Squares(0, 4);
        assertEquals(List.of("0 0 is damaged.", "1 1", "2 4", "3 9", "4 4 is damaged.", "5 25", "6 36", "7 49", "8 64"),
                texts(9, stages, new StreamOptions(3, 2, 1)));
        assertEquals(List.of(3, 3, 1), stages.batches);
    }

    @Test
    void anyNumberOfRefusedFilesBehindAHalfFullBatchDoesNotStopTheStream() {
        Squares stages = new Squares(IntStream.range(1, 200).boxed().toArray(Integer[]::new));
        assertEquals(201, texts(201, stages, new StreamOptions(2, 2, 1)).size());
        assertEquals(List.of(2), stages.batches);
    }

    @Test
    void nothingIsDoneForNoFiles() {
        StreamSummary summary = PictureStream.of(files(0), new Squares(), ONE_EACH).forEach(outcome -> { });
        assertEquals(0, summary.done());
        assertEquals(0, summary.running().busy().toNanos());
    }

    @Test
    void holdsNoMorePicturesThanItsOptionsSay() {
        AtomicInteger alive = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Squares stages = new Squares() {
            @Override
            public Integer read(Path file) {
                most.accumulateAndGet(alive.incrementAndGet(), Math::max);
                return super.read(file);
            }
        };
        StreamOptions options = new StreamOptions(2, 3, 2);
        PictureStream.of(files(60), stages, options).forEach(outcome -> {
            pause(2);
            alive.decrementAndGet();
        });
        assertEquals(9, options.pictures());
        assertEquals(options.pictures(), most.get());
        assertEquals(0, alive.get());
    }

    @Test
    void readsTheNextRunsAndWritesAtTheSameTime() {
        CountDownLatch allThree = new CountDownLatch(3);
        Squares stages = new Squares() {
            @Override
            public Integer read(Path file) {
                meet(file.toString().equals("2"));
                return super.read(file);
            }

            @Override
            public List<Integer> run(List<Integer> pictures) {
                meet(pictures.contains(1));
                return super.run(pictures);
            }

            @Override
            public void write(Path file, Integer picture, Integer result) {
                meet(picture == 0);
            }

            private void meet(boolean here) {
                if (here) {
                    allThree.countDown();
                    await(allThree);
                }
            }
        };
        assertEquals(3, texts(3, stages, ONE_EACH).size());
    }

    @Test
    void readsAndWritesOnSeveralThreads() {
        CountDownLatch readers = new CountDownLatch(3);
        CountDownLatch writers = new CountDownLatch(2);
        Squares stages = new Squares() {
            @Override
            public Integer read(Path file) {
                readers.countDown();
                await(readers);
                return super.read(file);
            }

            @Override
            public void write(Path file, Integer picture, Integer result) {
                writers.countDown();
                await(writers);
            }
        };
        assertEquals(3, texts(3, stages, new StreamOptions(1, 3, 2)).size());
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aFailureEndsTheStreamAfterWhatWasDoneBefore(Stage broken) {
        IllegalArgumentException failure = new IllegalArgumentException("out of order");
        Squares stages = new Squares() {
            @Override
            public Integer read(Path file) {
                failIf(broken == Stage.READ && file.toString().equals("9"));
                return super.read(file);
            }

            @Override
            public List<Integer> run(List<Integer> pictures) {
                failIf(broken == Stage.RUN && pictures.contains(9));
                return super.run(pictures);
            }

            @Override
            public void write(Path file, Integer picture, Integer result) {
                failIf(broken == Stage.WRITE && picture == 9);
                super.write(file, picture, result);
            }

            private void failIf(boolean here) {
                if (here) {
                    throw failure;
                }
            }
        };
        List<Integer> delivered = new ArrayList<>();
        PictureStream<Integer, Integer> stream = PictureStream.of(files(1000), stages, new StreamOptions(1, 2, 2));
        assertSame(failure, assertThrows(IllegalArgumentException.class, () -> stream.forEach(outcome -> {
            if (broken == Stage.CONSUME && outcome.result() == 81) {
                throw failure;
            }
            delivered.add(outcome.result());
        })));
        assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64).subList(0, delivered.size()), delivered);
        assertTrue(delivered.size() == 9 || broken == Stage.READ, delivered.toString());
        assertTrue(stages.written.size() < 40, stages.written.size() + " written");
    }

    @Test
    void anErrorAndAWrongNumberOfResultsEndTheStreamToo() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> texts(9, new Squares() {
            @Override
            public Integer read(Path file) {
                throw error;
            }
        }, ONE_EACH)));
        assertEquals("A run of 2 pictures gave 1 results; expected one for each.",
                assertThrows(HarDNetException.class, () -> texts(9, new Squares() {
                    @Override
                    public List<Integer> run(List<Integer> pictures) {
                        return pictures.subList(0, 1);
                    }
                }, new StreamOptions(2, 1, 1))).getMessage());
        assertThrows(NullPointerException.class, () -> texts(9, new Squares() {
            @Override
            public Integer read(Path file) {
                return null;
            }
        }, ONE_EACH));
    }

    /** A stream that is stopped, by whatever means, in the run of file 3. */
    private static Squares stoppingInRunThree(Runnable stop) {
        return new Squares() {
            @Override
            public List<Integer> run(List<Integer> pictures) {
                if (pictures.contains(3)) {
                    stop.run();
                }
                return super.run(pictures);
            }
        };
    }

    @Test
    void stoppedItCompletesTheRunInFlightAndBeginsNoOther() {
        List<PictureStream<Integer, Integer>> stream = new ArrayList<>();
        Squares stages = stoppingInRunThree(() -> stream.getFirst().stop());
        stream.add(PictureStream.of(files(1000), stages, new StreamOptions(1, 2, 1)));
        List<Integer> delivered = new ArrayList<>();
        StreamSummary summary = stream.getFirst().forEach(outcome -> delivered.add(outcome.result()));
        assertEquals(List.of(0, 1, 4, 9), delivered);
        assertEquals(delivered, stages.written);
        assertEquals(4, summary.done());
        assertEquals(1000, summary.files());
    }

    @Test
    void anInterruptedCallerStopsItAndIsInterruptedAgain() {
        Thread caller = Thread.currentThread();
        Squares stages = stoppingInRunThree(caller::interrupt);
        List<Integer> delivered = new ArrayList<>();
        StreamSummary summary = PictureStream.of(files(1_000_000), stages, ONE_EACH)
                .forEach(outcome -> delivered.add(outcome.result()));
        assertTrue(Thread.interrupted());
        assertTrue(delivered.size() >= 4 && summary.done() < 1_000_000, delivered.size() + " delivered");
        assertEquals(delivered, stages.written);
    }

    @Test
    void aConsumerThatFailsInterruptedLetsTheWritersFinish() {
        AtomicInteger interrupted = new AtomicInteger();
        Squares stages = new Squares() {
            @Override
            public void write(Path file, Integer picture, Integer result) {
                pause(20);
                interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            }
        };
        Consumer<PictureOutcome<Integer>> consumer = outcome -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("enough");
        };
        assertThrows(IllegalStateException.class,
                () -> PictureStream.of(files(9), stages, ONE_EACH).forEach(consumer));
        assertTrue(Thread.interrupted());
        assertEquals(0, interrupted.get());
    }

    @Test
    void canBeUsedOnce() {
        PictureStream<Integer, Integer> stream = PictureStream.of(files(1), new Squares(), ONE_EACH);
        stream.forEach(outcome -> assertNull(outcome.refusal()));
        assertEquals("The stream has been used already.",
                assertThrows(IllegalStateException.class, () -> stream.forEach(outcome -> { })).getMessage());
    }

    @Test
    void tellsWhichStageTheOthersWaitFor() {
        Squares stages = new Squares(3) {
            @Override
            public List<Integer> run(List<Integer> pictures) {
                pause(10);
                return super.run(pictures);
            }
        };
        StreamSummary summary = PictureStream.of(files(10), stages, new StreamOptions(1, 2, 1)).forEach(outcome -> { });
        double share = summary.running().share(summary.elapsed());
        assertTrue(share > summary.reading().share(summary.elapsed()) && share <= 1, summary.toString());
        assertTrue(share > summary.writing().share(summary.elapsed()), summary.toString());
        assertTrue(summary.toString().matches("10 pictures in \\d\\.\\d\\d s, \\d+\\.\\d pictures/s, 1 failed; busy: "
                + "reading \\d+% of 2 threads, network \\d+%, writing \\d+%"), summary.toString());
    }

    @Test
    void optionsOfNothingAreRefused() {
        assertEquals("A stream cannot have batches of 0 pictures, 1 threads that read and 1 that write; every number "
                + "must be at least 1.",
                assertThrows(HarDNetException.class, () -> new StreamOptions(0, 1, 1)).getMessage());
        assertFalse(StreamOptions.ofBatch(4).pictures() < 10);
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static void await(CountDownLatch others) {
        try {
            assertTrue(others.await(5, TimeUnit.SECONDS), "nobody else came");
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
