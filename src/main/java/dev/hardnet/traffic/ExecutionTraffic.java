package dev.hardnet.traffic;

/**
 * The totals of one execution.
 *
 * @param execution      what it is called
 * @param steps          steps that move anything
 * @param readBytes      bytes read from feature maps
 * @param writtenBytes   bytes written to feature maps
 * @param weightBytes    bytes read from weights
 * @param totalBytes     all of them
 * @param ratio          all of them over those of the framework-like execution
 * @param rooflineMillis the least time of all steps, one after the other, in milliseconds
 */
public record ExecutionTraffic(String execution, int steps, long readBytes, long writtenBytes, long weightBytes,
        long totalBytes, double ratio, double rooflineMillis) {
    static ExecutionTraffic of(Execution execution, long frameworkBytes, MachineBalance machine) {
        Traffic total = execution.total();
        return new ExecutionTraffic(execution.title(), execution.steps().size(), total.readBytes(),
                total.writtenBytes(), total.weightBytes(), total.totalBytes(),
                frameworkBytes == 0 ? 1 : (double) total.totalBytes() / frameworkBytes,
                execution.rooflineSeconds(machine) * 1e3);
    }
}
