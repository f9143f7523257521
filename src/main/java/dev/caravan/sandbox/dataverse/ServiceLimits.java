package dev.caravan.sandbox.dataverse;

import java.time.Duration;

/**
 * What one user may ask of the service. Immutable.
 *
 * @param requests how many within the window
 * @param window the time looked back on
 * @param executionTime how long their answers may take together within the window
 * @param concurrent how many at the same time
 */
public record ServiceLimits(int requests, Duration window, Duration executionTime, int concurrent) {
    /** The documented ones: 6000 requests and 20 minutes within 5 minutes, 52 at the same time. */
    public static ServiceLimits defaults() {
        return new ServiceLimits(6000, Duration.ofMinutes(5), Duration.ofMinutes(20), 52);
    }

    /** The same with another number of requests within another window. */
    public ServiceLimits withRequests(int number, Duration within) {
        return new ServiceLimits(number, within, executionTime, concurrent);
    }

    /** The same with another execution time. */
    public ServiceLimits withExecutionTime(Duration time) {
        return new ServiceLimits(requests, window, time, concurrent);
    }

    /** The same with another number of requests at the same time. */
    public ServiceLimits withConcurrent(int number) {
        return new ServiceLimits(requests, window, executionTime, number);
    }
}
